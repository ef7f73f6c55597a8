import Foundation
import GraderCore

/// A server's public key as it goes over the wire (RFC 4253, section 6.6).
struct HostKey: Sendable, Hashable {
    /// E.g. `ssh-ed25519`; it stands at the beginning of the blob.
    let type: String
    let blob: [UInt8]

    init?(blob: [UInt8]) {
        var reader = SSHWireReader(blob)
        guard let type = reader.text(), !type.isEmpty, type.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            !reader.isAtEnd
        else { return nil }
        self.type = type
        self.blob = blob
    }

    /// From the words of a known_hosts file or a public key's; nil where they contradict one another.
    init?(type: some StringProtocol, base64: some StringProtocol) {
        guard let data = Data(base64Encoded: String(base64)) else { return nil }
        self.init(blob: Array(data))
        if self.type != type { return nil }
    }

    /// `type base64`, as in a known_hosts file.
    var text: String { "\(type) \(Data(blob).base64EncodedString())" }
}

/// The public half of one of the grader's keys.
public struct SSHPublicKey: Sendable, Hashable {
    /// `type base64`, as a line of authorized_keys (sshd(8)) has it behind its options.
    public let text: String

    /// - Parameter file: a private key, or the `.pub` file that belongs to it; a private key's public half is in it
    ///   where it has OpenSSH's own format, else in `file.pub` beside it.
    /// - Throws: `.keyUnusable`.
    public init(file: String) throws(TransportFailure) {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw TransportFailure(
                .keyUnusable,
                fr: "La clé \(file) est illisible : vérifier le chemin et les droits du fichier.",
                en: "The key \(file) cannot be read: check the path and the file's mode.")
        }
        if let container = OpenSSHKeyContainer(pem: Array(data)), let key = HostKey(blob: container.publicKey)
        {
            text = key.text
            return
        }
        let beside = FileManager.default.contents(atPath: file + ".pub")
        for candidate in [data, beside] {
            guard let candidate, let key = Self.line(String(decoding: candidate, as: UTF8.self)) else {
                continue
            }
            text = key.text
            return
        }
        throw TransportFailure(
            .keyUnusable,
            fr: """
                La clé publique de \(file) est introuvable : l'écrire à côté, avec `ssh-keygen -y -f \(file) > \(file).pub`.
                """,
            en: """
                The public half of \(file) cannot be told: write it beside the key with \
                `ssh-keygen -y -f \(file) > \(file).pub`.
                """)
    }

    /// `type base64 comment`; the comment is anybody's words and is left out.
    private static func line(_ text: String) -> HostKey? {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count >= 2 ? HostKey(type: words[0], base64: words[1]) : nil
    }
}
