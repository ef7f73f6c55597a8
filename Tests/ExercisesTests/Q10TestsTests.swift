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

    /// The web server was started a few seconds before it failed, failed again where it was, and went to the other node: the
    /// other's log decides, and this one's has when.
    @Test func aStartBeforeTheFailureMendsNothing() throws {
        let evidence = try RecordedEvidence.evidence("bullseye/broken-on-primary")
        func found(_ evidence: Evidence) throws -> String { try result(evidence).found.en }
        #expect(try found(evidence).hasPrefix("serviceWeb failed on serv1, serviceWeb starts on serv2 ("))
        let outcome = "on serv2: ok | rc=0 call=37 key=serviceWeb_start_0"
        let failed = evidence.replacing(
            outcome, with: outcome.replacing("ok | rc=0", with: "error | rc=1"), in: [ClusterProbe.history])
        #expect(failed != evidence)
        #expect(try !found(failed).contains("failed on"))
        // Had it started once that was decided, it would have been mended there, whatever came next.
        let mended =
            evidence
            .replacing("21:23:55 serv1 ", with: "21:23:58 serv1 ", in: [ClusterProbe.history])
            .replacing("21:23:50 serv1 ", with: "21:23:55 serv1 ", in: [ClusterProbe.history])
        #expect(try found(mended).hasPrefix("serviceWeb failed on serv1, restarted in place ("))
    }

    /// The other node's clock is behind, and what failed there minutes later is another event.
    @Test func aStartByAClockThatIsBehindIsTheOneDecided() throws {
        let evidence = try RecordedEvidence.evidence("standby-forgotten")
        let log = try #require(evidence.complete(ClusterProbe.history, on: .serv2)).text
        let start = try #require(
            log.split(separator: "\n").last { $0.contains("start operation for serviceWeb on serv2: ok |") })
        #expect(start.hasPrefix("Nov 22 18:43:02"))
        let early = log.replacing(start, with: "Nov 22 18:43:00" + String(start.dropFirst(15)))
        func isProved(failedAt time: String) -> Bool {
            // As `tested` has it.
            let failed = time + String(start.dropFirst(15)).replacing(": ok |", with: ": error |")
            let findings = Findings(
                evidence.settingOutput(early + "\n" + failed + "\n", of: ClusterProbe.history, on: .serv2))
            return HistoryLog.proof(findings) { $0.standbyFailover(of: "serviceWeb", others: $1) } != nil
        }
        #expect(isProved(failedAt: "Nov 22 18:45:02"))
        #expect(!isProved(failedAt: "Nov 22 18:43:04"))
    }
}
