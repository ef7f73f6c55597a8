import GraderCore
import Testing

@testable import Exercises

struct Q08OnePortTests {
    private func verdict(_ evidence: Evidence) throws -> Verdict? {
        try RecordedEvidence.judged(evidence)[CheckID("Q8.ports")]?.verdict
    }

    private func solved() throws -> Evidence { try RecordedEvidence.evidence("solved") }

    @Test func openOnTheActiveNodeAndClosedOnTheOther() throws {
        #expect(try verdict(try solved()) == .met)
        #expect(try verdict(try RecordedEvidence.evidence("after-q7")) == .met)
    }

    @Test func anOpenPortOnThePassiveNodeIsLost() throws {
        let active = try #require(try solved().complete("listening-sockets", on: .serv1)?.text)
        let running = try solved().settingOutput(active, of: "listening-sockets", on: .serv2)
        #expect(try verdict(running.settingPort(.serv2, .open)) == .notMet)
        let unread = try solved().without("listening-sockets")
        #expect(try verdict(unread.settingPort(.serv2, .open)) == .notMet)
    }

    /// A proxy on the way that takes every connection answers for both.
    @Test func whoAnswersWhereNothingListensConvictsNobody() throws {
        #expect(try verdict(try solved().settingPort(.serv2, .open)) == .notAssessed(.contradiction))
    }

    /// A firewall is no closed port: the server behind it runs.
    @Test func aServerBehindAFirewallRuns() throws {
        let active = try #require(try solved().complete("listening-sockets", on: .serv1)?.text)
        let running = try solved().settingOutput(active, of: "listening-sockets", on: .serv2)
        #expect(try verdict(running.settingPort(.serv2, .filtered)) == .notMet)
        #expect(try verdict(running) == .notMet)
    }

    @Test func silenceAloneIsNotClosed() throws {
        let silent = try solved().settingPort(.serv2, .filtered)
        // Nothing listens there: closed, whatever the firewall does.
        #expect(try verdict(silent) == .met)
        #expect(try verdict(silent.without("listening-sockets")) == .notAssessed(.noEvidence))
        #expect(
            try verdict(try solved().settingPort(.serv2, .hostUnreachable)) == .notAssessed(.noEvidence))
    }

    /// Bound to the virtual IP alone: the node's own address refuses, the site answers.
    @Test func aServerOnTheVirtualIPAloneIsOpen() throws {
        #expect(try verdict(try solved().settingPort(.serv1, .closed)) == .met)
    }

    @Test func withoutTheResourceItWaits() throws {
        #expect(
            try verdict(try RecordedEvidence.evidence("after-q6")) == .blocked(by: CheckID("Q7.primitive")))
    }
}
