import ClassRun
import GraderCore
import Pacemaker
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

    /// A service that was stopped, in a cluster that moved everything: recorded of the standby, the only drill that did.
    private func moved(
        threshold: Int, within limit: Duration? = nil, wantsPage: Bool = false,
        leavingOut isUnseen: (String) -> Bool = { _ in false }
    ) throws -> Judgement {
        var evidence = try RecordedEvidence.evidence("drilled/site-missing-on-secondary")
        let index = try #require(evidence.drills?.firstIndex { $0.kind == .standby })
        var looks = evidence
        looks.observations = try #require(evidence.drills?[index]).observations
        looks.observations.removeAll { isUnseen($0.id.rawValue) }
        for (before, after) in [
            ("name=\"migration-threshold\" value=\"", "\""), ("migration-threshold=", "\n"),
        ] {
            looks = looks.replacing(
                "\(before)5\(after)", with: "\(before)\(threshold)\(after)",
                in: [ClusterProbe.cib, ClusterProbe.cibFile, ClusterProbe.crmShow])
        }
        evidence.drills?[index].observations = looks.observations
        evidence.drills?[index].kind = .serviceStop
        return DrillJudgement(.serviceStop, in: Findings(evidence)).survived(
            .service, within: limit, wantsPage: wantsPage)
    }

    /// Where the first failure is one too many, moving is what the cluster was told; a wrong threshold costs Q9's points.
    @Test func aServiceMovesAsItsThresholdSays() throws {
        let atOnce = try moved(threshold: 1)
        #expect(atOnce.verdict == .met)
        #expect(atOnce.found.en.hasPrefix("Stopped, serviceWeb moved to serv2: its threshold of failures ("))
        #expect(atOnce.found.fr.contains("(migration-threshold=1) était atteint. Interruption vue par un"))
        #expect(try moved(threshold: 1, within: .milliseconds(1)).verdict == .notMet)
        // There a client gets another page.
        let other = try moved(threshold: 1, wantsPage: true)
        #expect(other.verdict == .notMet)
        #expect(other.found.en.contains("serv2") && !other.found.en.contains("changed nodes"))
        let early = try moved(threshold: 5)
        #expect(early.verdict == .notMet)
        #expect(early.found.en.contains("changed nodes (serv2)"))
        // What the threshold was is not known, or whether the address went too.
        for unseen in ["before/", "moved/serv2/ip-addr"] {
            let open = try moved(threshold: 1) { $0.hasPrefix(unseen) }
            #expect(open.verdict == .notAssessed(.noEvidence), "\(unseen): \(open.found.en)")
        }
    }
}
