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
        var bytes = Array(text.utf8).trimmingBlanks()
        var negative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            negative = sign == UInt8(ascii: "-")
            bytes.removeFirst()
        }
        guard !bytes.isEmpty else { return nil }
        let magnitude: Int
        switch String(decoding: bytes, as: UTF8.self).lowercased() {
        case "inf", "infinity": magnitude = 1_000_000
        default:
            guard bytes.allSatisfy(\.isASCIIDigit) else { return nil }
            // More digits than Int holds are beyond infinity all the same.
            magnitude = Int(String(decoding: bytes, as: UTF8.self)) ?? 1_000_000
        }
        self.init(negative ? -magnitude : magnitude)
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
