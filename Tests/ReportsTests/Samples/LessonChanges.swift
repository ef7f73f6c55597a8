import GraderCore

extension LessonChange {
    /// What a later result says otherwise, as a lesson would note it.
    static func changes(from before: GradedResult, to now: GradedResult) -> [LessonChange] {
        let old = Dictionary(
            before.questions.flatMap(\.checks).map { ($0.result.id, $0.result.verdict) },
            uniquingKeysWith: { first, _ in first })
        return now.questions.flatMap(\.checks).map(\.result).compactMap { check in
            guard let verdict = old[check.id], verdict != check.verdict else { return nil }
            return LessonChange(
                at: now.collectedAt, check: check.id, title: check.title, from: verdict, to: check.verdict)
        }
    }
}
