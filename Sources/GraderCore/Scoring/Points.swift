/// Points, exact to a thousandth, so that sums do not depend on the order of adding.
public struct Points: Sendable, Hashable, Codable, Comparable, AdditiveArithmetic {
    public private(set) var thousandths: Int

    /// More than any rubric gives, so little that sums of sums fit; what is beyond is that.
    private static let most = 1_000_000_000_000

    public init(thousandths: Int) {
        self.thousandths = Swift.min(Swift.max(thousandths, -Self.most), Self.most)
    }
    /// From a decimal number as a rubric gives it; rounded to the nearest thousandth.
    public init(_ value: Double) { self.init(thousandths: Int(saturating: (value * 1000).rounded())) }

    /// From a number as people write it, read digit by digit so that no sum depends on binary fractions: up to four
    /// digits, then a point or a comma and up to three decimals. Nil for anything else, a sign included.
    public init?(decimal text: String) {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        let fraction = parts.count == 2 ? parts[1] : "0"
        func isDigits(_ part: Substring, _ most: Int) -> Bool {
            1...most ~= part.utf8.count && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard parts.count <= 2, isDigits(parts[0], 4), isDigits(fraction, 3), let whole = Int(parts[0]),
            let thousandths = Int(fraction + String(repeating: "0", count: 3 - fraction.count))
        else { return nil }
        self.init(thousandths: whole * 1000 + thousandths)
    }

    public static let zero = Points(thousandths: 0)
    public static func + (left: Points, right: Points) -> Points {
        Points(thousandths: left.thousandths + right.thousandths)
    }
    public static func - (left: Points, right: Points) -> Points {
        Points(thousandths: left.thousandths - right.thousandths)
    }
    public static func < (left: Points, right: Points) -> Bool { left.thousandths < right.thousandths }

    /// A fraction of these points, rounded to the nearest thousandth.
    public func times(_ fraction: Double) -> Points {
        Points(thousandths: Int(saturating: (Double(thousandths) * fraction).rounded()))
    }

    /// As people write it: `12.5` in English, `12,5` in French; no trailing zeros.
    public func formatted(_ language: Language) -> String {
        let sign = thousandths < 0 ? "-" : ""
        let magnitude = abs(thousandths)
        var text = "\(sign)\(magnitude / 1000)"
        var fraction = String(1000 + magnitude % 1000).dropFirst()
        while fraction.last == "0" { fraction = fraction.dropLast() }
        if !fraction.isEmpty { text += language.decimalSign + fraction }
        return text
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let thousandths = try container.decode(Int.self)
        guard thousandths.magnitude <= Self.most.magnitude else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "more than any points")
        }
        self.init(thousandths: thousandths)
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(thousandths)
    }
}
