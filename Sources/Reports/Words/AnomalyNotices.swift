import GraderCore

/// What does not go with what a student's machines say, in words for the teacher.
extension Sentences {
    /// `2 anomalies`, for a table or a line; nil where there is none.
    func anomalyCount(_ result: GradedResult) -> String? {
        guard let count = result.anomalies?.count, count > 0 else { return nil }
        return count == 1 ? pick("1 anomalie", "1 anomaly") : pick("\(count) anomalies", "\(count) anomalies")
    }

    /// One for each: what was seen, why it matters, how an honest student comes to it.
    func anomalyNotices(_ result: GradedResult) -> [Notice] {
        (result.anomalies ?? []).map { anomaly in
            let place = anomaly.machine?.rawValue
            let seen = anomaly.seen[language]
            return Notice(
                kind: .caution,
                title: place.map { pick("Anomalie sur \($0)", "Anomaly on \($0)") }
                    ?? pick("Anomalie", "Anomaly"),
                sentence: [
                    seen.hasSuffix(".") ? seen : seen + ".", anomaly.why[language],
                    pick("Explication innocente : ", "The innocent explanation: ")
                        + anomaly.innocent[language],
                    pick("Cela ne change pas la note.", "It does not change the mark."),
                ].joined(separator: " "), detail: nil)
        }
    }
}
