import GraderCore

/// The class page's table of drills: a row for each student, a column for each drill, how long a client was without
/// the service, or in a word why that is not known.
enum DrillTable {
    /// A column.
    struct Kind: PageView {
        var title: String
        var kind: String
    }

    struct Row: PageView {
        var names: String
        var path: String
        var page: String
        var report: String?
        var cells: [Cell]
    }

    struct Cell: PageView {
        var figure: String
        var reason: String?
    }
}

extension ClassPage {
    func drillRow(_ result: GradedResult, _ drills: [DrillAccount]) -> DrillTable.Row {
        let person = person(result.student)
        return DrillTable.Row(
            names: person.names, path: person.path, page: person.page, report: person.report,
            cells: drills.map { cell(result, $0.kind) })
    }

    private func cell(_ result: GradedResult, _ kind: DrillKind) -> DrillTable.Cell {
        guard let account = result.drills?.last(where: { $0.kind == kind }) else {
            return DrillTable.Cell(figure: "")
        }
        let (figure, reason) = figure(account)
        // Sentences name machines and people: not for a projector.
        return DrillTable.Cell(figure: figure, reason: reason.isEmpty || hasPseudonyms ? nil : reason)
    }

    private func figure(_ account: DrillAccount) -> (String, String) {
        switch account.outcome {
        case .refused(let refusal):
            return (words.pick("pas fait", "not done"), refusal.sentence[language])
        case .abandoned(let sentence):
            return (words.pick("interrompu", "broken off"), sentence[language])
        case .performed:
            guard let failover = account.timeline?.failover else { return ("–", "") }
            guard failover.count > 0 else { return (words.pick("aucune", "none"), "") }
            guard failover.hasEnded else {
                return (words.pick("pas revenu", "not back"), words.interruption(failover))
            }
            return (words.seconds(failover.total), "± \(words.milliseconds(failover.uncertainty))")
        }
    }
}
