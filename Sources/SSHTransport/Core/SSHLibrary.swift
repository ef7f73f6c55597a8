import CLibssh2
import GraderCore

/// The libssh2 that the program runs with: the system's, which may be another than it was built with.
public enum SSHLibrary {
    /// E.g. `1.10.0`.
    public static var version: String { libssh2_version(0).map { String(cString: $0) } ?? "?" }

    /// Whether it signs with RSA and SHA-2, and reads such signatures: 1.11 and newer. Servers since OpenSSH 8.8 take
    /// and make no others with RSA.
    static var knowsRSAWithSHA2: Bool { libssh2_version(0x010b00) != nil }

    /// What cannot be done with it, a sentence each, and what to do instead.
    public static var limits: [LocalizedText] {
        let always = LocalizedText(
            fr: """
                Elle ne lit pas les clés privées protégées par AES-GCM ou ChaCha20-Poly1305 : leur donner une autre \
                protection avec `ssh-keygen -p -Z aes256-ctr -f CLÉ`.
                """,
            en: """
                It cannot read private keys that are protected with AES-GCM or ChaCha20-Poly1305: give them another \
                protection with `ssh-keygen -p -Z aes256-ctr -f KEY`.
                """)
        guard !knowsRSAWithSHA2 else { return [always] }
        return [
            LocalizedText(
                fr: """
                    Cette libssh2 ne sait pas se servir d'un fichier de clé RSA avec les serveurs actuels : prendre une \
                    clé Ed25519, ou charger la clé dans l'agent (`ssh-add`).
                    """,
                en: """
                    This libssh2 cannot use an RSA key file with today's servers: take an Ed25519 key, or load the key \
                    into the agent (`ssh-add`).
                    """),
            LocalizedText(
                fr: """
                    Elle ne joint pas une machine qui n'a qu'une clé d'hôte RSA : `ssh-keygen -A` y ajoute les autres.
                    """,
                en: """
                    It cannot reach a machine whose only host key is RSA: `ssh-keygen -A` adds the others there.
                    """),
            always,
        ]
    }
}
