import Foundation
import GraderCore

/// The read-only root file system under every machine of one exercise and release: built once with mmdebstrap(1),
/// cached outside the repository and the class, shared by all.
struct RootFileSystem: Sendable {
    let recipe: VirtualLab
    let release: Release
    /// The folder that holds the cached file systems.
    let cache: String

    /// Where the file system is once it is built; the recipe's fingerprint is in the name, so that a changed
    /// recipe, or another, never meets this tree, and two exercises of the same share one.
    var path: String { "\(cache)/\(release.rawValue)-\(fingerprint)" }

    private static let commonPackages = [
        "systemd", "systemd-sysv", "dbus", "login", "passwd", "procps", "less", "vim-tiny", "nano", "wget",
        "iproute2", "iputils-ping", "net-tools", "ifupdown", "openssh-server", "sudo",
    ]

    private var packages: String {
        (Self.commonPackages + recipe.image.packages + (recipe.nameServer == nil ? [] : NameServer.packages))
            .joined(separator: ",")
    }

    /// What is done inside the new tree. `named` runs on a student's name server only.
    private var customisation: String {
        let image = recipe.image
        let folders = (image.folders + ["/var/log/journal"]).sorted()
        let removed = (image.removed + ["/etc/machine-id", "/etc/ssh/ssh_host_*"]).sorted()
        let lines = [
            "mkdir -p \(folders.joined(separator: " "))",
            "rm -f \(removed.joined(separator: " "))",
            image.setup,
            "systemctl --quiet enable \((image.units + ["ssh"]).joined(separator: " "))",
            recipe.nameServer == nil ? "" : "systemctl --quiet disable named",
            """
            systemctl --quiet mask console-getty.service apt-daily.timer apt-daily-upgrade.timer \\
                e2scrub_all.timer e2scrub_reap.service fstrim.timer dpkg-db-backup.timer
            rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*
            """,
        ]
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Arguments: final path, release, mirror, packages, customisation. A tree is only ever complete under its
    /// final name; the caller holds the lock, so a partial one is left over from a killed build.
    private static let buildScript = #"""
        final=$1 release=$2 mirror=$3 packages=$4 customisation=$5
        [ ! -d "$final" ] || exit 0
        rm -rf --one-file-system "$final.partial"
        mmdebstrap --mode=root --variant=minbase --format=directory --components=main \
            --aptopt='Acquire::Languages "none"' --dpkgopt=force-unsafe-io \
            --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
            --dpkgopt='path-exclude=/usr/share/locale/*' \
            --include="$packages" "$release" "$final.partial" "$mirror"
        chroot "$final.partial" /bin/sh -euc "$customisation"
        mv -T "$final.partial" "$final"
        """#

    /// Of all that makes the tree what it is: 64 bits of its SHA-256.
    private var fingerprint: String {
        String(SHA256Digest.hexadecimal(of: (packages + customisation + Self.buildScript).utf8).prefix(16))
    }

    /// Builds the file system where the cache does not have it; two at once wait for one another. Takes half a minute
    /// to three minutes and 300 MB. The mounts that mmdebstrap needs are made in a mount namespace of their own.
    func build(progress: @Sendable (LocalizedText) -> Void) async throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let mirror = try await DebianMirror.ofThisMachine()
        progress(
            LocalizedText(
                fr: """
                    construction du système de fichiers racine de \(release.rawValue) depuis \(mirror) (une à trois \
                    minutes, une seule fois)
                    """,
                en:
                    "building the \(release.rawValue) root file system from \(mirror) (one to three minutes, once)"
            ))
        try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
        let began = ContinuousClock.now
        try await HostCommand(
            arguments: [
                "flock", "\(path).lock", "unshare", "--mount", "--propagation", "private", "sh", "-euc",
                Self.buildScript, "sh", path, release.rawValue, mirror, packages, customisation,
            ], timeLimit: .seconds(1800)
        ).checked(
            LocalizedText(
                fr:
                    "Le système de fichiers racine de \(release.rawValue) n'a pas pu être construit depuis \(mirror)",
                en: "The \(release.rawValue) root file system could not be built from \(mirror)"))
        try? FileManager.default.removeItem(atPath: "\(path).lock")
        let seconds = (ContinuousClock.now - began).wholeSeconds
        progress(
            LocalizedText(
                fr: "système de fichiers racine de \(release.rawValue) construit en \(seconds) s",
                en: "\(release.rawValue) root file system built in \(seconds) s")
        )
    }
}
