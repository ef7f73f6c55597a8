import Exercises
import GraderCore
import Testing

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
        #expect(try verdict(try solved().settingPort(.secondary, .open)) == .notMet)
    }

    /// A firewall is no closed port: the server behind it runs.
    @Test func aServerBehindAFirewallRuns() throws {
        let active = try #require(try solved().complete("listening-sockets", on: .primary)?.text)
        let running = try solved().settingOutput(active, of: "listening-sockets", on: .secondary)
        #expect(try verdict(running.settingPort(.secondary, .filtered)) == .notMet)
        #expect(try verdict(running) == .notMet)
    }

    @Test func silenceAloneIsNotClosed() throws {
        let silent = try solved().settingPort(.secondary, .filtered)
        // Nothing listens there: closed, whatever the firewall does.
        #expect(try verdict(silent) == .met)
        #expect(try verdict(silent.without("listening-sockets")) == .notAssessed(.noEvidence))
        #expect(
            try verdict(try solved().settingPort(.secondary, .hostUnreachable)) == .notAssessed(.noEvidence))
    }

    /// Bound to the virtual IP alone: the node's own address refuses, the site answers.
    @Test func aServerOnTheVirtualIPAloneIsOpen() throws {
        #expect(try verdict(try solved().settingPort(.primary, .closed)) == .met)
    }

    @Test func withoutTheResourceItWaits() throws {
        #expect(
            try verdict(try RecordedEvidence.evidence("after-q6")) == .blocked(by: CheckID("Q7.primitive")))
    }
}
