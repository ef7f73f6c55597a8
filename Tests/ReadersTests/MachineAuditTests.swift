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
