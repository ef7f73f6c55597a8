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
