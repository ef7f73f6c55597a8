import Foundation
import GraderCore
import LinuxFacts
import Testing

@testable import Exercises
@testable import Pacemaker

/// What one stage's findings take over from another's, and what they do not.
@Suite struct FindingsTests {
    private func evidence(_ outputs: [String: String]) -> Evidence {
        let date = Date(timeIntervalSince1970: 1_790_000_000)
        return Evidence(
            student: "etu1", exercise: "activite-2",
            lab: LabValues(
                addresses: [.serv1: "172.16.1.10", .serv2: "172.16.1.11"],
                values: ["vip": .string("172.16.1.12"), "vipPrefixLength": .integer(24)]),
            startedAt: date, finishedAt: date, collector: "test", nonce: "0", unreachable: [:],
            instability: nil,
            observations: outputs.map { name, output in
                Observation(
                    id: ProbeID(.serv1, name), vantage: .node(.serv1), startedAt: date, duration: .zero,
                    outcome: .command(
                        CommandResult(
                            answering: [name], ending: .exited(0), standardOutput: Bytes(output),
                            standardError: "",
                            duration: .zero)))
            })
    }

    private func settledCIB() throws -> String {
        let solved = try RecordedEvidence.evidence("solved")
        return try #require(solved.complete(ClusterProbe.cib, on: .serv1)).text
    }

    @Test func aCIBThatMovedBetweenTheStagesIsSeenToHaveMoved() throws {
        let before = try settledCIB()
        let after = try before.replacing(Regex("num_updates=\"[0-9]+\""), with: "num_updates=\"999\"")
        #expect(after != before)
        let opening = Findings(evidence([ClusterProbe.cib: before]))
        #expect(opening.cibs[.serv1]?.version != nil)
        let moved = Findings(evidence([ClusterProbe.cib: after]), after: opening)
        #expect(TornRead.between(opening, moved, attempt: 1)?.kind == .configurationChanging)
        let same = Findings(evidence([ClusterProbe.cib: before]), after: opening)
        #expect(same.cibs[.serv1] == opening.cibs[.serv1])
        #expect(TornRead.between(opening, same, attempt: 1) == nil)
        #expect(Findings(evidence([:]), after: opening).cibs.isEmpty)
    }

    /// Pacemaker takes `dc-uuid` off a CIB that it reads from disk: recorded on nodes whose services had been started two
    /// seconds before.
    @Test func aClusterWithoutACoordinatorIsStillForming() throws {
        let settled = try settledCIB()
        let alone = try settled.replacing(Regex(" dc-uuid=\"[^\"]*\""), with: "")
        #expect(alone != settled)
        let findings = Findings(evidence([ClusterProbe.cib: alone]))
        let instability = try #require(TornRead.between(findings, findings, attempt: 2))
        #expect(instability.kind == .forming && instability.kind.isPassing && instability.attempts == 2)
        #expect(instability.detail == "serv1: Current DC: NONE")
    }

    @Test func aNodeThatIsJoiningIsNotYetPartOfTheCluster() throws {
        let settled = try settledCIB()
        let joining = settled.replacing("join=\"member\"", with: "join=\"pending\"", maxReplacements: 1)
        #expect(joining != settled)
        let findings = Findings(evidence([ClusterProbe.cib: joining]))
        let instability = try #require(TornRead.between(findings, findings, attempt: 1))
        #expect(instability.kind == .forming && instability.detail.hasSuffix(": pending"))
        // Gone altogether it is a fault of its own.
        let gone = try joining.replacing(Regex("crmd=\"[^\"]*\""), with: "crmd=\"offline\"")
        #expect(gone != joining)
        let without = Findings(evidence([ClusterProbe.cib: gone]))
        #expect(TornRead.between(without, without, attempt: 1) == nil)
    }

    /// Two lines of which the first ends in CR LF: the drill began with the second.
    @Test func aDrillBeginsWhereItsOwnLineSays() {
        let log = [
            "Nov 22 18:00:04 serv1 pacemaker-schedulerd[9] (x) notice: Calculated transition 1\r",
            "Nov 22 18:13:18 serv1 bascule[71]: drill 3f begins: standby",
            "Nov 22 18:13:20 serv1 pacemaker-schedulerd[9] (x) notice: Calculated transition 2",
        ].joined(separator: "\n")
        let history = Findings(evidence([ClusterProbe.history: log])).histories.first?.history
        #expect(history?.transitions.map(\.time) == ["Nov 22 18:00:04"])
    }

    @Test func drillsThatLieOverOneAnotherAreOne() {
        let lines = (0..<2_000).map { "Jan  1 00:00:0\($0 % 10) s b[1]: drill \($0) ends" }
        let brackets = DrillBrackets(lines.map { $0[...] })
        #expect(brackets.count == 1)
        #expect(brackets.contains("Jan  1 00:00:05"))
        #expect(!brackets.contains("Jan  1 01:00:05"))
    }

    @Test(arguments: [
        ("ba", "a", true), ("a", "a", true), ("aab", "ab", true), ("a", "", true), ("", "a", false),
        ("zzz @value=o", "@value=on", false), ("a'\u{301}", "'", true),
    ])
    func wordsAreFoundByByte(text: String, word: String, isThere: Bool) {
        #expect(text.holds(word) == isThere)
        #expect("x\(text)x".dropFirst().dropLast().holds(word) == isThere)
    }

    /// Both nodes say what the node said whose cluster was stopped: nothing could be read, and that is why.
    @Test func aClusterThatIsStoppedOnBothNodesIsSaidToBe() throws {
        let stopped = try RecordedEvidence.evidence("primary-cluster-stopped")
        var both = stopped
        let ofTheCluster = [
            ClusterProbe.cib, ClusterProbe.status, ClusterProbe.crmShow, ClusterProbe.daemons,
        ]
        for (index, observation) in both.observations.enumerated() {
            guard ofTheCluster.contains(observation.id.name), observation.id.rawValue.hasPrefix("serv2/"),
                let said = stopped[ProbeID(.serv1, observation.id.name)]
            else { continue }
            both.observations[index].outcome = said.outcome
        }
        let judged = try RecordedEvidence.judged(both)
        for id: CheckID in [
            "Q1.primitive", "Q1.monitor-interval", "Q7.primitive", "H0.quorum", "H0.nodes-online",
        ] {
            let result = try #require(judged[id])
            #expect(result.verdict == .notAssessed(.noEvidence))
            #expect(
                result.found.fr.hasPrefix("Pacemaker est arrêté sur serv1 et serv2"),
                "\(id): \(result.found.fr)")
        }
        // Where one node's is not known, it is a reading that failed.
        let unknown = try RecordedEvidence.judged(both.without(ClusterProbe.daemons))
        #expect(unknown["Q1.primitive"]?.found.fr.contains("n’a pu être lue") == true)
    }
}
