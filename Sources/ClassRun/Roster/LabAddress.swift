import InputFiles
import Foundation

/// An IPv4 address of a lab network.
struct LabAddress: Hashable, CustomStringConvertible {
    var value: UInt32

    /// Strict dotted decimal: four numbers from 0 to 255 without leading zeros (which some programs read as
    /// octal, RFC 6943 section 3.1.1).
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        value = 0
        for part in parts {
            guard part.count <= 3, let octet = decimal(part), octet <= 255, part == String(octet) else {
                return nil
            }
            value = value << 8 | UInt32(octet)
        }
    }

    var description: String {
        [24, 16, 8, 0].map { String(value >> $0 & 0xFF) }.joined(separator: ".")
    }

    /// Whether a host can have it: not "this network" (0/8), multicast or reserved (224/3), RFC 6890.
    var isUnicast: Bool { (1..<224).contains(value >> 24) }

    /// - Parameter prefixLength: 1 to 32.
    func isInSubnet(of other: LabAddress, prefixLength: Int) -> Bool {
        let shift = 32 - prefixLength
        return value >> shift == other.value >> shift
    }

    /// Whether it names the network itself or is its broadcast address.
    func isReserved(prefixLength: Int) -> Bool {
        guard prefixLength <= 30 else { return false }
        let hostPart = value & (UInt32.max >> prefixLength)
        return hostPart == 0 || hostPart == UInt32.max >> prefixLength
    }
}

/// What can stand for a host: a name, an IPv4 or an IPv6 address.
enum HostName {
    /// RFC 1123, section 2.1, and underscores, which exist in practice. What has only digits and dots has to be
    /// an IPv4 address.
    static func isValid(_ text: some StringProtocol) -> Bool {
        if text.contains(":") {
            var address = in6_addr()
            return inet_pton(AF_INET6, String(text), &address) == 1
        }
        if text.allSatisfy({ $0.isNumber || $0 == "." }) { return LabAddress(text) != nil }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                1...63 ~= label.utf8.count && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy {
                        $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    }
            }
    }
}

/// A word that can also be a file's name: ASCII letters, digits, `.`, `_`, `-`, beginning with a letter or a
/// digit, at most 64 characters.
enum SafeName {
    static let rule = "letters, digits, “.”, “_” and “-”, beginning with a letter or digit, at most 64"

    static func isValid(_ text: String) -> Bool {
        1...64 ~= text.utf8.count && text.utf8.first?.isLetterOrDigit == true
            && text.utf8.allSatisfy { $0.isLetterOrDigit || "._-".utf8.contains($0) }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
