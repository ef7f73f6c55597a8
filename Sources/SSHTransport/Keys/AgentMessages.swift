/// The few messages of the agent protocol that a client needs (draft-miller-ssh-agent, sections 4.4 and 4.5).
enum AgentMessage {
    static let requestIdentities: [UInt8] = [11]

    /// One key an agent holds.
    struct Identity: Equatable {
        var blob: [UInt8]
        var comment: String
        /// The first string of the blob.
        var type: String
    }

    static func signRequest(blob: [UInt8], data: [UInt8], flags: UInt32) -> [UInt8] {
        var writer = SSHWireWriter()
        writer.byte(13)
        writer.string(blob)
        writer.string(data)
        writer.uint32(flags)
        return writer.bytes
    }

    /// nil where the answer is another one.
    static func identities(_ answer: [UInt8]) -> [Identity]? {
        var reader = SSHWireReader(answer)
        guard reader.byte() == 12, let count = reader.uint32() else { return nil }
        var identities: [Identity] = []
        for _ in 0..<min(count, 64) {
            guard let blob = reader.string(), let comment = reader.string() else { return nil }
            var inner = SSHWireReader(blob)
            guard let type = inner.text() else { return nil }
            identities.append(
                Identity(blob: blob, comment: BannerGate.printable(comment.prefix(60)), type: type))
        }
        return identities
    }

    /// The signature without the name of its algorithm.
    static func signature(_ answer: [UInt8]) -> [UInt8]? {
        var reader = SSHWireReader(answer)
        guard reader.byte() == 14, let signature = reader.string() else { return nil }
        var inner = SSHWireReader(signature)
        guard inner.string() != nil else { return nil }
        return inner.string()
    }
}
