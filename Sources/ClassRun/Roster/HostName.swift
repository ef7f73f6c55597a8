import GraderCore

extension IPAddress {
    /// An IPv4 address that a host can have: not "this network" (0/8), multicast or reserved (224/3), RFC 6890.
    init?(ofHost text: some StringProtocol) {
        self.init(parsing: text)
        guard isIPv4, (1..<224).contains(number >> 24) else { return nil }
    }

    /// Whether it names an IPv4 network of this prefix length itself, or is its broadcast address.
    func isReserved(prefixLength: Int) -> Bool {
        guard prefixLength <= 30 else { return false }
        let mask = UInt128(UInt32.max >> prefixLength)  // bounded: widened; a prefix of 0 to 32
        return number & mask == 0 || number & mask == mask
    }
}

/// What can stand for a host: a name, an IPv4 or an IPv6 address.
enum HostName {
    /// RFC 1123, section 2.1, and underscores, which exist in practice. What has only digits and dots has to be
    /// an IPv4 address.
    static func isValid(_ text: some StringProtocol) -> Bool {
        if text.contains(":") || text.allSatisfy({ $0.isNumber || $0 == "." }) {
            return IPAddress(parsing: text) != nil
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                1...63 ~= label.utf8.count && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { $0.isLetterOrDigit || "-_".utf8.contains($0) }
            }
    }
}

/// A word that can also be a file's name: ASCII letters, digits, `.`, `_`, `-`, beginning with a letter or a
/// digit, at most 64 characters.
enum SafeName {
    static let rule = LocalizedText(
        fr:
            "des lettres sans accent, chiffres, « . », « _ » et « - », d'abord une lettre ou un chiffre, 64 au plus",
        en: "letters, digits, “.”, “_” and “-”, beginning with a letter or digit, at most 64")

    static func isValid(_ text: String) -> Bool {
        1...64 ~= text.utf8.count && text.utf8.first?.isLetterOrDigit == true
            && text.utf8.allSatisfy { $0.isLetterOrDigit || "._-".utf8.contains($0) }
    }
}

extension UInt8 {
    /// Of ASCII.
    fileprivate var isLetterOrDigit: Bool {
        isASCIIDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20
    }
}
