import GraderCore

/// The heading of a column in a table that people fill in. Read in either language, whatever the case, with accents or
/// without: a spreadsheet and its owner have their own habits.
struct ColumnHeading: Sendable {
    /// As Bascule itself says or writes it.
    var name: LocalizedText
    /// What else is understood.
    var others: [String] = []

    /// Every column that is called so; its own name goes before what else is understood.
    func indices(in cells: [String]) -> [Int] {
        let words = cells.map(\.foldedWords)
        func indices(_ names: [String]) -> [Int] {
            let meant = names.map(\.foldedWords)
            return words.indices.filter { !words[$0].isEmpty && meant.contains(words[$0]) }
        }
        let own = indices([name.fr, name.en])
        return own.isEmpty ? indices(others) : own
    }

    func means(_ cell: String) -> Bool { !indices(in: [cell]).isEmpty }
}
