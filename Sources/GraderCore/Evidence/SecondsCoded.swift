/// A duration that is written as a decimal number of seconds, which people and other programs can read; the
/// library's own form is a pair of integers.
@propertyWrapper
public struct SecondsCoded: Sendable, Hashable, Codable {
    public var wrappedValue: Duration

    public init(wrappedValue: Duration) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        wrappedValue = .milliseconds(try decoder.singleValueContainer().decode(Double.self) * 1000)
    }

    /// To the microsecond.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let microseconds = (wrappedValue / .microseconds(1)).rounded()
        try container.encode(microseconds / 1_000_000)
    }
}
