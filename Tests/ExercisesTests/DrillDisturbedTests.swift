import Foundation
import GraderCore
import Testing

@testable import Exercises

/// A drill is judged by what the cluster did. What somebody else did meanwhile, or what nobody saw, is not its failure.
struct DrillDisturbedTests {
    /// A recorded drill with outputs of its stages changed, and what is then said of the whole.
    private func verdict(
        _ recording: String, _ kind: DrillKind, _ scope: DrillJudgement.Scope,
        change: (inout DrillEvidence) throws -> Void = { _ in }
    ) throws -> Verdict {
        var evidence = try RecordedEvidence.evidence("drilled/\(recording)")
        let index = try #require(evidence.drills?.firstIndex { $0.kind == kind })
        var drill = try #require(evidence.drills?[index])
        try change(&drill)
        evidence.drills?[index] = drill
        return DrillJudgement(kind, in: Findings(evidence)).survived(scope, within: nil).verdict
    }

    private func replace(_ old: String, by new: String, in id: String, of drill: inout DrillEvidence) throws {
        let index = try #require(drill.observations.firstIndex { $0.id == ProbeID(id) })
        guard case .command(var result) = drill.observations[index].outcome else {
            Issue.record("\(id) is no command")
            return
        }
        let text = result.standardOutput.text
        #expect(text.contains(old), "\(id) has no \(old)")
        result.standardOutput = Bytes(Array(text.replacing(old, with: new).utf8))
        drill.observations[index].outcome = .command(result)
    }

    @Test func aConfigurationChangedInMidDrillIsNotTheClustersFailure() throws {
        #expect(try verdict("web-monitor-missing", .serviceBroken, .service) == .notMet)
        let changed = try verdict("web-monitor-missing", .serviceBroken, .service) { drill in
            try replace(
                "</constraints>", by: "<rsc_location id=\"ban\"/></constraints>", in: "moved/serv2/cib",
                of: &drill)
        }
        #expect(changed == .notAssessed(.unstable))
        // What Pacemaker counts by itself is nobody's change.
        let counted = try verdict("web-monitor-missing", .serviceBroken, .service) { drill in
            try replace(" num_updates=\"", by: " num_updates=\"9", in: "moved/serv2/cib", of: &drill)
        }
        #expect(counted == .notMet)
    }

    /// Neither node is the drill's to take down.
    @Test(arguments: MachineID.pair)
    func aNodesRestartIsNotTheClustersFailure(_ node: MachineID) throws {
        let restarted = try verdict("web-monitor-missing", .serviceBroken, .service) { drill in
            let boot = try #require(drill.bootID(of: node, stage: .moved))
            try replace(
                boot, by: "00000000-0000-4000-8000-000000000000", in: "moved/\(node.rawValue)/clock",
                of: &drill)
        }
        #expect(restarted == .notAssessed(.unstable))
    }

    /// A switch that is broken for a while makes an outage that nobody can tell from the cluster's.
    @Test func aNodeOutOfReachIsNotTheClustersFailure() throws {
        let unseen = try verdict("web-monitor-missing", .serviceBroken, .service) { drill in
            drill.outOfReach = [.serv2: LocalizedText(verbatim: "no answer")]
        }
        #expect(unseen == .notAssessed(.unstable))
    }

    @Test func aSamplerThatSleptLeavesAHole() {
        func trace(_ seconds: [Double]) -> SampleTrace {
            let samples = seconds.map {
                ServiceSample(sent: .seconds($0), duration: .zero, outcome: .accepted)
            }
            return SampleTrace(connects: samples, connectsPerSecond: 1, requestsPerSecond: 1)
        }
        let whole = trace([0, 1, 2, 3, 4])
        #expect(whole.longestHole(from: .seconds(1), to: .seconds(4)) == .seconds(1))
        #expect(trace([0, 1, 21, 22]).longestHole(from: .seconds(1), to: .seconds(22)) == .seconds(20))
        #expect(whole.longestHole(from: .seconds(2), to: .seconds(30)) == .seconds(26), "until the end")
        #expect(trace([]).longestHole(from: .seconds(2), to: .seconds(1)) == .zero)
        // Attempts that failed on our side have seen nothing.
        var own = whole
        for index in own.connects.indices where own.connects[index].sent > .seconds(1) {
            own.connects[index].outcome = .ownFailure
        }
        #expect(own.longestHole(from: .seconds(1), to: .seconds(4)) == .seconds(3))
    }

    /// Nothing moved; with the drill's standby in place that is the cluster's failure, without it somebody took it off.
    @Test func standbyThatSomebodyTookOffShowsNothing() throws {
        func stayed(_ change: (inout DrillEvidence) throws -> Void) throws -> Verdict {
            try verdict("site-missing-on-secondary", .standby, .address) { drill in
                for role in MachineID.pair {
                    let moved = ProbeID("moved/\(role.rawValue)/crm-mon")
                    let before = ProbeID("before/\(role.rawValue)/crm-mon")
                    let index = try #require(drill.observations.firstIndex { $0.id == moved })
                    drill.observations[index].outcome =
                        try #require(drill.observations.first { $0.id == before }).outcome
                }
                try change(&drill)
            }
        }
        #expect(try stayed { _ in } == .notMet)
        let takenOff = try stayed { drill in
            try replace(
                "name=\"standby\" value=\"on\"", by: "name=\"standby\" value=\"off\"", in: "moved/serv2/cib",
                of: &drill)
        }
        #expect(takenOff == .notAssessed(.unstable))
    }

    @Test func addressesThatWereNotReadAreOnNoNode() throws {
        #expect(try verdict("site-missing-on-secondary", .standby, .address) == .met)
        let unread = try verdict("site-missing-on-secondary", .standby, .address) { drill in
            drill.observations.removeAll { $0.id.rawValue.hasPrefix("moved/serv2/ip-addr") }
        }
        #expect(unread == .notAssessed(.noEvidence))
    }

    /// The date of the last change is one node's, in its own time zone: on the other it may be hours ahead, or its clock
    /// behind. That is nobody at work; a change of a moment ago is, whichever node's clock tells it.
    @Test func theLastChangeIsHeldAgainstTheClockThatWroteIt() throws {
        func age(_ ages: [MachineID: Int]) throws -> String? {
            var evidence = try RecordedEvidence.evidence("solved")
            let ids = ages.keys.map { ProbeID($0, DrillProbe.facts) }
            evidence.observations.removeAll { ids.contains($0.id) }
            for (role, age) in ages {
                let facts = CommandResult(
                    answering: [], ending: .exited(0),
                    standardOutput: Bytes("now=1795408872\nwritten=\(1_795_408_872 - age)\n"),
                    standardError: "", duration: .zero)
                evidence.observations.append(
                    Observation(
                        id: ProbeID(role, DrillProbe.facts), vantage: .node(role),
                        startedAt: evidence.startedAt, duration: .zero, outcome: .command(facts)))
            }
            return ClusterDrill.standby.inUse(evidence, quietTime: .seconds(180), ownVersion: nil)?
                .sentence.en
        }
        #expect(try age([.serv1: 400, .serv2: 400]) == nil)
        #expect(try age([.serv1: 400 - 18_000, .serv2: 400]) == nil)
        #expect(try age([.serv1: 20 - 18_000, .serv2: 20])?.contains("20 s ago") == true)
        #expect(try age([.serv1: 170, .serv2: 170 + 18_000])?.contains("170 s ago") == true)
        // By neither: then it is not known to be over.
        #expect(try age([.serv1: -5, .serv2: -18_000])?.contains("0 s ago") == true)
    }
}
