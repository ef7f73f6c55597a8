import GraderCore
import Testing

@testable import Exercises
@testable import Pacemaker

/// A pair whose tools print as much as is read at most: it costs nothing but what is not known then.
@Suite(.timeLimit(.minutes(1))) struct EndlessViewTests {
    private static func times(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined()
    }

    private static func resources(_ count: Int, named name: String) -> String {
        times(count) {
            """
            <resource id="\(name)\($0)" resource_agent="lsb:x" role="Started" active="true" orphaned="true">\
            <node name="serv1"/></resource>
            """
        }
    }

    @Test(arguments: [
        ("</nodes>", times(19_000) { "<node name=\"n\($0)\" type=\"member\" online=\"false\"/>" }),
        ("</resources>", resources(9_900, named: "r")),
        ("</resources>", times(19_900) { "<resource id=\"IPFailover\" pending=\"\($0)\"/>" }),
        (
            "</resources>",
            "<resource id=\"IPFailover\" active=\"true\">" + times(19_000) { "<node name=\"n\($0)\"/>" }
                + "</resource>"
        ),
    ]) func anEndlessViewConvictsNobody(_ end: String, _ more: String) throws {
        let solved = try RecordedEvidence.evidence("solved")
        let before = try RecordedEvidence.judged(solved)
        let flooded = solved.replacing(end, with: more + end, in: [ClusterProbe.status])
        let findings = Findings(flooded)
        #expect(findings.statuses.isEmpty && findings.names == Findings(solved).names)
        #expect(findings.disagreements.isEmpty)
        let judged = try RecordedEvidence.judged(findings)
        for (id, result) in judged where result.verdict != before[id]?.verdict {
            #expect(!result.verdict.isDecidedAgainst, "\(id): \(result.found.en)")
        }
        for id in ["Q1.running", "Q3.on-primary", "H0.nodes-online"] as [CheckID] {
            #expect(judged[id]?.verdict == .notAssessed(.noEvidence), "\(id)")
        }
    }

    /// Each node sees as many resources as are read, and none of them is the other's.
    @Test func viewsAreHeldAgainstOneAnother() throws {
        var evidence = try RecordedEvidence.evidence("solved")
        for role in MachineID.pair {
            let said = try #require(evidence.complete(ClusterProbe.status, on: role)?.text)
            let more = Self.resources(ParsingLimits.resources - 2, named: role.rawValue)
            evidence = evidence.settingOutput(
                said.replacing("</resources>", with: more + "</resources>"), of: ClusterProbe.status, on: role
            )
        }
        let findings = Findings(evidence)
        #expect(findings.statuses.count == 2)
        #expect(findings.disagreements.map(\.en).filter { $0.contains("“crm_mon”") }.count == 1)
    }

    /// Names of nodes by tens of thousands, each once and as the first source spells it.
    @Test func manyNamesOfNodesAreListedOnce() {
        var (one, other) = (ClusterStatus(), ClusterStatus())
        one.nodes = (0..<20_000).map { .init(name: "n\($0)") }
        other.nodes = (0..<20_000).map { .init(name: "N\($0 + 10_000)") }
        let listed = Findings.listedNodes([], [one, other])
        #expect(listed.count == 30_000 && listed[15_000] == "n15000" && listed.last == "N29999")
    }

    /// Hundreds of web servers in a chain from the address, beside thousands of members of groups.
    @Test func theWebServerIsFoundAmongHundreds() throws {
        let solved = try RecordedEvidence.evidence("solved")
        let servers = Self.times(400) { "<primitive id=\"w\($0)\" class=\"lsb\" type=\"apache2\"/>" }
        let groups = Self.times(18) { group in
            "<group id=\"g\(group)\">"
                + Self.times(800) { "<primitive id=\"m\(group)x\($0)\" class=\"lsb\" type=\"x\"/>" }
                + "</group>"
        }
        let links = Self.times(400) {
            """
            <rsc_colocation id="c\($0)" rsc="w\($0)" with-rsc="\($0 == 0 ? "IPFailover" : "w\($0 - 1)")" \
            score="INFINITY"/>
            """
        }
        let cibs = [ClusterProbe.cib, ClusterProbe.cibFile]
        let flooded = solved.replacing("</resources>", with: servers + groups + "</resources>", in: cibs)
            .replacing("</constraints>", with: links + "</constraints>", in: cibs)
        let findings = Findings(flooded)
        #expect(findings.webResource.found == Findings(solved).webResource.found)
        #expect(findings.webResources.contains { $0.id == "w399" })
    }
}
