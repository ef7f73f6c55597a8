/// The length of a network prefix, in bits.
public enum PrefixLength {
    /// From `24`, `/24`, or an IPv4 mask such as `255.255.255.0` (its ones must come first); nil otherwise. Up to 32
    /// for IPv4, 128 for IPv6.
    public static func parse(_ text: some StringProtocol, family: IPAddress.Family = .v4) -> Int? {
        let digits = text.hasPrefix("/") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.count <= 15 else { return nil }
        if digits.utf8.allSatisfy(\.isASCIIDigit) {
            guard let bits = Int(digits), bits <= family.bits else { return nil }
            return bits
        }
        guard family == .v4, let mask = IPAddress(parsing: digits), mask.isIPv4 else { return nil }
        let inverted = ~UInt32(truncatingIfNeeded: mask.number)
        return inverted & (inverted &+ 1) == 0 ? inverted.leadingZeroBitCount : nil
    }
}

/// A 48-bit hardware address (EUI-48).
public struct MACAddress: Sendable, Hashable, Comparable, LosslessStringConvertible {
    /// In the lowest 48 bits.
    public let number: UInt64

    public init(_ number: UInt64) { self.number = number & 0xFFFF_FFFF_FFFF }

    /// Six octets of one or two hexadecimal digits between colons or hyphens.
    public init?(_ text: String) { self.init(parsing: text) }

    /// The same for slices of a longer text.
    public init?(parsing text: some StringProtocol) {
        guard text.utf8.count <= 17 else { return nil }
        let separator = text.utf8.contains(UInt8(ascii: "-")) ? UInt8(ascii: "-") : UInt8(ascii: ":")
        let octets = Array(text.utf8).split(separator: separator, omittingEmptySubsequences: false)
        guard octets.count == 6 else { return nil }
        var number: UInt64 = 0
        for octet in octets {
            guard octet.count <= 2, octet.first != UInt8(ascii: "+"),
                let value = UInt8(String(decoding: octet, as: UTF8.self), radix: 16)
            else { return nil }
            number = number << 8 | UInt64(value)  // bounded: widened; six of them
        }
        self.init(number)
    }

    public static func < (left: MACAddress, right: MACAddress) -> Bool { left.number < right.number }

    /// Lower case with colons.
    public var description: String {
        (0..<6).reversed().map { shift -> String in
            // bounded: a place within the address
            let octet = UInt8(truncatingIfNeeded: number >> UInt64(shift * 8))
            return (octet < 16 ? "0" : "") + String(octet, radix: 16)
        }.joined(separator: ":")
    }
}
