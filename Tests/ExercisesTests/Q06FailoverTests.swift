import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// Q6 and Q10: history proves, and its absence costs nothing.
struct Q06FailoverTests {
    private func verdict(_ evidence: Evidence, _ check: String) throws -> Verdict? {
        try RecordedEvidence.judged(evidence)[CheckID(check)]?.verdict
    }

    @Test func whatWasTriedIsProvedByHistory() throws {
        #expect(try verdict(RecordedEvidence.evidence("after-q5"), "Q6.standby") == .notRequested(.drill))
        #expect(try verdict(RecordedEvidence.evidence("after-q6"), "Q6.standby") == .met)
        #expect(try verdict(RecordedEvidence.evidence("after-q6"), "Q6.shutdown") == .notRequested(.drill))
    }

    /// A log that was not read is not an empty one, on one node as on both.
    @Test(arguments: [[MachineID.serv2], MachineID.pair])
    func missingHistoryIsNeverALostPoint(unread: [MachineID]) throws {
        var early = try RecordedEvidence.evidence("after-q5")
        early.observations.removeAll { observation in
            unread.contains { observation.id == ProbeID($0, ClusterProbe.history) }
        }
        var solved = try RecordedEvidence.evidence("solved")
        solved.observations.removeAll { $0.id.rawValue.hasSuffix("/cluster-history") }
        for evidence in [early, solved] {
            let judged = try RecordedEvidence.judged(evidence)
            for check in ["Q6.standby", "Q6.shutdown"] {
                let result = try #require(judged[CheckID(check)])
                #expect(result.verdict == .notAssessed(.noEvidence), "\(check)")
                #expect(result.found.en.contains("could not be read on"), "\(result.found.en)")
            }
        }
        #expect(try verdict(solved, "Q10.performed") == .notAssessed(.noEvidence))
    }

