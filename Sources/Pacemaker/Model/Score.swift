import GraderCore

/// A score with Pacemaker's arithmetic (Pacemaker Explained, "Scores"): whole numbers up to ±1,000,000, which is
/// infinity. Infinity swallows every finite score, and minus infinity swallows everything.
public struct Score: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Between -1,000,000 and 1,000,000.
    public let value: Int

    public static let infinity = Score(1_000_000)
    public static let minusInfinity = Score(-1_000_000)
    public static let zero = Score(0)

    /// What lies beyond an infinity is that infinity.
    public init(_ value: Int) { self.value = min(max(value, -1_000_000), 1_000_000) }

    /// `INFINITY`, crmsh's `inf`, either with a sign, or a whole number; nil where it is none of them (Pacemaker
    /// takes such a score for 0).
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 64 else { return nil }
        var digits = Substring(text).trimmed
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
        let isInfinite = ["inf", "infinity"].contains(digits.lowercased())
        guard isInfinite || (!digits.isEmpty && digits.utf8.allSatisfy(\.isASCIIDigit)) else { return nil }
        // More digits than Int holds are beyond infinity all the same.
        let magnitude = isInfinite ? 1_000_000 : Int(digits) ?? 1_000_000
        self.init(isNegative ? -magnitude : magnitude)
    }

    public var isInfinite: Bool { value == 1_000_000 || value == -1_000_000 }
    public var isPositive: Bool { value > 0 }

    public static func < (left: Score, right: Score) -> Bool { left.value < right.value }

    public static func + (left: Score, right: Score) -> Score {
        if left == .minusInfinity || right == .minusInfinity { return .minusInfinity }
        if left == .infinity || right == .infinity { return .infinity }
        return Score(left.value + right.value)
    }

    /// As in the CIB: `INFINITY`, `-INFINITY` or the number.
    public var description: String {
        switch value {
        case 1_000_000: "INFINITY"
        case -1_000_000: "-INFINITY"
        default: String(value)
        }
    }
}

extension FactsValue {
    init(_ score: Score?) { self.init(score?.description) }
}
