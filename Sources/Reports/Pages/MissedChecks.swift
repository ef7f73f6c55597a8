import GraderCore

/// What the class missed, check by check: those that were decided and not met, most often missed first.
struct MissedCheck: Sendable {
    var id: CheckID
    var title: LocalizedText
    /// Students who did not meet it, or only in part.
    var missedBy: [StudentIdentity]
    /// For how many it was decided. Blocked ones do not count: they were missed for another reason.
    var decided: Int

    /// - Parameter results: in any order; the answer follows the order of the sheet where counts are equal.
    static func ranked(_ results: [GradedResult]) -> [MissedCheck] {
        var order: [CheckID] = []
        var byID: [CheckID: MissedCheck] = [:]
        for result in results {
            for check in result.questions.flatMap(\.checks) {
                let id = check.result.id
                if byID[id] == nil {
                    order.append(id)
                    byID[id] = MissedCheck(id: id, title: check.result.title, missedBy: [], decided: 0)
                }
                switch Sign(check.result.verdict) {
                case .met: byID[id]?.decided += 1
                case .partly, .notMet:
                    byID[id]?.decided += 1
                    byID[id]?.missedBy.append(result.student)
                case .blocked, .notAssessed, .notRequested, .notShown: break
                }
            }
        }
        return order.compactMap { byID[$0] }.enumerated()
            .filter { !$0.element.missedBy.isEmpty }
            .sorted { ($1.element.missedBy.count, $0.offset) < ($0.element.missedBy.count, $1.offset) }
            .map(\.element)
    }
}
