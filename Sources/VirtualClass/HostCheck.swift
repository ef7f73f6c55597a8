import Foundation
import GraderCore

/// Whether this machine can raise a class at all.
enum HostCheck {
    /// What has to be on the host, with the Debian package it comes from.
    private static let tools = [
        "mmdebstrap": "mmdebstrap", "systemd-nspawn": "systemd-container", "ip": "iproute2",
        "nsenter": "util-linux", "unshare": "util-linux", "flock": "util-linux",
        "ssh-keygen": "openssh-client",
    ]

    /// What a class does first, tried out and gone with the process: a private `/run`, an overlay with its upper
    /// layer on a tmpfs, a network with a bridge and a cable.
    private static let rehearsal = """
        mount -t tmpfs tmpfs /run
        mkdir -p /run/lower /run/upper /run/work /run/root
        mount -t overlay overlay -o lowerdir=/run/lower,upperdir=/run/upper,workdir=/run/work /run/root
        ip link add br0 type bridge
        ip link add left type veth peer name right
        """

    /// - Throws: `LabError` for anybody but root, and naming the programs that are missing and their packages.
    static func requireRootAndTools() throws {
        try requireRoot()
        let folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
        let missing = tools.filter { tool in
            !folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool.key)") }
        }
        let programs = missing.keys.sorted().joined(separator: ", ")
        let packages = Set(missing.values).sorted().joined(separator: " ")
        try require(
            missing.isEmpty,
            LocalizedText(
                fr:
                    "Il manque à cette machine \(programs) : les installer par `sudo apt-get install \(packages)`.",
                en: "This machine lacks \(programs): install them with `sudo apt-get install \(packages)`.")
        )
    }

    /// Namespaces and mounts are root's to make.
    static func requireRoot() throws {
        try require(
            geteuid() == 0,
            LocalizedText(
                fr: """
                    La classe virtuelle demande les droits de root (espaces de noms, montages) : lancer la commande \
                    avec sudo, ou en root.
                    """,
                en: "The virtual class needs root (namespaces, mounts): run this with sudo, or as root."))
    }

    /// - Throws: `LabError` where the kernel, or the container this runs in, does not allow a class.
    static func rehearse() async throws {
        try ControlGroup.rehearse()
        try await HostCommand(
            arguments: ["unshare", "--mount", "--net", "--propagation", "private", "sh", "-euc", rehearsal]
        ).checked(
            LocalizedText(
                fr: "Cette machine ne permet pas de monter une classe virtuelle",
                en: "This machine does not let a virtual class be made"))
    }
}
