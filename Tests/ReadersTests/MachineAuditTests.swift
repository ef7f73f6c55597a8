import Foundation
import GraderCore
import Testing

@testable import LinuxFacts

/// What the look at a machine prints, read.
struct MachineAuditTests {
    private let whole = [
        "audit\t0\t", "process\tcorosync\t81\t/usr/sbin/corosync\t5450007\tyes\t", "local\t127.0.0.1\t",
        "local\t172.16.1.10\t", "session\t5450100\t54502.50\t1795843265.25\t",
    ]

    @Test func aMachineAsItsPackagesLeftItHasNone() {
        let audit = MachineAudit((whole + ["end\t"]).joined(separator: "\n"))
        #expect(audit.isWhole)
        #expect(audit.processes.map(\.name) == ["corosync"])
        #expect(audit.processes.first?.hasUDP == true)
        #expect(audit.localAddresses.map(\.description) == ["172.16.1.10"])
        #expect(audit.sessionStart == 1_795_843_263.75)
        #expect(audit.anomalies(on: MachineID("web")).isEmpty)
    }

    @Test func whatWasCutOffOrNotLookedAtByRootSaysNothing() {
        #expect(!MachineAudit(whole.joined(separator: "\n")).isWhole)
        #expect(
            !MachineAudit((["audit\t1000\t"] + whole.dropFirst() + ["end\t"]).joined(separator: "\n")).isWhole
        )
        #expect(!MachineAudit("").isWhole)
    }

    /// In a container the session may be older than the machine.
    @Test(arguments: [
        "session\t5450100\t12.5\t1795843265.25\t", "session\tx\t1\t2\t", "session\t1\t1e9\tnan\t",
    ])
    func aClockThatDoesNotFitIsNone(_ line: String) {
        #expect(MachineAudit(line).sessionStart == nil)
    }

    /// Root's PATH, as whoever becomes root by plain `su` mends it in .bashrc: the system's own folders stand before no
    /// tool of theirs, however they are spelled.
    @Test func theSystemsFoldersInAPathAreNoTrick() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bascule-\(UUID().uuidString)")
            .path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for name in ["tools", "tools/cat"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
        }
        let profile = "\(folder)/.bashrc"
        func told(_ path: String) throws -> String {
            try Data("export PATH=\(path)\n".utf8).write(to: URL(filePath: profile))
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = [
                "-c", "say() { echo \"$@\"; }; tools='cat sh'\n\(AuditScript.searched)\nsearched \"$1\"",
                "sh", profile,
            ]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        #expect(try told("$PATH:/usr/sbin/:/sbin/:/usr/bin/.:/bin//:/usr/local/bin/:/nowhere/") == "")
        #expect(try told("/bin/:$HOME/tools:$PATH") == "start \(profile) PATH: \(folder)/tools/cat\n")
    }

    @Test func eachKindIsToldOnce() {
        let audit = MachineAudit(
            """
            override\t/usr/local/sbin/ip\t/usr/sbin/ip\t
            override\t/usr/local/sbin/ss\t/usr/bin/ss\t
            unpackaged\t/usr/bin/date\t
            diverted\t/usr/bin/cat\t/usr/bin/cat.distrib\t
            altered\t/usr/sbin/ip\t
            preload\t/etc/ld.so.preload\t/usr/local/lib/a.so\t
            hook\t/etc/ssh/sshrc\techo \u{1B}[2J\t
            start\t/root/.bashrc\tip addr add 172.16.1.12/24 dev eth0\t
            environment\t/etc/environment\tLD_PRELOAD=/root/a.so\t
            """)
        let anomalies = audit.anomalies(on: MachineID("web"))
        #expect(
            anomalies.map(\.kind) == [
                "overriddenTool", "unpackagedTool", "divertedTool", "alteredPackage", "preloadedLibrary",
                "logInHook", "startUpFile", "environment",
            ])
        #expect(anomalies[0].seen.en.hasSuffix("/usr/local/sbin/ip, /usr/local/sbin/ss"))
        #expect(!anomalies.contains { $0.seen.en.unicodeScalars.contains("\u{1B}") })
    }
}
