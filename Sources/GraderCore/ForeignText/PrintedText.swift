/// What a terminal or a log is given: the last step before the two standard streams. What was put into a sentence was
/// made safe there (``LocalizedText/Wording``); here nothing is trusted to have been.
extension SafeText {
    /// Unicode scalars of one line on standard error: room for the longest sentence with all that it quotes.
    public static let lineLimit = 10_000

    /// The whole text with its line breaks and tabs, and nothing else that a terminal obeys.
    /// - Parameters:
    ///   - keepsStyles: whether the colours that Bascule itself sets pass (``TerminalStyle``); only for text that
    ///     comes from the reports' own layout, which has made safe what is foreign in it.
    ///   - lineLimit: Unicode scalars of a line that are kept.
    public static func printed(
        _ text: String, keepsStyles: Bool = false, lineLimit: Int = .max, language: Language = .current
    ) -> String {
        guard lineLimit == .max || text.utf8.count <= lineLimit else {
            return text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                printed(
                    block(String(line), limit: lineLimit, language: language), keepsStyles: keepsStyles,
                    language: language)
            }.joined(separator: "\n")
        }
        guard keepsStyles else { return block(text, limit: .max, language: language) }
        var whole = ""
        var rest = text[...]
        while let (sequence, range) = TerminalStyle.first(in: rest) {
            whole += block(String(rest[..<range.lowerBound]), limit: .max, language: language) + sequence
            rest = rest[range.upperBound...]
        }
        return whole + block(String(rest), limit: .max, language: language)
    }

    /// JSON that says the same to every program and does nothing to a terminal: what cannot be seen is escaped
    /// (RFC 8259, section 7). Outside of its strings JSON is ASCII.
    public static func json(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: needsEscape) else { return text }
        var out = ""
        for scalar in text.unicodeScalars {
            guard needsEscape(scalar) else {
                out.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return out
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x7F && (scalar.value < 0xA0 || scalar.isUnseen || scalar.isCombiningMark)
    }
}

/// The ANSI SGR codes that Bascule sets: all from the sixteen basic colours, so that the user's own palette decides.
public enum TerminalStyle: String, Sendable, CaseIterable {
    case plain = "0"
    case bold = "1"
    case faint = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"

    /// What the terminal is told.
    public var sequence: String { "\u{1B}[\(rawValue)m" }

    fileprivate static func first(in text: Substring) -> (String, Range<String.Index>)? {
        var from = text.startIndex
        while let escape = text.unicodeScalars[from...].firstIndex(of: "\u{1B}") {
            for style in allCases
            where text.unicodeScalars[escape...].starts(with: style.sequence.unicodeScalars) {
                let end = text.unicodeScalars.index(escape, offsetBy: style.sequence.unicodeScalars.count)
                return (style.sequence, escape..<end)  // bounded: counted from the first
            }
            from = text.unicodeScalars.index(after: escape)
        }
        return nil
    }
}
