/// A table of people and what another program calls them: on each line a name (or a student's id) and the
/// identifier, with `;`, `,` or a tab between them, in quotation marks or not. Lines that begin with `#` are comments.
public enum IdentifierFile {
    /// - Throws: every mistake in it at once.
    public static func read(file: String) throws(InputErrors) -> [String: String] {
        let input = try InputText(file: file)
        let mistakes = InputMistakes(file: file)
        var table: [String: String] = [:]
        let lines = input.text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            guard line.contains(where: { !$0.isWhitespace }), line.first != "#" else { continue }
            let position = InputPosition(line: index + 1, column: 1)
            guard let cells = cells(of: line), cells.count == 2, cells.allSatisfy({ !$0.isEmpty }) else {
                mistakes.add(
                    position, "this line has not two cells",
                    expected: "a name and an identifier, such as Dupont Camille;20231234")
                continue
            }
            if table.updateValue(cells[1], forKey: cells[0]) != nil {
                mistakes.add(position, "\(quoted(cells[0])) is there twice", expected: "each person once")
            }
        }
        try mistakes.check()
        return table
    }

    /// The cells of a line (RFC 4180, on one line); nil where a quotation mark is left open or out of place.
    public static func cells(of line: Substring) -> [String]? {
        // Names have commas in them more often than semicolons.
        let separators: [Character] = [";", "\t", ","]
        let separator = separators.first { line.contains($0) } ?? ";"
        var cells: [String] = []
        var rest = line[...]
        while true {
            rest = rest.drop { $0 == " " }
            var cell: String
            if rest.first == "\"" {
                guard let match = rest.prefixMatch(of: /"((?:[^"]|"")*)"(?!") */) else { return nil }
                cell = String(match.1.replacing("\"\"", with: "\""))
                rest = rest[match.range.upperBound...]
            } else {
                cell = String(rest.prefix { $0 != separator })
                rest = rest.dropFirst(cell.count)
                while cell.last == " " { cell.removeLast() }
            }
            cells.append(cell)
            guard let next = rest.first else { return cells }
            guard next == separator else { return nil }
            rest.removeFirst()
        }
    }
}
