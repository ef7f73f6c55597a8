import CCrypto
import CLibssh2
import Foundation
import GraderCore

/// A private key of the grader's, read once for the whole run: its passphrase costs about 150 ms of bcrypt each time it
/// is used, so the sessions get the open key from memory.
public struct SSHUserKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The file's name without its folder.
    public let name: String
    /// As libssh2 reads it: PEM, without a passphrase wherever that could be had, with a NUL behind it: 1.10
    /// looks one byte too far.
    private let material: [UInt8]
    private let passphrase: Secret?
    /// What an Ed25519 key signs with; nil: libssh2 signs.
    let signer: Ed25519Signer?

    /// - Throws: `.keyUnusable`: no such file, one that others can read, wrong or missing passphrase, a format libssh2 cannot read.
    public init(file: String, passphrase: Secret? = nil) throws(TransportFailure) {
        let name = URL(filePath: file).lastPathComponent
        var status = stat()
        if stat(file, &status) == 0, status.st_mode & (S_IRWXG | S_IRWXO) != 0 {
            // As ssh(1) refuses it, and as a password file is refused.
            throw TransportFailure(
                .keyUnusable,
                fr:
                    "D'autres peuvent lire la clé privée \(file) : la réserver à son propriétaire avec chmod 600 \(file).",
                en: "The private key \(file) can be read by others: make it your own with chmod 600 \(file).")
        }
        guard case .success(let pem) = BoundedFile.read(file, limit: 1 << 20) else {
            throw TransportFailure(
                .keyUnusable,
                fr: "La clé privée \(file) est illisible : vérifier le chemin et les droits du fichier.",
                en: "The private key \(file) cannot be read: check the path and the file's mode.")
        }
        try self.init(pem: pem, name: name, file: file, passphrase: passphrase)
    }

    init(pem: [UInt8], name: String, file: String, passphrase: Secret?) throws(TransportFailure) {
        self.name = name
        let container = OpenSSHKeyContainer(pem: pem)
        if let container, container.isUnreadableCipher {
            throw TransportFailure(
                .keyUnusable,
                fr: """
                    La clé privée \(file) est protégée par \(container.cipher), que libssh2 ne sait pas lire : changer \
                    sa protection avec `ssh-keygen -p -Z aes256-ctr -f \(file)`.
                    """,
                en: """
                    The private key \(file) is protected with \(container.cipher), which libssh2 cannot read: give it \
                    another protection with `ssh-keygen -p -Z aes256-ctr -f \(file)`.
                    """)
        }
        let isRSA =
            container?.publicKey.dropFirst(4).starts(with: "ssh-rsa".utf8)
            ?? String(decoding: pem, as: UTF8.self).contains("BEGIN RSA PRIVATE KEY")
        // 1.11 signs with SHA-2; older ones with SHA-1 only, which no sshd since OpenSSH 8.8 takes.
        if isRSA, libssh2_version(0x010b00) == nil {
            throw TransportFailure(
                .keyUnusable,
                fr: """
                    La clé privée \(file) est une clé RSA, que cette libssh2 ne peut pas employer avec les serveurs \
                    d'aujourd'hui : la charger dans l'agent (`ssh-add \(file)`) et le dire dans la liste de classe, ou \
                    prendre une clé Ed25519.
                    """,
                en: """
                    The private key \(file) is an RSA key, which this libssh2 cannot use with today's servers: load it \
                    into the agent (`ssh-add \(file)`) and let the roster use the agent, or use an Ed25519 key.
                    """)
        }
        switch KeyOpening.open(pem: pem, passphrase: passphrase) {
        case .success(let opened):
            signer = container.flatMap { container in
                (container.isEncrypted ? opened : container.privateSection)
                    .flatMap { Ed25519Signer(privateSection: $0, publicKey: container.publicKey, name: name) }
            }
            if let container, container.isEncrypted, let plain = opened,
                let bare = container.unprotected(privateSection: plain)
            {
                material = bare + [0]
                self.passphrase = nil
            } else {
                material = pem + [0]
                self.passphrase = passphrase
            }
        case .failure(let error):
            let isProtected =
                container?.isEncrypted ?? String(decoding: pem, as: UTF8.self).contains("ENCRYPTED")
            let why =
                switch (isProtected, passphrase) {
                case (true, nil):
                    LocalizedText(
                        fr: "elle est protégée par une phrase de passe, qui n'a pas été donnée",
                        en: "it is protected by a passphrase and none was given")
                case (true, _?) where error.code != .file || container != nil:
                    LocalizedText(fr: "la phrase de passe est fausse", en: "the passphrase is wrong")
                default:
                    LocalizedText(
                        fr: "libssh2 ne sait pas lire son format",
                        en: "libssh2 cannot read its format (\(error.words))")
                }
            throw TransportFailure(
                .keyUnusable,
                fr:
                    "La clé privée \(file) est inutilisable : \(why) ; l'essayer avec `ssh-keygen -y -f \(file)`.",
                en:
                    "The private key \(file) cannot be used: \(why); check it with `ssh-keygen -y -f \(file)`."
            )
        }
    }

    func withMaterial<Result>(
        _ body: (UnsafeBufferPointer<CChar>, UnsafePointer<CChar>?) -> Result
    ) -> Result {
        Self.withMaterial(material, passphrase, body)
    }

    /// - Parameter material: with a NUL behind it, which `body` is not told of.
    static func withMaterial<Result>(
        _ material: [UInt8], _ passphrase: Secret?,
        _ body: (UnsafeBufferPointer<CChar>, UnsafePointer<CChar>?) -> Result
    ) -> Result {
        material.withUnsafeBytes { bytes in
            let characters = UnsafeBufferPointer(rebasing: bytes.bindMemory(to: CChar.self).dropLast())
            guard let passphrase else { return body(characters, nil) }
            var secret = Array(passphrase.reveal().utf8) + [0]
            return secret.withUnsafeMutableBytes { secret in
                defer { OPENSSL_cleanse(secret.baseAddress, secret.count) }
                return body(characters, UnsafePointer(secret.bindMemory(to: CChar.self).baseAddress))
            }
        }
    }

    public var description: String { "key \(name)" }
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

