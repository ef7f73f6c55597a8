import Exercises
import GraderCore
import Testing

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

    @Test func missingHistoryIsNeverALostPoint() throws {
        let solved = try RecordedEvidence.evidence("solved").without("cluster-history")
        for check in ["Q6.standby", "Q6.shutdown", "Q10.performed"] {
            #expect(try verdict(solved, check) == .notRequested(.drill), "\(check)")
        }
    }

    @Test func aDrillIsNotTheStudentsTry() throws {
        let after = try RecordedEvidence.evidence("after-q6")
        let log = try #require(after.complete("cluster-history", on: .secondary)?.text)
        let time = try #require(log.split(separator: "\n").last).prefix(15)
        let mark =
            "\(time) serv2 bascule[5]: drill 7 begins: x\n\(time) serv2 bascule[6]: drill 7: given back\n"
        // An hour back, for the whole of the recording.
        let early = "Jan  1 00:00:00 serv2 bascule[5]: drill 7 begins: x\n"
        #expect(
            try verdict(
                after.settingOutput(early + mark + log, of: "cluster-history", on: .secondary), "Q6.standby")
                == .notRequested(.drill))
    }

    /// The log reaches back to the second of two tries only, the attribute being there from the first.
    @Test(arguments: ["", "bullseye/", "trixie/"])
    func aSecondStandbyIsAStandby(release: String) throws {
        var evidence = try RecordedEvidence.evidence(release + "standby-forgotten")
        for role in NodeRole.allCases {
            let lines = try #require(evidence.complete("cluster-history", on: role)).text
                .split(separator: "\n")
            let first = try #require(lines.firstIndex { $0.contains("@value=off") })
            let kept = lines[first...].joined(separator: "\n")
            evidence = evidence.settingOutput(kept, of: "cluster-history", on: role)
        }
        #expect(try verdict(evidence, "Q6.standby") == .met)
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
