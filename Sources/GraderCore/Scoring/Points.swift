/// Points, exact to a thousandth, so that sums do not depend on the order of adding.
public struct Points: Sendable, Hashable, Codable, Comparable, AdditiveArithmetic {
    public var thousandths: Int

    public init(thousandths: Int) { self.thousandths = thousandths }
    /// From a decimal number as a rubric gives it; rounded to the nearest thousandth.
    public init(_ value: Double) { self.thousandths = Int((value * 1000).rounded()) }

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
        Points(thousandths: Int((Double(thousandths) * fraction).rounded()))
    }

    /// As people write it: `12.5` in English, `12,5` in French; no trailing zeros.
    public func formatted(_ language: Language) -> String {
        let sign = thousandths < 0 ? "-" : ""
        let magnitude = abs(thousandths)
        var text = "\(sign)\(magnitude / 1000)"
        var fraction = String(1000 + magnitude % 1000).dropFirst()
        while fraction.last == "0" { fraction = fraction.dropLast() }
        if !fraction.isEmpty { text += (language == .french ? "," : ".") + fraction }
        return text
    }

    public init(from decoder: any Decoder) throws {
        self.init(thousandths: try decoder.singleValueContainer().decode(Int.self))
    }
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(thousandths)
    }
}
