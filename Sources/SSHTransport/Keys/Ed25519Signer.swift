import CCrypto
import Synchronization

/// Signs with an Ed25519 key of the grader's. libssh2 could, but it has OpenSSL read the key anew at every log-in,
/// twice, which takes longer than the rest of the log-in together.
final class Ed25519Signer: SSHSigner, Sendable {
    let name: String
    let publicKey: [UInt8]
    private let key: Mutex<Ed25519PrivateKey>

    /// - Parameters:
    ///   - privateSection: of an OpenSSH key file, opened: two equal numbers, the type, the public and the private
    ///     half, a comment (PROTOCOL.key in OpenSSH's sources, RFC 8709 for the type).
    ///   - publicKey: the file's public key, as servers are told it.
    /// - Returns: nil where it is a key of another type, or its halves do not belong together.
    init?(privateSection: [UInt8], publicKey: [UInt8], name: String) {
        var reader = SSHWireReader(privateSection)
        guard let check = reader.uint32(), reader.uint32() == check, reader.text() == "ssh-ed25519",
            let point = reader.string(), let secret = reader.string(), secret.count == 64,
            let key = Ed25519PrivateKey(seed: secret.prefix(Ed25519PrivateKey.byteCount)),
            key.point == point
        else { return nil }
        var writer = SSHWireWriter()
        writer.text("ssh-ed25519")
        writer.string(point)
        guard writer.bytes == publicKey else { return nil }
        self.name = name
        self.publicKey = publicKey
        self.key = Mutex(key)
    }

    func sign(_ data: [UInt8], done: @escaping ([UInt8]?) -> Void) {
        done(key.withLock { $0.signature(of: data) })
    }
}

/// A private key (RFC 8032) in libcrypto's memory, which wipes it when it is freed.
struct Ed25519PrivateKey: ~Copyable {
    /// Of the private and of the public half.
    static let byteCount = 32
    static let signatureByteCount = 64
    private let key: OpaquePointer

    /// - Parameter seed: the private half.
    init?(seed: ArraySlice<UInt8>) {
        let made = seed.withUnsafeBufferPointer {
            EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, $0.baseAddress, $0.count)
        }
        guard let made else { return nil }
        key = made
    }

    deinit { EVP_PKEY_free(key) }

    /// The public half, reckoned from the private one.
    var point: [UInt8]? {
        var point = [UInt8](repeating: 0, count: Self.byteCount)
        var count = point.count
        guard EVP_PKEY_get_raw_public_key(key, &point, &count) == 1, count == point.count else { return nil }
        return point
    }

    func signature(of data: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Self.signatureByteCount)
        var count = signature.count
        // Ed25519 hashes by itself: no digest is named.
        guard EVP_DigestSignInit_ex(context, nil, nil, nil, nil, key, nil) == 1,
            EVP_DigestSign(context, &signature, &count, data, data.count) == 1, count == signature.count
        else { return nil }
        return signature
    }
}
