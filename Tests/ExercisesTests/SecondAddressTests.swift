import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// Names that lead to more addresses than one, each of which may be right.
struct SecondAddressTests {
    private func verdict(_ evidence: Evidence, _ check: CheckID = "Q5.names") throws -> Verdict? {
        try RecordedEvidence.verdict(check, in: evidence)
    }

    /// Addresses that the cluster moves together lead to the same place.
    @Test func aSecondVirtualIPThatMovesWithTheFirstIsAsRight() throws {
        let solved = try RecordedEvidence.evidence("solved")
            .answering("www.etu1.lab", .aaaa, ["fd00:1::12"])
        let beside = solved.addingVirtualIP("fd00:1::12")
        #expect(try verdict(beside) == .met)
        #expect(try verdict(beside, "Q5.site-by-name") == .met)
        let found = try #require(try RecordedEvidence.judged(beside)["Q5.names"]?.found.en)
        #expect(found.contains("fd00:1::12 (a virtual IP that moves with the first)"), "\(found)")
        // By itself it may be on the other node.
        let apart = solved.addingVirtualIP("fd00:1::12", inGroup: false)
        #expect(try verdict(apart) == .partly(0.5))
        #expect(try verdict(apart, "Q5.site-by-name") == .blocked(by: "Q5.names"))
    }

    /// The cluster would have it beside the first, and it is on no interface: whoever is sent there finds nothing.
    @Test func aSecondVirtualIPThatIsStoppedIsNowhere() throws {
        let stopped = try RecordedEvidence.evidence("solved")
            .answering("www.etu1.lab", .aaaa, ["fd00:1::12"])
            .addingVirtualIP("fd00:1::12", isUp: false)
        #expect(try verdict(stopped) == .partly(0.5))
        #expect(try verdict(stopped, "Q5.site-by-name") == .blocked(by: "Q5.names"))
        // What is not known to be missing is where the configuration has it.
        let unread = stopped.without(ClusterProbe.addresses).without(ClusterProbe.addressText)
        #expect(try verdict(unread) == .met)
    }

    /// Beside the roster's address, any that its machine has by itself.
    @Test func aNodesOwnNameMayKeepAllOfItsOwnAddresses() throws {
        var solved = try RecordedEvidence.evidence("solved")
        solved.lab.names = ["www.etu1.lab", "serv1.etu1.lab"]
        func own(_ address: String) -> Evidence {
            solved.answering("serv1.etu1.lab", at: 1, .a, ["172.16.1.10"])
                .answering("serv1.etu1.lab", at: 1, .aaaa, [address])
        }
        #expect(try verdict(own("fd00:1::10").addingAddressToServ1("fd00:1::10")) == .met)
        #expect(try verdict(own("fd00:1::10")) == .partly(0.75))
        // Where what it has was not read, that is open, but of what is another's.
        let unread = own("fd00:1::10").without(ClusterProbe.addresses).without(ClusterProbe.addressText)
        #expect(try verdict(unread) == .notAssessed(.noEvidence))
        let others = unread.answering("serv1.etu1.lab", at: 1, .a, ["172.16.1.10", "172.16.1.11"])
        #expect(try verdict(others) == .partly(0.75))
        let peers = unread.answering("serv1.etu1.lab", at: 1, .a, ["172.16.1.11"])
        #expect(try verdict(peers) == .notAssessed(.noEvidence))
        #expect(try verdict(peers.answering("serv1.etu1.lab", at: 1, .aaaa, [])) == .partly(0.5))
        let beside = unread.addingVirtualIP("fd00:1::10", inGroup: false, isUp: false)
        #expect(try verdict(beside) == .partly(0.75))
        // Where only its link leads, and what the cluster may take away, is not its own.
        #expect(try verdict(own("fe80::ba:5cff:fe00:110")) == .partly(0.75))
        #expect(
            try verdict(own("fd00:1::12").addingVirtualIP("fd00:1::12", inGroup: false)) == .partly(0.75))
    }
}
