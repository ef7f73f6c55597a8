import Foundation

/// An IPv4 or IPv6 address, compared by value: `172.16.0.1` is not in `172.16.0.12`, and `FD00::0:1` is `fd00::1`.
public struct IPAddress: Sendable, Hashable, Comparable, LosslessStringConvertible {
    /// The version of the Internet protocol.
    public enum Family: Int, Sendable, Hashable {
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
        // The longest form has 45 characters (RFC 4291 with a dotted tail); C's text ends at a NUL.
        guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
        let family: Family = text.utf8.contains(UInt8(ascii: ":")) ? .v6 : .v4
        var bytes: [UInt8] = Array(repeating: 0, count: family.bits / 8)
        guard inet_pton(family == .v4 ? AF_INET : AF_INET6, String(text), &bytes) == 1 else { return nil }
        self.init(family, bytes.reduce(0) { $0 << 8 | UInt128($1) })
    }

    public var isIPv4: Bool { family == .v4 }
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
        // bounded: the bits behind a prefix, 0 to 128
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
}

extension IPAddress: CustomStringConvertible {
    /// As inet_ntop(3) and so `ip address` print it: dotted decimal, or RFC 5952 (lower case, no leading zeros, the
    /// longest run of zeros, first of equals, as `::`).
    public var description: String {
        let bytes = (0..<family.bits / 8).reversed().map {
            UInt8(truncatingIfNeeded: number >> UInt128($0 * 8))  // bounded: a place within the address
        }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            let isIPv4 = family == .v4
            guard
                let written = inet_ntop(
                    isIPv4 ? AF_INET : AF_INET6, bytes, text.baseAddress, socklen_t(text.count))
            else { preconditionFailure("an address of \(family.bits) bits has a text") }
            return String(cString: written)
        }
    }
}
