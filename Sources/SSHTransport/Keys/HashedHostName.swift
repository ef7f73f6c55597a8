import CCrypto
import Foundation

/// A name as OpenSSH writes it into known_hosts where `HashKnownHosts` is on, as on Debian (ssh_config(5)):
/// `|1|salt|hash`, the hash being HMAC-SHA1 of the name with the salt as its key.
struct HashedHostName: Sendable {
    private let salt: [UInt8]
    private let hash: [UInt8]

    init?(_ text: String) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, parts[1] == "1",
            let salt = Data(base64Encoded: String(parts[2])),
            let hash = Data(base64Encoded: String(parts[3])), hash.count == Self.length
        else { return nil }
        self.salt = Array(salt)
        self.hash = Array(hash)
    }

    func isOne(of names: Set<String>) -> Bool { names.contains { digest(of: $0) == hash } }

    private static let length = 20

    private func digest(of name: String) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Self.length)
        var length = 0
        let name = Array(name.utf8)
        let made = EVP_Q_mac(
            nil, "HMAC", nil, "SHA1", nil, salt, salt.count, name, name.count, &digest, digest.count, &length)
        return made == nil ? [] : digest
    }
}
