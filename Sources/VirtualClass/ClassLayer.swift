import Foundation
import GraderCore

/// The layer between the root file system and a machine's own: the class's accounts and the teacher's key. As on the
/// students' machines, where nobody is in the group sudo: root by SSH with a key only (sshd's default,
/// `prohibit-password`), and `etudiant`, who becomes root through `su` with root's password.
struct ClassLayer: Sendable {
    static let user = "etudiant"
    /// Where the layer lies inside the class's mount namespace.
    static let path = "/run/layer/upper"

    let namespace: ClassNamespace
    let rootFileSystem: String

    /// The passwords come on standard input, in chpasswd(8)'s format.
    private static let script = #"""
        mkdir -p /run/layer/upper /run/layer/work /run/layer/root
        mount -t overlay overlay -o "lowerdir=$1,upperdir=/run/layer/upper,workdir=/run/layer/work" /run/layer/root
        chroot /run/layer/root useradd --create-home --shell /bin/bash "$2"
        chroot /run/layer/root chpasswd --crypt-method SHA512
        mkdir -p -m 0700 /run/layer/root/root/.ssh
        printf '%s\n' "$3" > /run/layer/root/root/.ssh/authorized_keys
        umount /run/layer/root
        """#

    /// - Parameter authorizedKey: a public key in OpenSSH's format.
    func create(userPassword: String, rootPassword: String, authorizedKey: String) async throws {
        try await namespace.checked(
            ["sh", "-euc", Self.script, "sh", rootFileSystem, Self.user, authorizedKey],
            input: "\(Self.user):\(userPassword)\nroot:\(rootPassword)\n",
            LocalizedText(
                fr: "Les comptes de la classe \(namespace.group.className) n'ont pas pu être créés",
                en: "The accounts of class \(namespace.group.className) could not be made"))
    }

    /// A password nobody has used before: 16 letters and digits that cannot be taken for one another.
    static func randomPassword() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        return String((0..<16).compactMap { _ in alphabet.randomElement() })
    }
}
