import Glibc

/// A `rsc-pattern` of a location constraint: a POSIX extended regular expression that is searched for in resource ids,
/// `!` in front for those that it is not found in (Pacemaker Explained, "Location Properties"). The C library's, as
/// Pacemaker's own.
struct ResourcePattern {
    /// Longer patterns are not matched at all, nor are those whose repetitions multiply beyond this: compiling a
    /// hostile one takes all memory, and back-references take forever.
    private static let limit = 256

    private let expression: String
    private let isInverted: Bool

    /// Nil where it is beyond the limits.
    init?(_ pattern: String) {
        isInverted = pattern.hasPrefix("!")
        expression = String(isInverted ? pattern.dropFirst() : Substring(pattern))
        guard expression.utf8.count <= Self.limit, !expression.utf8.contains(0),
            // bounded: 256 bytes, two at a time
            expression.firstRange(of: #/\\[1-9]/#) == nil, Self.repetitions(in: expression) <= Self.limit
        else { return nil }
    }

    /// The largest number of copies that the bounds in braces may multiply to, wherever they stand.
    private static func repetitions(in expression: String) -> Int {
        // bounded: 256 bytes
        expression.matches(of: #/\{([0-9]*)(?:,([0-9]*))?\}/#).reduce(1) { product, match in
            let bounds = [match.1, match.2 ?? ""].compactMap { Int($0) }
            return min(product, limit + 1) * min(max(bounds.max() ?? 1, 1), limit + 1)
        }
    }

    /// Nil where the expression is none.
    func matches(_ id: String) -> Bool? {
        var compiled = regex_t()
        guard regcomp(&compiled, expression, REG_EXTENDED | REG_NOSUB) == 0 else { return nil }
        defer { regfree(&compiled) }
        // bounded: no back-references: an automaton
        return (regexec(&compiled, String(id.prefix(Self.limit)), 0, nil, 0) == 0) != isInverted
    }
}
