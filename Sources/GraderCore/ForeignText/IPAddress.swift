/// An IPv4 or IPv6 address, compared by value: `172.16.0.1` is not in `172.16.0.12`, and `FD00::0:1` is `fd00::1`.
public struct IPAddress: Sendable, Hashable, Comparable, Codable, LosslessStringConvertible {
    /// The version of the Internet protocol.
    public enum Family: Int, Sendable, Hashable, Codable {
        case v4 = 4
        case v6 = 6

        /// Bits of an address.
        public var bits: Int { self == .v4 ? 32 : 128 }
    }

    public let family: Family
    /// The address as a number; IPv4 in the lowest 32 bits.
    public let number: UInt128

    public init(_ family: Family, _ number: UInt128) {
        self.family = family
        self.number = family == .v4 ? number & 0xFFFF_FFFF : number
    }

    /// Dotted decimal, or RFC 4291 section 2.2 (with `::` and a dotted tail); no zone, no prefix length, no blanks.
    public init?(_ text: String) { self.init(parsing: text) }

    /// The same for slices of a longer text.
    public init?(parsing text: some StringProtocol) {
        // The longest form has 45 characters (RFC 4291 with a dotted tail).
        guard text.utf8.count >= 2, text.utf8.count <= 45 else { return nil }
        let bytes = Array(text.utf8)
        if bytes.contains(UInt8(ascii: ":")) {
            guard let number = Self.parseIPv6(bytes) else { return nil }
            self.init(.v6, number)
        } else {
            guard let number = Self.parseIPv4(bytes[...]) else { return nil }
            self.init(.v4, UInt128(number))
        }
    }

    private static func parseIPv4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        var result: UInt32 = 0
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        for part in parts {
            // A leading zero means octal to some programs and decimal to others: refused, as inet_pton(3) does.
            guard let first = part.first, part.count <= 3, part.count == 1 || first != UInt8(ascii: "0")
            else {
                return nil
            }
            var octet: UInt32 = 0
            for byte in part {
                guard byte.isASCIIDigit else { return nil }
                octet = octet * 10 + UInt32(byte - UInt8(ascii: "0"))
            }
            guard octet <= 255 else { return nil }
            result = result << 8 | octet
        }
        return result
    }

    private static func parseIPv6(_ bytes: [UInt8]) -> UInt128? {
        var groups: [UInt16] = []
        var gap: Int?
        var index = 0
        let colon = UInt8(ascii: ":")
        if bytes[0] == colon {
            guard bytes[1] == colon else { return nil }
            gap = 0
            index = 2
        }
        while index < bytes.count {
            guard groups.count < 8 else { return nil }
            let end = bytes[index...].firstIndex(of: colon) ?? bytes.count
            let part = bytes[index..<end]
            if end == bytes.count, part.contains(UInt8(ascii: ".")) {
                guard groups.count <= 6, let tail = parseIPv4(part) else { return nil }
                groups += [UInt16(truncatingIfNeeded: tail >> 16), UInt16(truncatingIfNeeded: tail)]
                break
            }
            guard !part.isEmpty, part.count <= 4, part.allSatisfy({ $0.hexDigitValue != nil }) else {
                return nil
            }
            groups.append(part.reduce(0) { $0 << 4 | UInt16($1.hexDigitValue ?? 0) })
            guard end < bytes.count else { break }
            index = end + 1
            guard index < bytes.count else { return nil }
            if bytes[index] == colon {
                guard gap == nil else { return nil }
                gap = groups.count
                index += 1
            }
        }
        if let gap {
            guard groups.count <= 7 else { return nil }
            groups.insert(contentsOf: Array(repeating: 0, count: 8 - groups.count), at: gap)
        }
        guard groups.count == 8 else { return nil }
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    public var isIPv4: Bool { family == .v4 }
    public var isUnspecified: Bool { number == 0 }
    /// 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { family == .v4 ? number >> 24 == 127 : number == 1 }
    /// 169.254.0.0/16 or fe80::/10.
    public var isLinkLocal: Bool { family == .v4 ? number >> 16 == 0xA9FE : number >> 118 == 0x3FA }
    /// The IPv4 address within `::ffff:0:0/96`, as sockets that serve both families show it; itself otherwise.
    public var unmapped: IPAddress {
        family == .v6 && number >> 32 == 0xFFFF ? IPAddress(.v4, number & 0xFFFF_FFFF) : self
    }

    /// The network the address lies in: all bits behind the prefix zero. Lengths beyond the family's are clamped.
    public func network(prefixLength: Int) -> IPAddress {
        let host = min(max(family.bits - prefixLength, 0), family.bits)
        // Shifting a UInt128 by its whole width gives zero: Swift's smart shift.
        return IPAddress(family, (number >> UInt128(host)) << UInt128(host))
    }

    /// Whether both addresses are of one family and in one network of that prefix length.
    public func isInSameNetwork(as other: IPAddress, prefixLength: Int) -> Bool {
        family == other.family
            && network(prefixLength: prefixLength) == other.network(prefixLength: prefixLength)
    }

    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        (left.family.rawValue, left.number) < (right.family.rawValue, right.number)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let address = IPAddress(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an IP address")
        }
        self = address
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted decimal, or RFC 5952: lower case, no leading zeros, the longest run of zeros (first of equals) as `::`.
    public var description: String {
        if family == .v4 {
            return (0..<4).reversed().map { String(UInt8(truncatingIfNeeded: number >> UInt128($0 * 8))) }
                .joined(separator: ".")
        }
        if number >> 32 == 0xFFFF { return "::ffff:" + unmapped.description }
        let groups = (0..<8).reversed().map { UInt16(truncatingIfNeeded: number >> UInt128($0 * 16)) }
        var longest = 0..<0
        var index = 0
        while index < 8 {
            var end = index
            while end < 8, groups[end] == 0 { end += 1 }
            if end - index > max(longest.count, 1) { longest = index..<end }
            index = max(end, index + 1)
        }
        func text(_ part: some Sequence<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        if longest.isEmpty { return text(groups) }
        return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit.
    public var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
