/// Reads a line of foreign text from the left, each byte once: a pattern with alternatives may try the same bytes again
/// and again, and a line can be made for which it does so for hours.
///
/// What is taken is told by bytes. A condition on them has to answer alike for all bytes of 128 and above: then no letter
/// is cut in two.
public struct LineScanner {
    /// What has not been taken.
    public private(set) var rest: Substring

    /// Begins at the left end.
    public init(_ line: Substring) { rest = line }

    public var isAtEnd: Bool { rest.isEmpty }

    /// Whether these words stand here; they are taken then.
    public mutating func take(_ words: String) -> Bool {
        guard rest.utf8.starts(with: words.utf8) else { return false }
        rest = Substring(rest.utf8.dropFirst(words.utf8.count))
        return true
    }

    /// The first of these that stands here, which is taken.
    public mutating func takeOne(of words: [String]) -> String? {
        words.first { take($0) }
    }

    /// What follows as long as each byte is meant; nil where the first is not.
    public mutating func some(atMost most: Int = .max, where isMeant: (UInt8) -> Bool) -> Substring? {
        // Not by `prefix(most)`, which traps of a slice that does not begin where its text does, and `Int.max`.
        var (end, count) = (rest.utf8.startIndex, 0)
        while end < rest.utf8.endIndex, count < most, isMeant(rest.utf8[end]) {
            end = rest.utf8.index(after: end)
            count += 1
        }
        guard count > 0 else { return nil }
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    /// What follows up to a blank, of which only the space is meant; nil where one is next, or nothing.
    public mutating func word() -> Substring? { some { $0 != UInt8(ascii: " ") } }

    /// Decimal digits; nil where none is next.
    public mutating func digits() -> Substring? { some(where: \.isASCIIDigit) }

    /// A number of just so many digits, at most nine.
    public mutating func number(ofDigits count: Int) -> Int? {
        guard let digits = some(atMost: min(count, 9), where: \.isASCIIDigit), digits.utf8.count == count
        else { return nil }
        return Int(digits)  // bounded: of a text
    }

    /// Passes over blanks, where there are some.
    public mutating func skipBlanks() { rest = Substring(rest.utf8.drop(while: \.isBlank)) }

    /// What stands before the first of these words, which are taken with it; nil, and nothing is taken, where they do not
    /// follow.
    public mutating func upTo(_ words: String) -> Substring? {
        guard let found = rest.utf8.firstRange(of: words.utf8) else { return nil }
        defer { rest = rest[found.upperBound...] }
        return rest[..<found.lowerBound]
    }
}

extension UInt8 {
    public var isLowerCase: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }
}

/// A part of a text that has parts in brackets.
public enum BracketedPart {
    case plain(Substring)
    /// One in brackets: without them, and as it stands.
    case inside(Substring, whole: Substring)

    /// As it stands in the text.
    public var whole: Substring {
        switch self {
        case .plain(let text), .inside(_, let text): text
        }
    }
}

extension StringProtocol where SubSequence == Substring {
    /// The text, cut at its innermost brackets: of `a (b (c) d)` that is `a (b `, the `c` inside, and ` d)`.
    public func parts(between open: Character, and close: Character) -> [BracketedPart] {
        guard let open = open.asciiValue, let close = close.asciiValue else { return [.plain(self[...])] }
        var parts: [BracketedPart] = []
        var plain = startIndex
        var opening: Index?
        for index in utf8.indices {
            if utf8[index] == open {
                opening = index
            } else if utf8[index] == close, let begin = opening {
                let behind = utf8.index(after: index)
                if plain < begin { parts.append(.plain(self[plain..<begin])) }
                parts.append(.inside(self[utf8.index(after: begin)..<index], whole: self[begin..<behind]))
                plain = behind
                opening = nil
            }
        }
        if plain < endIndex { parts.append(.plain(self[plain...])) }
        return parts
    }
}

extension Substring {
    /// Where these words stand last; nil where they do not.
    public func lastRange(of words: String) -> Range<Index>? {
        let reversed = Array(words.utf8.reversed())
        var end = utf8.endIndex
        while end > utf8.startIndex {
            if utf8[..<end].reversed().starts(with: reversed) {
                return utf8.index(end, offsetBy: -reversed.count)..<end  // bounded: they stand just before it
            }
            end = utf8.index(before: end)
        }
        return nil
    }
}
