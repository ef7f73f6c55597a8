import Foundation

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

    /// `type base64`, as in a known_hosts file.
    var text: String { "\(type) \(Data(blob).base64EncodedString())" }
}
