/// Foreign text, cut into lines and words without copying it.
public struct TextLines {
    /// Lines without their ends; at most `ParsingLimits.lines`.
    public let lines: [Substring]
    public let problems: [LocalizedText]

    /// - Parameter name: what the text is, for problems: `the output of ip addr`.
    public init(
        _ text: String,
        named name: @autoclosure () -> LocalizedText = LocalizedText(fr: "le texte", en: "the text")
    ) {
        var problems: [LocalizedText] = []
        var source = text[...]
        if source.utf8.count > ParsingLimits.bytes {
            let end = source.utf8.index(source.startIndex, offsetBy: ParsingLimits.bytes)
            source = source[..<(end.samePosition(in: text.unicodeScalars) ?? source.startIndex)]
            problems.append(
                LocalizedText(
                    fr:
                        "\(name()) : \(text.utf8.count) octets, dont les \(ParsingLimits.bytes) premiers seulement sont lus",
                    en: "\(name()) is \(text.utf8.count) bytes long; only \(ParsingLimits.bytes) are read"))
        }
        // By the byte: "\r\n" is one Character, and comparing characters is slow.
        var lines = source.utf8.split(
            separator: UInt8(ascii: "\n"), maxSplits: ParsingLimits.lines, omittingEmptySubsequences: false
        ).map { Substring($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
        if lines.count > ParsingLimits.lines {
            lines.removeLast()
            problems.append(
                LocalizedText(
                    fr: "\(name()) : plus de \(ParsingLimits.lines) lignes ; le reste n'est pas lu",
                    en: "\(name()) has more than \(ParsingLimits.lines) lines; the rest is not read"))
        }
        self.lines = lines
        self.problems = problems
    }
}

extension Substring {
    /// The words between blanks.
    public var blankSeparatedWords: [Substring] {
        utf8.split(maxSplits: ParsingLimits.words, whereSeparator: \.isBlank).map { Substring($0) }
    }

    /// Without the blanks at both ends.
    public var trimmed: Substring { Substring(utf8.trimmingBlanks()) }
}

extension [Substring] {
    /// The word behind the first occurrence of another.
    public func following(_ key: Substring) -> Substring? {
        guard let index = firstIndex(of: key), index + 1 < count else { return nil }
        return self[index + 1]  // bounded: just above
    }
}
