import Glibc

/// A `rsc-pattern` of a location constraint: a POSIX extended regular expression that is searched for in resource ids,
/// `!` in front for those that it is not found in (Pacemaker Explained, "Location Properties"). The C library's, as
/// Pacemaker's own.
struct ResourcePattern {
    /// Bytes of a pattern, with each character counted as often as its repetitions may multiply it. glibc writes them out
    /// before it matches: of a hostile one in more than all memory, and takes the square of it to match an id; a student's
    /// own has some thirty.
    private static let limit = 256
    /// Bytes of an id.
    private static let longestID = 128

    private let expression: String
    private let isInverted: Bool

    /// Nil where it is beyond the limits.
    init?(_ pattern: String) {
        isInverted = pattern.hasPrefix("!")
        expression = String(isInverted ? pattern.dropFirst() : Substring(pattern))
        guard expression.utf8.count <= Self.limit, !expression.utf8.contains(0),
            // bounded: 256 bytes, two at a time. Back-references take forever.
            expression.firstRange(of: #/\\[1-9]/#) == nil,
            expression.utf8.count * Self.copies(in: expression) <= Self.limit
        else { return nil }
    }

    /// How many copies of one character its repetitions may multiply to at most, wherever they stand: `x{2,5}` is written
    /// out as five, `x{2,}` as `xxx*`, `x+` as `xx*`, and `x++` and `(x+)+` each time anew. More than the limit is one more.
    private static func copies(in expression: String) -> Int {
        let bytes = Array(expression.utf8)
        var product = bytes.contains(UInt8(ascii: "+")) ? 2 : 1
        func multiply(_ copies: Int) { product = min(product * min(max(copies, 1), limit + 1), limit + 1) }
        // What repeats one character alone multiplies no other's.
        for (before, byte) in zip(bytes, bytes.dropFirst())
        where byte == UInt8(ascii: "+") && "+*?})".utf8.contains(before) {
            multiply(2)
        }
        // bounded: 256 bytes
        for bounds in expression.matches(of: #/\{([0-9]*)(,?)([0-9]*)\}/#) {
            // Numbers too large for Int are too large for regcomp(3).
            let most = max(Int(bounds.1) ?? 0, Int(bounds.3) ?? 0)
            multiply(min(most, limit) + (!bounds.2.isEmpty && bounds.3.isEmpty ? 1 : 0))
        }
        return product
    }

    /// Nil where the expression is none, or the id too long.
    func matches(_ id: String) -> Bool? {
        var compiled = regex_t()
        guard id.utf8.count <= Self.longestID, regcomp(&compiled, expression, REG_EXTENDED | REG_NOSUB) == 0
        else { return nil }
        defer { regfree(&compiled) }
        // bounded: no back-references: an automaton
        return (regexec(&compiled, id, 0, nil, 0) == 0) != isInverted
    }
}
