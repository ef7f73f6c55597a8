/// How much of what a node printed is read. A lab cluster needs a hundredth of it; a hostile node must not cost
/// more than this.
public enum ParsingLimits {
    /// Bytes of one command's output.
    public static let bytes = 4 << 20
    /// Lines of one text, after joining continued ones.
    public static let lines = 20_000
    /// Words of one line.
    public static let words = 10_000
    /// Elements of one XML document.
    public static let elements = 20_000
    /// Attributes of one XML element.
    public static let attributes = 1_000
    /// Resources, or constraints of one kind, of one cluster.
    public static let resources = 500
    /// Nesting of XML elements, rules and sets.
    public static let depth = 64
    /// Problems kept of one text; the rest are only counted.
    public static let problems = 200
    /// Characters of the input that a problem quotes.
    public static let quotedCharacters = 200
}

/// Collects sentences about what could not be read, bounded in number and length.
public struct ProblemList: Sendable {
    private(set) var problems: [LocalizedText] = []
    private var dropped = 0

    public init() {}

    /// Keeps a sentence; those beyond ``ParsingLimits/problems`` are only counted.
    public mutating func add(_ problem: @autoclosure () -> LocalizedText) {
        if problems.count < ParsingLimits.problems { problems.append(problem()) } else { dropped += 1 }
    }

    /// The sentences, the last one saying how many more there were.
    public var all: [LocalizedText] {
        dropped == 0
            ? problems
            : problems + [
                LocalizedText(
                    fr: "et \(dropped) autres problèmes de ce genre",
                    en: "and \(dropped) more problems of this kind")
            ]
    }
}

extension StringProtocol {
    /// At most `ParsingLimits.quotedCharacters` of the text, for quoting foreign input in a problem.
    public var excerpt: String {
        let limit = ParsingLimits.quotedCharacters
        // Counted in UTF-8: counting grapheme clusters of hostile text can be slow.
        guard utf8.count > limit else { return String(self) }
        return String(decoding: utf8.prefix(limit), as: UTF8.self) + "…"
    }

    /// The beginning of a foreign text on one line, in visible ASCII; what else there is stands as `\n`, `\u{1B}`.
    public var visibleExcerpt: String {
        let shown = unicodeScalars.prefix(80).map { $0.escaped(asASCII: true) }.joined()
        return shown + (unicodeScalars.dropFirst(80).isEmpty ? "" : "…")
    }
}
