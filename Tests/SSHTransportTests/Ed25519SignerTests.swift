import CCrypto
import Testing

@testable import SSHTransport

/// libcrypto's own verification, which shares nothing with signing but the library.
enum Ed25519Verifier {
    static func accepts(_ signature: [UInt8], of message: [UInt8], by point: [UInt8]) -> Bool {
        guard let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, point, point.count) else {
            return false
        }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, key, nil) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}

struct Ed25519SignerTests {
    /// RFC 8032, section 7.1, tests 1 to 3.
    struct Vector: Sendable {
        var seed: String
        var point: String
        var message: String
        var signature: String
    }

    static let vectors = [
        Vector(
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            point: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
            signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        Vector(
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            point: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
            signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        Vector(
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            point: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
            signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
    ]

    private static func bytes(_ digits: String) -> [UInt8] {
        Array(digits).indices.filter { $0.isMultiple(of: 2) }.compactMap {
            UInt8(digits.dropFirst($0).prefix(2), radix: 16)
        }
    }

    private static func section(_ seed: [UInt8], _ point: [UInt8]) -> [UInt8] {
        var writer = SSHWireWriter()
        writer.uint32(7)
        writer.uint32(7)
        writer.text("ssh-ed25519")
        writer.string(point)
        writer.string(seed + point)
        writer.text("comment")
        return writer.bytes
    }

    private static func blob(_ point: [UInt8]) -> [UInt8] {
        var writer = SSHWireWriter()
        writer.text("ssh-ed25519")
        writer.string(point)
        return writer.bytes
    }

    @Test(arguments: vectors) func theStandardsVectors(vector: Vector) throws {
        let point = Self.bytes(vector.point)
        let signer = try #require(
            Ed25519Signer(
                privateSection: Self.section(Self.bytes(vector.seed), point), publicKey: Self.blob(point),
                name: "id"))
        var made: [UInt8]?
        signer.sign(Self.bytes(vector.message)) { made = $0 }
        #expect(made == Self.bytes(vector.signature))
    }

    /// Sessions on several threads share one key.
    @Test func manySignAtOnce() async throws {
        let vector = Self.vectors[2]
        let point = Self.bytes(vector.point)
        let signer = try #require(
            Ed25519Signer(
                privateSection: Self.section(Self.bytes(vector.seed), point), publicKey: Self.blob(point),
                name: "id"))
        let wanted = Self.bytes(vector.signature)
        let message = Self.bytes(vector.message)
        let right = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask {
                    var made: [UInt8]?
                    signer.sign(message) { made = $0 }
                    return made == wanted
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(right == 64)
    }

    /// What a file that nobody vouches for may say of itself.
    @Test func whatIsNoKeySignsNothing() {
        let vector = Self.vectors[0]
        let (seed, point) = (Self.bytes(vector.seed), Self.bytes(vector.point))
        let other = Self.bytes(Self.vectors[1].point)
        let whole = Self.section(seed, point)
        let wrong: [(section: [UInt8], blob: [UInt8])] = [
            ([], Self.blob(point)), (Array(whole.dropLast(50)), Self.blob(point)),
            (Self.section(Array(seed.dropLast()), point), Self.blob(point)),
            (Self.section(seed, Array(point.dropLast())), Self.blob(Array(point.dropLast()))),
            (Self.section(seed, []), Self.blob([])), (Self.section(seed, other), Self.blob(other)),
            (whole, Self.blob(other)), (whole, []),
        ]
        for (section, blob) in wrong {
            #expect(Ed25519Signer(privateSection: section, publicKey: blob, name: "id") == nil)
        }
    }
}
