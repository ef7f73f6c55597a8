import GraderCore

/// Where questions and drills meet: a drill that was performed decides, because it shows what the cluster does; what
/// history proves decides where none was.
enum DrillChecks {
    /// What history says of a check, overruled by drills.
    /// - Parameter drills: kinds that show what the check asks, with the longest time that a client may go without
    ///   the address. All that were performed have to be survived.
    static func deciding(
        _ fromHistory: Judgement, _ drills: [(DrillKind, Duration?)], _ findings: Findings
    ) -> Judgement {
        var result = fromHistory
        let asked = drills.map { ($0.0, $0.1, DrillJudgement($0.0, in: findings)) }.filter {
            $0.2.evidence != nil
        }
        guard !asked.isEmpty else { return fromHistory }
        let answers = asked.map { ($0.0, $0.2.survived(.address, within: $0.1)) }
        func with(_ isWanted: (Verdict) -> Bool) -> [(DrillKind, Judgement)] {
            answers.filter { isWanted($0.1.verdict) }
        }
        let lost = with { $0 == .notMet }
        let survived = with { $0 == .met }
        if !lost.isEmpty {
            result.verdict = .notMet
            result.found = text(lost)
        } else if !survived.isEmpty {
            result.verdict = .met
            result.found = text(survived)
        } else if fromHistory.verdict == .met {
            result.found = .joined([fromHistory.found, text(answers)])
        } else if let first = answers.first {
            result.verdict = first.1.verdict
            result.found = text(answers)
        }
        return result
    }

    /// What drills of several sorts show together: one drill that was not survived decides, and so does one survived
    /// of each sort.
    /// - Returns: nil where they decide nothing.
    static func passed(
        _ sorts: [[DrillKind]], within limit: Duration?, _ findings: Findings
    ) -> Judgement? {
        var found: [LocalizedText] = []
        var isEachSurvived = true
        for sort in sorts {
            var isSurvived = false
            for kind in sort {
                let answer = DrillJudgement(kind, in: findings).survived(
                    .service, within: limit, wantsPage: true)
                guard answer.verdict == .met || answer.verdict == .notMet else { continue }
                if answer.verdict == .notMet { return Judgement(.notMet, text([(kind, answer)])) }
                found.append(text([(kind, answer)]))
                isSurvived = true
            }
            if !isSurvived { isEachSurvived = false }
        }
        return isEachSurvived ? Judgement(.met, .joined(found)) : nil
    }

    private static func text(_ answers: [(DrillKind, Judgement)]) -> LocalizedText {
        .joined(
            answers.map { kind, answer in
                LocalizedText(
                    fr: "Exercice \(kind.rawValue) : \(answer.found.fr)",
                    en: "Drill \(kind.rawValue): \(answer.found.en)")
            })
    }
}
