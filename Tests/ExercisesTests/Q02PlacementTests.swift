import GraderCore
import Pacemaker
import Testing

@testable import Exercises

struct Q02PlacementTests {
    @Test func oneNodeAndTheWireAgree() throws {
        let judged = try RecordedEvidence.judged(RecordedEvidence.evidence("after-q2"))
        #expect(judged["Q2.one-node"]?.verdict == .met)
        #expect(judged["Q2.agreement"]?.verdict == .met)
        #expect(judged["Q2.agreement"]?.found.en.contains("on the wire") == true)
    }

    @Test func withoutTheAddressItWaits() throws {
        for check in ["Q2.one-node", "Q2.agreement"] as [CheckID] {
            #expect(try RecordedEvidence.verdict(check, in: "fresh") == .blocked(by: "Q1.primitive"))
        }
    }

    @Test func aClonedAddressIsOnTwoNodes() throws {
        #expect(try RecordedEvidence.verdict("Q2.one-node", in: "group-cloned") == .notMet)
        #expect(
            try RecordedEvidence.verdict("Q2.agreement", in: "group-cloned") == .blocked(by: "Q2.one-node"))
    }

    @Test func anAddressThatIsOnTheOtherNodeTooDoesNotAgree() throws {
        #expect(try RecordedEvidence.verdict("Q2.one-node", in: "vip-on-both") == .met)
        #expect(try RecordedEvidence.verdict("Q2.agreement", in: "vip-on-both") == .notMet)
    }

    @Test func aFaultOfTheFoundationsIsWhatItWaitsFor() throws {
        #expect(
            try RecordedEvidence.verdict("Q2.one-node", in: "fencing-left-on") == .blocked(by: "H0.fencing"))
        #expect(try RecordedEvidence.verdict("Q2.one-node", in: "quorum-lost") == .blocked(by: "H0.quorum"))
    }

    @Test func withoutTheClustersViewNothingIsSaid() throws {
        let evidence = try RecordedEvidence.evidence("solved").without(ClusterProbe.status)
        for check in ["Q2.one-node", "Q2.agreement"] as [CheckID] {
            #expect(try RecordedEvidence.verdict(check, in: evidence) == .notAssessed(.noEvidence))
        }
    }

    /// What nobody could look at on the wire is not held to agree.
    @Test func withoutTheLookAtTheWireItIsOpen() throws {
        var evidence = try RecordedEvidence.evidence("solved").without("vip-neighbour")
        evidence.observations.removeAll { $0.id == .network("neighbours") }
        #expect(try RecordedEvidence.verdict("Q2.agreement", in: evidence) == .notAssessed(.noEvidence))
    }
}
