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
        let answers = drills.compactMap { kind, limit -> (DrillKind, Judgement)? in
            let drill = DrillJudgement(kind, in: findings)
            return drill.evidence == nil ? nil : (kind, drill.survived(.address, within: limit))
        }
        guard let first = answers.first else { return fromHistory }
        let lost = answers.filter { $0.1.verdict == .notMet }
        let survived = answers.filter { $0.1.verdict == .met }
        var result = fromHistory
        if !lost.isEmpty {
            (result.verdict, result.found) = (.notMet, text(lost))
        } else if !survived.isEmpty {
            (result.verdict, result.found) = (.met, text(survived))
        } else if fromHistory.verdict == .met {
            result.found = .joined([fromHistory.found, text(answers)])
        } else {
            (result.verdict, result.found) = (first.1.verdict, text(answers))
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
            isEachSurvived = isEachSurvived && isSurvived
        }
        return isEachSurvived ? Judgement(.met, .joined(found)) : nil
    }

    private static func text(_ answers: [(DrillKind, Judgement)]) -> LocalizedText {
        .joined(
            answers.map { kind, answer in
                LocalizedText(
                    fr: "Exercice \(kind.rawValue) : \(answer.found)",
                    en: "Drill \(kind.rawValue): \(answer.found)")
            })
    }
}