    @Test func aDrillIsNotTheStudentsTry() throws {
        let after = try RecordedEvidence.evidence("after-q6")
        let log = try #require(after.complete("cluster-history", on: .serv2)?.text)
        let time = try #require(log.split(separator: "\n").last).prefix(15)
        let mark =
            "\(time) serv2 bascule[5]: drill 7 begins: x\n\(time) serv2 bascule[6]: drill 7: given back\n"
        // An hour back, for the whole of the recording.
        let early = "Jan  1 00:00:00 serv2 bascule[5]: drill 7 begins: x\n"
        #expect(
            try verdict(
                after.settingOutput(early + mark + log, of: "cluster-history", on: .serv2), "Q6.standby")
                == .notRequested(.drill))
    }

    /// The log reaches back to the second of two tries only, the attribute being there from the first.
    @Test(arguments: ["", "bullseye/", "trixie/"])
    func aSecondStandbyIsAStandby(release: String) throws {
        var evidence = try RecordedEvidence.evidence(release + "standby-forgotten")
        for role in MachineID.pair {
            let lines = try #require(evidence.complete("cluster-history", on: role)).text
                .split(separator: "\n")
            let first = try #require(lines.firstIndex { $0.contains("@value=off") })
            let kept = lines[first...].joined(separator: "\n")
            evidence = evidence.settingOutput(kept, of: "cluster-history", on: role)
        }
        #expect(try verdict(evidence, "Q6.standby") == .met)
    }

    /// What became of the start on the other node, in whichever node's log.
    private func failing(_ evidence: Evidence, _ resource: String, on node: String) -> Evidence {
        let start = "Result of start operation for \(resource) on \(node): "
        // As `group-cloned` has it.
        return evidence.replacing(start + "ok", with: start + "not installed", in: ["cluster-history"])
            .replacing(start + "OK", with: start + "Not installed", in: ["cluster-history"])
    }

    /// The coordinator's log has the decision and the address stopped, the other's log has it not started.
    @Test(arguments: ["", "bullseye/", "trixie/"])
    func aStartThatFailedIsNoFailover(release: String) throws {
        let evidence = try RecordedEvidence.evidence(release + "standby-forgotten")
        #expect(try verdict(evidence, "Q6.standby") == .met)
        let failed = failing(evidence, "IPFailover", on: "serv2")
        #expect(try verdict(failed, "Q6.standby") == .notRequested(.drill))
    }

    @Test(arguments: ["", "trixie/"])
    func aStartThatNeverCameIsNoFailover(release: String) throws {
        let evidence = try RecordedEvidence.evidence(release + "standby-forgotten")
        let start = "Result of start operation for IPFailover on serv2"
        let stopped = try evidence.keepingHistory(on: .serv2) { !$0.contains(start) }
        #expect(try verdict(stopped, "Q6.standby") == .notRequested(.drill))
        // A log that has not the standby either has a gap, whatever else it has of that minute.
        let gap = try evidence.keepingHistory(on: .serv2) { !$0.contains(start) && !$0.contains("-standby") }
        #expect(try verdict(gap, "Q6.standby") == .met)
    }

    /// The coordinator itself goes: only the other's log can say what came of it.
    @Test func aShutdownWithoutATakeoverIsNoFailover() throws {
        let evidence = try RecordedEvidence.evidence("tested")
        #expect(try verdict(evidence, "Q6.shutdown") == .met)
        let start = "Result of start operation for IPFailover on serv2"
        let stopped = try evidence.keepingHistory(on: .serv2) {
            !($0.hasPrefix("Nov 22 18:49:") && $0.contains(start))
        }
        #expect(try verdict(stopped, "Q6.shutdown") == .notRequested(.drill))
        let gap = try evidence.keepingHistory(on: .serv2) { !$0.hasPrefix("Nov 22 18:49:") }
        #expect(try verdict(gap, "Q6.shutdown") == .met)
    }

    /// Pacemaker says the same whether the machine or it alone is stopped; here it was it alone.
    @Test func aNodeThatLeavesIsNotSaidToBeOff() throws {
        let evidence = try RecordedEvidence.evidence("primary-cluster-stopped")
        let result = try #require(try RecordedEvidence.judged(evidence)["Q6.shutdown"])
        #expect(result.verdict == .met)
        #expect(result.found.en.hasPrefix("serv1 leaves the cluster (shut down, or Pacemaker stopped), "))
        #expect(result.found.fr.hasPrefix("serv1 quitte le cluster (éteint, ou Pacemaker arrêté), "))
    }

    /// The script prints no such log: it is unread, which denies nothing.
    @Test func aLogOfManyPartsIsUnread() throws {
        let solved = try RecordedEvidence.evidence("solved")
        func parts(_ count: Int) throws -> CheckResult? {
            let text = "#history 2 +0000\n" + String(repeating: "#log file /a\n", count: count) + "#end\n"
            let evidence = solved.settingOutput(text, of: "cluster-history", on: .serv2)
            return try RecordedEvidence.judged(evidence)["Q6.shutdown"]
        }
        #expect(try parts(16)?.verdict == .notRequested(.drill))
        let many = try #require(try parts(17))
        #expect(many.verdict == .notAssessed(.noEvidence))
        #expect(many.found.en.contains("could not be read on"), "\(many.found.en)")
    }

    /// Where the other's log does not tell, the coordinator's is enough: it is not there, it does not reach back, or
    /// the two clocks are apart.
    @Test(arguments: ["", "trixie/"])
    func theCoordinatorsLogIsEnoughWhereTheOtherDoesNotTell(release: String) throws {
        let evidence = try RecordedEvidence.evidence(release + "standby-forgotten")
        var alone = evidence
        alone.observations.removeAll { $0.id == ProbeID(.serv2, "cluster-history") }
        #expect(try verdict(alone, "Q6.standby") == .met)

        let log = try #require(evidence.complete("cluster-history", on: .serv2)).text
        let newest = try #require(log.split(separator: "\n").last)
        #expect(newest.contains("Result of start operation for serviceWeb on serv2"))
        #expect(
            try verdict(evidence.keepingHistory(on: .serv2) { $0 == newest }, "Q6.standby") == .met)

        let failed = failing(evidence, "IPFailover", on: "serv2")
        let clock = try #require(evidence.complete("clock", on: .serv2)).text.split(separator: "\n")
        let apart = failed.settingOutput(
            "\(clock[0])\n\(try #require(Double(clock[1])) + 90)\n", of: "clock", on: .serv2)
        #expect(try verdict(apart, "Q6.standby") == .met)
    }

    /// The web server failed, on one node and then on the other, and never ran again by Pacemaker's doing.
    @Test func aRecoveryThatFailedIsNone() throws {
        let evidence = try RecordedEvidence.evidence("tested")
        #expect(try verdict(evidence, "Q10.performed") == .met)
        // One node's failures leave the other's success.
        #expect(try verdict(failing(evidence, "serviceWeb", on: "serv1"), "Q10.performed") == .met)
        let start = "Result of start operation for serviceWeb on serv"
        let isInTheTest: (Substring) -> Bool = {
            $0.contains("Nov 22 18:47:") || $0.contains("Nov 22 18:48:")
        }
        var failed = evidence
        for role in MachineID.pair {
            let text = try #require(failed.complete("cluster-history", on: role)).text
            let lines = text.split(separator: "\n").map { line in
                isInTheTest(line) && line.contains(start)
                    ? line.replacing(": ok |", with: ": error |") : line
            }
            failed = failed.settingOutput(lines.joined(separator: "\n"), of: "cluster-history", on: role)
        }
        #expect(try verdict(failed, "Q10.performed") == .notRequested(.drill))
    }

    @Test func withoutAnAddressThereIsNothingToTry() throws {
        #expect(
            try verdict(RecordedEvidence.evidence("fresh"), "Q6.standby")
                == .blocked(by: CheckID("Q1.primitive")))
        #expect(
            try verdict(RecordedEvidence.evidence("after-q6"), "Q10.performed")
                == .blocked(by: CheckID("Q7.primitive")))
    }
}
