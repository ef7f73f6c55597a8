import GraderCore

/// Writes tables as CSV (RFC 4180): a byte order mark where spreadsheets need one to see UTF-8, CR LF at the end of
/// each line.
public struct CSVWriter: Sendable {
    enum Cell: Sendable {
        /// A number of our own, or nothing.
        case number(String)
        /// A word that the teacher chose.
        case word(String)
        /// Anything else: made safe, quoted, and never a formula.
        case text(String)
        /// The same, of several lines.
        case passage(String)
    }

    var separator: String
    var hasByteOrderMark: Bool
    var language: Language

    func table(_ rows: [[Cell]]) -> String {
        (hasByteOrderMark ? "\u{FEFF}" : "")
            + rows.map { $0.map(cell).joined(separator: separator) + "\r\n" }.joined()
    }

    private func cell(_ cell: Cell) -> String {
        switch cell {
        case .number(let number): number
        case .word(let word): quoted(SafeText.line(word, limit: 60, language: language))
        case .text(let text):
            quoted(CSVWriter.neutralised(SafeText.line(text, limit: 1_000, language: language)))
        case .passage(let text):
            quoted(CSVWriter.passage(text, language))
        }
    }

    /// Always in quotes, so that a program that splits at another character finds no cell inside. By scalar: a
    /// combining mark behind a quotation mark must not hide it.
    private func quoted(_ text: String) -> String {
        guard !text.isEmpty else { return "" }
        var quoted = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        return "\"\(String(quoted))\""
    }

    /// What a cell of several lines says, before quotation marks are put around it.
    public static func passage(_ text: String, _ language: Language) -> String {
        neutralised(SafeText.block(text, limit: 20_000, language: language))
    }

    /// A cell that begins like a formula gets an apostrophe before it, which spreadsheets take as "this is text"
    /// (OWASP, "CSV Injection"). Blanks before it do not hide it, nor does its full-width form. One that has such an
    /// apostrophe of its own gets another, so that ``meant(_:)`` takes away no other.
    static func neutralised(_ text: String) -> String {
        let first = text.unicodeScalars.drop { $0 == "'" }.first { !$0.properties.isWhitespace }
        guard let first, "=+-@＝＋－＠".unicodeScalars.contains(first) else { return text }
        return "'" + text
    }

    /// What a cell said before it was made no formula.
    public static func meant(_ cell: String) -> String {
        let rest = String(cell.dropFirst())
        return cell.first == "'" && neutralised(rest) == cell ? rest : cell
    }
}
