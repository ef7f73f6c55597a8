import Crypto

/// SHA-256 (NIST FIPS 180-4): stamps results with the rubric and the evidence that they were made from, so that a
/// dispute can show that neither changed; nothing is authenticated with it.
public struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
    /// 32 bytes.
    public let bytes: [UInt8]

    public init(of message: some Sequence<UInt8>) {
        bytes = Array(SHA256.hash(data: Array(message)))
    }

    /// The digest as text, for a result or a report.
    public static func hexadecimal(of message: some Sequence<UInt8>) -> String {
        SHA256Digest(of: message).description
    }

    /// In lower-case hexadecimal, as `sha256sum` prints it.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
    }
}
