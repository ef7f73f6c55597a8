import ClassRun
import GraderCore
import Testing

@testable import Exercises

/// Faults that a failover alone shows, recorded with the drill that shows them (`grade-all --drills` on a pair with the
/// fault of the recording's name).
@Suite struct FailoverFaultTests {
    private func verdict(_ recording: String, _ check: String) throws -> Verdict? {
        let evidence = try RecordedEvidence.evidence("drilled/\(recording)")
        let result = try Grader(
            exercise: Activite2(), rubric: try RecordedEvidence.rubric.get(), version: "test"
        )
        .grade(
            evidence, className: "test", student: StudentIdentity(id: evidence.student, names: []),
            evidenceSHA256: "")
        return result.questions.flatMap(\.checks).first { $0.result.id == CheckID(check) }?.result.verdict
    }

    /// A web server that cannot start on the other node costs the last question's points and not those of the
    /// address, which moved.
    @Test(arguments: ["directive-left-secondary", "site-missing-on-secondary"])
    func theAddressMovedAllTheSame(recording: String) throws {
        #expect(try verdict(recording, "Q6.standby") == .met)
        #expect(try verdict(recording, "Q10.performed") == .notMet)
    }

    /// Nobody looks after the web server: it stays where it is, broken.
    @Test func withoutAMonitorNothingMoves() throws {
        #expect(try verdict("web-monitor-missing", "Q10.performed") == .notMet)
    }

    /// What only the undo has started is no recovery of the cluster's. Without a monitor it makes no difference that the
    /// configuration was broken too, in what was recorded.
    @Test func whatTheUndoStartedHasNotRecovered() throws {
        var evidence = try RecordedEvidence.evidence("drilled/web-monitor-missing")
        let index = try #require(evidence.drills?.firstIndex { $0.kind == .serviceBroken })
        evidence.drills?[index].kind = .serviceStop
        func stopped() -> Judgement {
            DrillJudgement(.serviceStop, in: Findings(evidence)).survived(.service, within: nil)
        }
        #expect(stopped().verdict == .notMet)
        #expect(stopped().found.en.contains("did not answer again within 60 s"))
        // Had it been served again before the undo began.
        let mark = try #require(evidence.drills?[index].marks.firstIndex { $0.kind == .restoring })
        evidence.drills?[index].marks[mark].at = .seconds(72)
        #expect(stopped().verdict == .met)
        // What is missed in the last moments of the watching is no failover that never came.
        let drill = try #require(evidence.drills?[index])
        let start = try #require(DrillMeasure(drill)?.failover.first).start.latest
        let watched = try #require(drill.marks.firstIndex { $0.kind == .watched })
        evidence.drills?[index].marks[watched].at = start + .seconds(1)
        evidence.drills?[index].marks[mark].at = start + .seconds(2)
        #expect(stopped().verdict == .met)
    }
}
