import Foundation
import GraderCore
import LinuxFacts
import Pacemaker
import Testing

@testable import Exercises

/// What a node answers about the drills' lock: an owner in the form that a drill writes, or nothing that a drill is
/// claimed by.
@Suite struct DrillLockTests {
    private static let owner = "root@vm/5f3a91c2 pid 1234 since 2026-11-22T18:04:12Z"
    private static let senseless = [
        "", "\n", "LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n", "serv1\n", "corosync running\npacemakerd running\n",
        "579b0d4b-3f02-4039-aeeb-c99886901f59\n1795381755.254498467\n",
        "20261122t180412-etu1-standby-9f3a\n", "20261122t180412-etu1-standby-9f3a\n\(owner)",
        "../../etc\n\(owner)\n", "Drill\n\(owner)\n", "a\n\(owner)\nmore\n", "a\n\n\(owner)\n",
        "a\nroot@vm pid 1 since 2026-11-22T18:04:12Z\n", "a\nroot pid 7 since 2026-11-22T18:04:12Z\n",
        "a\nroot@vm pid seven since 2026-11-22T18:04:12Z\n", "a\nroot@vm pid 7 since then\n",
        "a\nroot@vm  pid 7 since 2026-11-22T18:04:12Z\n",
        "a\nro\u{1B}[2Jot@vm pid 7 since 2026-11-22T18:04:12Z\n",
        "a\nröot@vm pid 7 since 2026-11-22T18:04:12Z\n",
        "a\n\(String(repeating: "r", count: 400))@vm pid 7 since 2026-11-22T18:04:12Z\n",
        String(repeating: "a", count: 101) + "\n\(owner)\n", "a\n<script>@vm pid 7 since now\n",
    ]

    private func result(_ output: String, _ ending: CommandResult.Ending = .exited(0)) -> CommandResult {
        CommandResult(
            answering: ["cat"], ending: ending, standardOutput: Bytes(output), standardError: "",
            duration: .milliseconds(4))
    }

    private func findings(_ output: String, _ ending: CommandResult.Ending = .exited(0)) -> Findings {
        let date = Date(timeIntervalSince1970: 1_790_000_000)
        return Findings(
            Evidence(
                student: "etu1", exercise: "activite-2",
                lab: LabValues(
                    addresses: [.serv1: "172.16.1.10", .serv2: "172.16.1.11"],
                    values: ["vip": .string("172.16.1.12"), "vipPrefixLength": .integer(24)]),
                startedAt: date, finishedAt: date, collector: "test", nonce: "0", unreachable: [:],
                instability: nil,
                observations: [
                    Observation(
                        id: ProbeID(.serv2, DrillProbe.lock), vantage: .node(.serv2), startedAt: date,
                        duration: .zero, outcome: .command(result(output, ending)))
                ]))
    }

    /// With and without the boot's word; a terminal makes CR LF of a line's end.
    @Test(arguments: [owner, "teacher@elsewhere pid 4711 since 2026-11-22T18:04:12Z"], ["\n", "\r\n"])
    func aDrillsOwnWordsAreADrill(owner: String, end: String) throws {
        let held = "20261122t180412-etu1-standby-9f3a" + end + owner + end
        let parsed = try #require(DrillOwner(owner))
        #expect(
            DrillLock(result(held)) == .held(drill: "20261122t180412-etu1-standby-9f3a", by: parsed))
        let instability = TornRead.between(findings(held), findings("", .exited(1)), attempt: 1)
        #expect(instability?.kind == .drillRunning)
        #expect(instability?.detail == "serv2: 20261122t180412-etu1-standby-9f3a, \(owner)")
    }

    @Test(arguments: senseless)
    func whatNoDrillWritesIsNoDrill(answer: String) throws {
        let instability = try #require(
            TornRead.between(findings("", .exited(1)), findings(answer), attempt: 3))
        #expect(instability.kind == .lockSenseless)
        let detail = instability.detail
        #expect(detail.utf8.count <= 1_000)
        #expect(detail.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
        for text in [instability.sentence.en, instability.sentence.fr] {
            #expect(text.contains("lock/owner"))
            #expect(!text.contains("is running") && !text.contains("en cours"))
        }
    }

    /// No lock, no `cat`, or an sshd that ran nothing: nothing is said.
    @Test(arguments: [
        CommandResult.Ending.exited(1), .exited(127), .timedOut, .unknown, .signalled("KILL"),
    ])
    func anAnswerThatDidNotEndWellSaysNothing(ending: CommandResult.Ending) {
        #expect(DrillLock(result("a\n\(Self.owner)\n", ending)) == nil)
        #expect(TornRead.between(findings("a\n", ending), findings("", ending), attempt: 1) == nil)
    }

    @Test func aDrillComesBeforeAnAnswerWithoutSense() {
        let held = findings("a\n\(Self.owner)\n")
        #expect(TornRead.between(findings("serv1\n"), held, attempt: 1)?.kind == .drillRunning)
    }

    /// What a process writes is in the form, whatever its user is called.
    @Test func anOwnerReadsItself() {
        let owner = DrillOwner(
            user: "ECOLE\\hélène b", host: "vm/5f3a91c2", process: 77, since: "2026-11-22T18:04:12Z")
        #expect(DrillOwner(owner.description) == owner)
    }

    /// The clock's answer is the boot's word and the time, or nothing: no node was restarted by another answer.
    @Test func anotherAnswerIsNoRestart() {
        #expect(NodeStamp("579b0d4b-3f02-4039-aeeb-c99886901f59\n1795381755.25\n")?.seconds == 1795381755.25)
        #expect(
            NodeStamp("579b0d4b-3f02-4039-aeeb-c99886901f59\r\n1795381755.25\r\n")?.bootID
                == "579b0d4b-3f02-4039-aeeb-c99886901f59")
        for other in ["", "serv1\n", "corosync running\npacemakerd running\n", "1\n2\n"] {
            #expect(NodeStamp(Bytes(other)) == nil)
        }
    }
}
