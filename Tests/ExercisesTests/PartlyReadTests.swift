import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// A document that breaks off, or of which a reader takes no more, says nothing of what is in the rest.
struct PartlyReadTests {
    private func cut(_ evidence: Evidence, _ probe: String, before mark: String) throws -> Evidence {
        try MachineID.pair.reduce(evidence) { evidence, role in
            let text = try #require(evidence.complete(probe, on: role)?.text)
            let end = try #require(text.firstRange(of: mark))
            return evidence.settingOutput(String(text[..<end.lowerBound]), of: probe, on: role)
        }
    }

    private func convicted(_ evidence: Evidence) throws -> [String] {
        try RecordedEvidence.judged(evidence).filter { $0.value.verdict == .notMet }.map(\.key.rawValue)
    }

    @Test(arguments: [
        "<crm_config", "<resources", "<primitive", "</resources", "<rsc_location", "</configuration",
    ])
    func aCIBThatBreaksOffConvictsNobody(mark: String) throws {
        let evidence = try RecordedEvidence.evidence("solved").without(ClusterProbe.crmShow)
            .without(ClusterProbe.cibFile)
        #expect(try convicted(cut(evidence, ClusterProbe.cib, before: mark)) == [])
    }

    @Test(arguments: ["<resources", "<resource ", "</resources", "</nodes"])
    func aStatusThatBreaksOffConvictsNobody(mark: String) throws {
        let evidence = try RecordedEvidence.evidence("solved")
        #expect(try convicted(cut(evidence, ClusterProbe.status, before: mark)) == [])
    }

    /// An address that is in no list that could be read whole may be in the rest.
    @Test func addressesThatBreakOffConvictNobody() throws {
        let evidence = try RecordedEvidence.evidence("solved").without(ClusterProbe.addressText)
        #expect(try convicted(cut(evidence, ClusterProbe.addresses, before: "172.16.1.1")) == [])
        let text = try RecordedEvidence.evidence("solved").without(ClusterProbe.addresses)
        let lines = String(repeating: "\n", count: ParsingLimits.lines)
        let long = MachineID.pair.reduce(text) { evidence, role in
            evidence.settingOutput(
                "1: lo: <UP> mtu 1\n    inet 127.0.0.1/8 scope host lo\n" + lines,
                of: ClusterProbe.addressText, on: role)
        }
        #expect(try convicted(long) == [])
    }

    /// What refers to more than is read is not read either.
    @Test func parametersBehindReferencesThatAreNotFollowedConvictNobody() throws {
        let pairs = (0..<6_000).map { "<nvpair id=\"x\($0)\" name=\"x\($0)\" value=\"\"/>" }.joined()
        let evidence = try RecordedEvidence.evidence("solved").without(ClusterProbe.crmShow)
            .without(ClusterProbe.cibFile)
            .replacing(
                "<resources>",
                with: """
                    <resources><primitive id="x" class="ocf" type="Dummy"><instance_attributes id="xs">\(pairs)\
                    </instance_attributes></primitive><primitive id="y" class="ocf" type="Dummy">\
                    <instance_attributes id-ref="xs"/></primitive>
                    """, in: [ClusterProbe.cib])
        #expect(try convicted(evidence) == [])
    }
}
