import Foundation
import GraderCore

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
                .keyUnusable, "The key \(file) cannot be read: check the path and the file's mode.")
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
            "The public half of \(file) cannot be told: write it beside the key with "
                + "`ssh-keygen -y -f \(file) > \(file).pub`.")
    }

    /// `type base64 comment`; the comment is anybody's words and is left out.
    private static func line(_ text: String) -> HostKey? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count >= 2, let blob = Data(base64Encoded: String(words[1])),
            let key = HostKey(blob: Array(blob)), key.type == words[0]
        else { return nil }
        return key
    }
}
