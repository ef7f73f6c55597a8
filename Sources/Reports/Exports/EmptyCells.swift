import GraderCore

/// Why cells of a gradebook are empty, and what would stand in them if provisional marks were asked for.
public struct EmptyCells: Sendable {
    private static let most = 40

    private var open: [(line: Gradebook.Line, wouldBe: Points)]

    public init(_ run: GradedRun, options: Gradebook.Options) {
        open = Gradebook(run, options).lines.compactMap { line in
            guard line.mark == .open else { return nil }
            let mark = options.rounding.mark(line.score.earned, of: line.score.total, outOf: options.maximum)
            return (line, mark)
        }
    }

    /// A line for each of the people, the first forty of them: `etu1 : vide, 3,25 à venir ; --provisional donnerait 16,75`.
    public func lines(_ language: Language) -> [String] {
        let words = Sentences(language)
        var lines = open.prefix(Self.most).map { cell -> String in
            let id = SafeText.label(cell.line.studentID, limit: 40)
            let name = cell.line.isTeam ? " (\(SafeText.label(cell.line.name, limit: 60)))" : ""
            return "  \(id)\(name)" + words.pick(" : vide, ", ": empty, ") + words.toCome(cell.line.score)
                + words.pick(" ; --provisional donnerait ", "; --provisional would give ")
                + cell.wouldBe.formatted(language)
        }
        let more = open.count - lines.count
        if more > 0 { lines.append("  " + words.pick("… et \(more) de plus", "… and \(more) more")) }
        return lines
    }
}
