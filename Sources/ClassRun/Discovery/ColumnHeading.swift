import GraderCore

/// The heading of a column in a table that people fill in. Read in either language, whatever the case, with accents or
/// without: a spreadsheet and its owner have their own habits.
struct ColumnHeading: Sendable {
    /// As Bascule itself says or writes it.
    var name: LocalizedText
    /// What else is understood.
    var others: [String] = []

    /// Where the column is; its own name goes before what else is understood.
    func index(in cells: [String]) -> Int? {
        let words = cells.map(\.foldedWords)
        func index(_ names: [String]) -> Int? {
            let meant = names.map(\.foldedWords)
            return words.firstIndex { !$0.isEmpty && meant.contains($0) }
        }
        return index([name.fr, name.en]) ?? index(others)
    }

    func means(_ cell: String) -> Bool { index(in: [cell]) != nil }
}
