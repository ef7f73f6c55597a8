import GraderCore
import Pacemaker
import Testing

@testable import Exercises

struct Q10TestsTests {
    private func result(_ evidence: Evidence) throws -> CheckResult {
        try #require(try RecordedEvidence.judged(evidence)["Q10.performed"])
    }

    @Test func bothTestsInTheHistoryAreMet() throws {
        #expect(try result(RecordedEvidence.evidence("tested")).verdict == .met)
    }

    @Test func withoutTheWebServerItWaits() throws {
        #expect(try result(RecordedEvidence.evidence("after-q6")).verdict == .blocked(by: "Q7.primitive"))
    }

    /// A history that shows nothing proves nothing.
    @Test func whatHistoryDoesNotShowWaitsForADrill() throws {
        let solved = try result(RecordedEvidence.evidence("solved"))
        #expect(solved.verdict == .notRequested(.drill))
        let erased = try RecordedEvidence.evidence("tested")
            .settingOutput("", of: ClusterProbe.history, on: .serv1)
            .settingOutput("", of: ClusterProbe.history, on: .serv2)
        #expect(try result(erased).verdict == .notRequested(.drill))
        #expect(try result(erased).found.en.contains("only a failover drill, or the teacher"))
    }

    @Test func aHistoryThatWasNotReadIsOpen() throws {
        let unread = try result(try RecordedEvidence.evidence("tested").without(ClusterProbe.history))
        #expect(unread.verdict == .notAssessed(.noEvidence))
        #expect(unread.sources == MachineID.pair.map { ProbeID($0, ClusterProbe.history) })
    }
}
