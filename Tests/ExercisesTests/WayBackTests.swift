import GraderCore
import Testing

@testable import Exercises

/// What a report says of where everything ended: a drill recorded on a pair whose group stays where it is brought
/// (`variations/stays-after-failover.sh`), and the same with one thing changed.
struct WayBackTests {
    private func told(_ change: (inout DrillEvidence) -> Void = { _ in }) throws -> LocalizedText? {
        var evidence = try DrillAccountTests.evidence("bookworm-stays")
        change(&evidence)
        return DrillAccount(evidence, ClusterDrill.standby).wayBack
    }

    /// As it looked before the node took the group back.
    private static func stay(_ evidence: inout DrillEvidence) {
        for index in evidence.observations.indices
        where evidence.observations[index].id.rawValue.hasPrefix("after/") {
            guard case .command(var result) = evidence.observations[index].outcome else { continue }
            let moved = result.standardOutput.text.replacing(
                "<node name=\"serv2\" id=\"2\" cached=\"true\"/>",
                with: "<node name=\"serv1\" id=\"1\" cached=\"true\"/>")
            result.standardOutput = Bytes(moved)
            evidence.observations[index].outcome = .command(result)
        }
    }

    @Test func whatWasPutBackIsSaidWithItsReason() throws {
        let said = try #require(try told())
        #expect(said.en.contains("servweb, which the drill made leave serv2") && said.en.contains("put back"))
        #expect(said.fr.contains("resource-stickiness 200"), "the sum of the members'")
        #expect(try told { $0.receipts = [:] } == nil, "everything is where it was, by itself")
    }

    @Test func whatIsElsewhereIsSaid() throws {
        let reason = "1795729986 grader: left servweb on serv1, its home is serv2: "
        let left = try #require(
            try told {
                Self.stay(&$0)
                $0.receipts = [.serv2: [reason + "the cluster took it away again"]]
            })
        #expect(
            left.en == "servweb was on serv2 and stays on serv1 (the configuration itself brings it there).")
        // A word that is not the undo's is not read; what is seen is said all the same.
        let unread = try #require(
            try told {
                Self.stay(&$0)
                $0.receipts = [
                    .serv2: [reason + "<script>", "nonsense", "1 x: moved servweb from a back to b c"]
                ]
            })
        #expect(unread.en == "servweb was on serv2 and stays on serv1 (resource-stickiness 200).")
    }

    /// Nothing is said without having been seen.
    @Test func whatWasNotSeenIsNotSaid() throws {
        #expect(try told { $0.observations.removeAll { $0.id.rawValue.hasPrefix("after/") } } == nil)
        #expect(try told { $0.observations.removeAll { $0.id.rawValue.hasPrefix("before/") } } == nil)
        #expect(try told { $0.marks = [] } == nil, "nothing was perturbed")
        #expect(try told { $0.plan = nil } == nil)
    }
}
