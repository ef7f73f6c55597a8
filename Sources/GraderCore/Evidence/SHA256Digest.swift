import CCrypto
import Synchronization

/// SHA-256 (NIST FIPS 180-4): stamps results with the rubric and the evidence that they were made from, so that a
/// dispute can show that neither changed; nothing is authenticated with it.
public struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// Looked up once, in a library context of its own (OSSL_LIB_CTX(3)): the machine's openssl.cnf may name providers
    /// that it has not got, and a digest has to come out all the same.
    private static let algorithm = Mutex(EVP_MD_fetch(OSSL_LIB_CTX_new(), "SHA2-256", nil))

    /// - Parameter message: read whole; nothing of it is kept.
    public init(of message: some Sequence<UInt8>) {
        let message = Array(message)
        var digest = [UInt8](repeating: 0, count: 32)
        let isMade = Self.algorithm.withLock { algorithm in
            EVP_Digest(message, message.count, &digest, nil, algorithm, nil) == 1
        }
        // Built into libcrypto: it fails where there is no memory left.
        precondition(isMade, "libcrypto made no SHA-256 digest")
        bytes = digest
    }

    /// The digest as text, for a result or a report.
    public static func hexadecimal(of message: some Sequence<UInt8>) -> String {
        SHA256Digest(of: message).description
    }

    /// In lower-case hexadecimal, as `sha256sum` prints it.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            // bounded: half a byte each
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }
}