/// The outer layer of OpenSSH's private key format (PROTOCOL.key in OpenSSH's sources).
struct OpenSSHKeyContainer {
    private static let magic = Array("openssh-key-v1\0".utf8)
    let cipher: String
    let publicKey: [UInt8]
    /// As it is in the file: only of use where the key is not protected.
    let privateSection: [UInt8]?
    var isEncrypted: Bool { cipher != "none" }
    /// Ciphers with a tag of their own; libssh2 cannot open key files with them.
    var isUnreadableCipher: Bool { cipher.contains("gcm") || cipher.contains("poly1305") }

    /// nil where the file has another format.
    init?(pem: [UInt8]) {
        let lines = String(decoding: pem, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let begin = lines.firstIndex(of: "-----BEGIN OPENSSH PRIVATE KEY-----"),
            let end = lines.firstIndex(of: "-----END OPENSSH PRIVATE KEY-----"), begin < end,
            let data = Data(base64Encoded: lines[(begin + 1)..<end].joined())  // bounded: begin < end
        else { return nil }
        let bytes = Array(data)
        guard bytes.starts(with: Self.magic) else { return nil }
        var reader = SSHWireReader(Array(bytes.dropFirst(Self.magic.count)))
        guard let cipher = reader.text(), reader.string() != nil, reader.string() != nil,
            reader.uint32() == 1, let publicKey = reader.string()
        else { return nil }
        self.cipher = cipher
        self.publicKey = publicKey
        privateSection = reader.string()
    }

    /// The same key without protection, as PEM.
    func unprotected(privateSection: [UInt8]) -> [UInt8]? {
        var writer = SSHWireWriter()
        writer.raw(Self.magic)
        writer.text("none")
        writer.text("none")
        writer.string([])
        writer.uint32(1)
        writer.string(publicKey)
        writer.string(privateSection)
        let body = Data(writer.bytes).base64EncodedString(options: [
            .lineLength64Characters, .endLineWithLineFeed,
        ])
        let text = "-----BEGIN OPENSSH PRIVATE KEY-----\n\(body)\n-----END OPENSSH PRIVATE KEY-----\n"
        return Array(text.utf8)
    }
}
