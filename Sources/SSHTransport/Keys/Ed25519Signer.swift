import Crypto

/// Signs with an Ed25519 key of the grader's. libssh2 could, but it has OpenSSL read the key anew at every log-in,
/// twice, which takes longer than the rest of the log-in together.
final class Ed25519Signer: SSHSigner, Sendable {
    let name: String
    let publicKey: [UInt8]
    private let key: Curve25519.Signing.PrivateKey

    /// - Parameters:
    ///   - privateSection: of an OpenSSH key file, opened: two equal numbers, the type, the public and the private
    ///     half, a comment (PROTOCOL.key in OpenSSH's sources, RFC 8709 for the type).
    ///   - publicKey: the file's public key, as servers are told it.
    /// - Returns: nil where it is a key of another type, or its halves do not belong together.
    init?(privateSection: [UInt8], publicKey: [UInt8], name: String) {
        var reader = SSHWireReader(privateSection)
        guard let check = reader.uint32(), reader.uint32() == check, reader.text() == "ssh-ed25519",
            let point = reader.string(), let secret = reader.string(), secret.count == 64,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret.prefix(32)),
            key.publicKey.rawRepresentation.elementsEqual(point)
        else { return nil }
        var writer = SSHWireWriter()
        writer.text("ssh-ed25519")
        writer.string(point)
        guard writer.bytes == publicKey else { return nil }
        self.name = name
        self.publicKey = publicKey
        self.key = key
    }

    func sign(_ data: [UInt8], done: @escaping ([UInt8]?) -> Void) {
        done((try? key.signature(for: data)).map(Array.init))
    }

    func close() {}
}
