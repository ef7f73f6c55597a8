import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// The cluster's names for the nodes: not always the host names (corosync.conf(5), `nodelist.node.name`), and compared
/// by Pacemaker without regard to case.
struct NodeNameTests {
    private static let clusterTools = [
        ClusterProbe.cib, ClusterProbe.status, ClusterProbe.crmShow, ClusterProbe.nodeName,
        ClusterProbe.history,
    ]

    /// The same pair with `nodelist { name: node1 }` and hosts that are called `serv1` as before.
    private func renamed(_ state: String) throws -> Evidence {
        try RecordedEvidence.evidence(state)
            .replacing("serv1", with: "node1", in: Self.clusterTools)
            .replacing("serv2", with: "node2", in: Self.clusterTools)
    }

    /// `crm_node -n` did not end well.
    private func withoutNodeName(_ evidence: Evidence, on roles: [MachineID]) -> Evidence {
        var result = evidence
        for index in result.observations.indices
        where roles.contains(where: { result.observations[index].id == ProbeID($0, ClusterProbe.nodeName) }) {
            guard case .command(var output) = result.observations[index].outcome else {
                continue
            }
            output.ending = .timedOut
            output.standardOutput = ""
            result.observations[index].outcome = .command(output)
        }
        return result
    }

    private func verdicts(_ evidence: Evidence) throws -> [CheckID: Verdict] {
        try RecordedEvidence.judged(evidence).mapValues(\.verdict)
    }

    private func expectSame(_ one: Evidence, _ other: Evidence) throws {
        let (before, after) = (try verdicts(one), try verdicts(other))
        for (id, verdict) in before where after[id] != verdict {
            Issue.record("\(id): \(verdict), renamed \(String(describing: after[id]))")
        }
    }

    /// In these `crm_node` answers on neither node, on one, on both.
    @Test(arguments: [
        "solved", "primary-cluster-stopped", "secondary-cluster-stopped", "bullseye/primary-cluster-stopped",
    ])
    func aHostNameIsNoNodeName(state: String) throws {
        try expectSame(RecordedEvidence.evidence(state), renamed(state))
    }

    @Test(arguments: MachineID.pair)
    func oneNameLeftIsTheOtherNodes(role: MachineID) throws {
        let silent = withoutNodeName(try renamed("solved"), on: [role])
        #expect(Findings(silent).names == [.serv1: "node1", .serv2: "node2"])
        try expectSame(RecordedEvidence.evidence("solved"), silent)
    }

    @Test func aHostNameThatTheClusterKnowsIsOne() throws {
        let solved = try RecordedEvidence.evidence("solved")
        let silent = withoutNodeName(solved, on: MachineID.pair)
            .replacing("serv1", with: "SERV1", in: [ClusterProbe.hostName])
        #expect(Findings(silent).names == [.serv1: "serv1", .serv2: "serv2"])
        try expectSame(solved, silent)
    }

    /// Which of the two is the primary cannot be told: nothing is decided by it.
    @Test func anUnknownNameDecidesNothing() throws {
        let silent = withoutNodeName(try renamed("solved"), on: MachineID.pair)
        let judged = try RecordedEvidence.judged(silent)
        #expect(Findings(silent).names.isEmpty && Findings(silent).disagreements.isEmpty)
        let against = judged.values.filter(\.verdict.isDecidedAgainst)
        #expect(against.map { "\($0.id): \($0.found.en)" }.sorted() == [])
        for id in ["Q1.running", "Q3.preference", "Q3.on-primary"] {
            #expect(judged[CheckID(id)]?.verdict == .notAssessed(.noEvidence), "\(id)")
        }
    }

    @Test func namesAreComparedWithoutCase() throws {
        let solved = try RecordedEvidence.evidence("solved").without(ClusterProbe.crmShow)
        let preferred = #"role="Started" node="serv1" score="INFINITY"/>"#
        let shouted = solved.replacing(
            preferred, with: preferred.replacing("serv1", with: "SERV1"), in: [ClusterProbe.cib])
        #expect(shouted != solved)
        try expectSame(solved, shouted)
        let banned = solved.replacing(
            "</constraints>",
            with: "<rsc_location id=\"b\" rsc=\"servweb\" node=\"SERV2\" score=\"-INFINITY\"/></constraints>",
            in: [ClusterProbe.cib])
        #expect(try verdicts(banned)[CheckID("Q3.no-ban")] == .notMet)
    }

    /// What keeps the address off a node is in the CIB, whether that node could be reached or not.
    @Test func aBanOfANodeThatWasNotReachedIsSeen() throws {
        var banned = try RecordedEvidence.evidence("ban-of-secondary")
        #expect(try verdicts(banned)[CheckID("Q3.no-ban")] == .notMet)
        banned.observations.removeAll { $0.id.rawValue.hasPrefix("serv2/") }
        banned.unreachable = try RecordedEvidence.evidence("secondary-off").unreachable
        #expect(try verdicts(banned)[CheckID("Q3.no-ban")] == .notMet)
        // A third name that nobody answers to: it may be the ban's, or may not.
        let ghost = banned.replacing(
            "</nodes>", with: "<node id=\"3\" uname=\"node1\"/></nodes>", in: [ClusterProbe.cib])
        #expect(Findings(ghost).names[.serv2] == nil)
    }
}
