import GraderCore

/// What was found after the deadline, in words.
extension Sentences {
    /// For a list: `en retard le 23/11/2026 10:00 UTC : 14,5 / 20`; nil where everything is in time.
    func late(_ result: GradedResult) -> String? {
        guard let lateness = result.lateness else { return nil }
        let date = self.date(lateness.late.collectedAt)
        let mark = shortScore(lateness.late.score)
        if lateness.standing == nil {
            return pick(
                "en retard (\(date)) ; rien n'a été évalué à temps",
                "late (\(date)); nothing was assessed in time")
        }
        return pick("en retard, à côté : \(mark) (\(date))", "late, beside it: \(mark) (\(date))")
    }

    func latenessNotices(_ result: GradedResult) -> [Notice] {
        guard result.isLate, let lateness = result.lateness else { return [] }
        let deadline = self.date(lateness.deadline)
        let sentence =
            if let standing = lateness.standing {
                pick(
                    """
                    La date limite était le \(deadline). La note qui compte reste celle du \(dateAndScore(standing)). \
                    Ce relevé est à côté ; c'est l'enseignant qui décide.
                    """,
                    """
                    The deadline was \(deadline). The mark that counts is still that of \(dateAndScore(standing)). \
                    This one is beside it; the teacher decides.
                    """)
            } else {
                pick(
                    """
                    La date limite était le \(deadline), et rien n'avait été évalué jusque-là : c'est \
                    l'enseignant qui décide de ce que vaut ce relevé.
                    """,
                    """
                    The deadline was \(deadline), and nothing had been assessed by then: the teacher decides what \
                    this is worth.
                    """)
            }
        return [Notice(kind: .caution, title: pick("Relevé en retard", "Examined late"), sentence: sentence)]
    }

    /// Without the mark where it is not to be shown.
    private func dateAndScore(_ standing: Lateness.Look) -> String {
        let date = self.date(standing.collectedAt)
        guard standing.score.total > .zero else { return date }
        return pick("\(date) : \(shortScore(standing.score))", "\(date): \(shortScore(standing.score))")
    }
}
