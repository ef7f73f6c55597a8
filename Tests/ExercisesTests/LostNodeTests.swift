import GraderCore
import Pacemaker
import Testing

@testable import Exercises

/// A node that was lost without a word is one that was switched off only where its own log does not say otherwise, and a
/// failover only of what had been on it.
struct LostNodeTests {
    private func verdict(_ evidence: Evidence, _ check: CheckID) throws -> Verdict? {
        try RecordedEvidence.judged(evidence)[check]?.verdict
    }

    /// As `tested` has it, and the other way round.
    private static func lost(_ node: String, at time: String, by other: String) -> String {
        "\(time).218 \(other) pacemaker-controld  [171] (peer_update_callback) \tinfo: "
            + "Cluster node \(node) is now lost (was member)"
    }

    /// The recorded lines of a first start on serv1 once more, at another time.
    private func started(_ log: [String], at time: String) throws -> [String] {
        let start = try #require(log.firstIndex { $0.contains(" Start      IPFailover ") })
        let lines = log[start...].prefix(3).map { time + $0.dropFirst(15) }
        #expect(lines.last?.contains("Result of start operation for IPFailover on serv1: ok") == true)
        return lines
    }

    /// Beside a lost node an address may be started that was never there: made only then, or started again where it was.
    @Test func aStartBesideALostNodeIsNoTakeover() throws {
        let solved = try RecordedEvidence.evidence("solved")
        let log = try #require(solved.complete("cluster-history", on: .serv1)).text
            .split(separator: "\n").map(String.init)
        func verdict(_ lines: [String]) throws -> Verdict? {
            let text = lines.joined(separator: "\n") + "\n"
            return try self.verdict(
                solved.settingOutput(text, of: "cluster-history", on: .serv1), "Q6.shutdown")
        }
        let first = try #require(log.firstIndex { $0.contains(" Start      IPFailover ") })
        let gone = Self.lost("serv2", at: String(log[first].prefix(15)), by: "serv1")
        let move = try #require(log.firstIndex { $0.contains(" IPFailover     ( serv1 -> serv2 )") })
        let back = gone.replacing("lost (was member)", with: "member (was lost)")
        #expect(
            try verdict(log[..<first] + [gone] + log[first..<move] + [back] + log[move...])
                == .notRequested(.drill))

        let again = try started(log, at: "Nov 22 18:59:09")
        let later = Self.lost("serv2", at: "Nov 22 18:59:05", by: "serv1")
        let stop = try #require(log.first { $0.contains("Result of stop operation for IPFailover on serv1") })
        let stopped = "Nov 22 18:59:07" + stop.dropFirst(15)
        #expect(try verdict(log + [later, stopped] + again) == .notRequested(.drill))
        // It had gone there before.
        let moved = log[move...].prefix(3).map { "Nov 22 18:59:01" + $0.dropFirst(15) }
        #expect(try verdict(log + moved + [later] + again) == .met)
    }

    /// The halves with what serv1, had it been switched off, would not have logged left out.
    private func switchedOff() throws -> Evidence {
        try RecordedEvidence.evidence("halves-configured-apart").keepingHistory(on: .serv1) {
            !$0.contains("Cluster node serv2 is now lost")
        }
    }

    /// Where it was is in the other node's log.
    @Test func whatTheLostNodeHadIsSeenInItsOwnLog() throws {
        let evidence = try switchedOff()
        #expect(try verdict(evidence, "Q6.shutdown") == .met)
        let never = try evidence.keepingHistory(on: .serv1) { !$0.contains("IPFailover") }
        #expect(try verdict(never, "Q6.shutdown") == .notRequested(.drill))
    }

    /// Both machines stayed up, each taking the other for gone.
    @Test(arguments: ["halves-configured-apart", "split-brain-by-filter"])
    func twoHalvesAreNoShutdown(recording: String) throws {
        let evidence = try RecordedEvidence.evidence(recording)
        let judged = try RecordedEvidence.judged(evidence)
        #expect(judged["Q6.shutdown"]?.verdict == .notRequested(.drill))
        let tests = try #require(judged["Q10.performed"])
        #expect(tests.verdict == .notRequested(.drill) && !tests.found.en.contains("is lost"))
        let shown = ShownFacts.all(Findings(evidence))
        #expect(shown["tests"]?.values == [] && shown["failover-difference"]?.values == [])
    }

    /// One that was paused notices when it goes on.
    @Test func aLossOfLaterIsAnother() throws {
        let paused = try RecordedEvidence.evidence("halves-configured-apart")
            .replacing("22:08:17.310 serv1", with: "22:09:17.310 serv1", in: ["cluster-history"])
        #expect(try verdict(paused, "Q6.shutdown") == .met)
    }

    /// Without the lost node's log nobody can tell one that was cut off from one that was off.
    @Test func aLossThatNobodyCanTellIsNoProof() throws {
        var alone = try switchedOff()
        alone.observations.removeAll { $0.id == ProbeID(.serv1, "cluster-history") }
        #expect(try verdict(alone, "Q6.shutdown") == .notAssessed(.noEvidence))
    }

    /// When it lost the other only clocks that agree can tell; that it never did, its log tells by any clock.
    @Test(arguments: [-90.0, 90.0])
    func aLogWithoutALossTellsByAnyClock(lead: Double) throws {
        func apart(_ evidence: Evidence) throws -> Evidence {
            let clock = try #require(evidence.complete("clock", on: .serv1)).text.split(separator: "\n")
            return evidence.settingOutput(
                "\(clock[0])\n\(try #require(Double(clock[1])) + lead)\n", of: "clock", on: .serv1)
        }
        #expect(try verdict(apart(switchedOff()), "Q6.shutdown") == .met)
        let halves = try RecordedEvidence.evidence("halves-configured-apart")
        #expect(try verdict(apart(halves), "Q6.shutdown") == .notRequested(.drill))
    }

    /// A node's log as it is collected now, with the oldest lines rotated away.
    private func collected(_ lines: [some StringProtocol], from begin: String? = nil) -> String {
        let path = "/var/log/pacemaker/pacemaker.log"
        let head = [
            "#history 2 +0000", "#logfile \(path)", "#facility daemon", "#priority notice",
            "#log file \(path)",
        ]
        let from = begin.map { ["#from \($0)"] } ?? []
        return (head + lines.map { String($0) } + from + ["#end"]).joined(separator: "\n") + "\n"
    }

    /// A power cut takes a log's last lines at most: one that begins before the loss would have it, a later or empty one not.
    @Test func aLogThatDoesNotGoBackTellsNothing() throws {
        let evidence = try RecordedEvidence.evidence("halves-configured-apart")
        func verdict(_ text: String) throws -> Verdict? {
            try self.verdict(
                evidence.settingOutput(text, of: "cluster-history", on: .serv1), "Q6.shutdown")
        }
        let log = try #require(evidence.complete("cluster-history", on: .serv1)).text.split(separator: "\n")
        let loss = try #require(log.firstIndex { $0.contains("Cluster node serv2 is now lost") })
        #expect(try verdict(collected(log, from: String(log[0].prefix(15)))) == .notRequested(.drill))
        #expect(try verdict(collected([] as [String])) == .notRequested(.drill))
        let rest = Array(log[(loss + 1)...])
        #expect(try verdict(collected(rest, from: "Nov 26 22:08:18")) == .notRequested(.drill))
        // What serv1 has if it was off by then.
        #expect(try verdict(collected(Array(log[..<loss]), from: String(log[0].prefix(15)))) == .met)
    }

    /// The log was rotated after a loss that it might have told of, and a later one is told.
    @Test func aLaterLossIsToldAllTheSame() throws {
        let evidence = try RecordedEvidence.evidence("halves-configured-apart")
        let log = try #require(evidence.complete("cluster-history", on: .serv2)).text
            .split(separator: "\n").map(String.init)
        let loss = try #require(log.firstIndex { $0.contains("Cluster node serv1 is now lost") })
        let taken = log[loss...].prefix(5)
        #expect(taken.last?.contains("Result of start operation for IPFailover on serv2: ok") == true)
        let back =
            "Nov 26 22:30:00"
            + log[loss].replacing("lost (was member)", with: "member (was lost)").dropFirst(15)
        let stop = try #require(
            log.last { $0.contains("Result of stop operation for IPFailover on serv2: ok") })
        let later = taken.map { $0.replacing("Nov 26 22:08:", with: "Nov 26 23:08:") }
        let returned = [back, "Nov 26 22:31:00" + stop.dropFirst(15)]
        let own = try #require(evidence.complete("cluster-history", on: .serv1)).text
            .split(separator: "\n").map(String.init)
        let start = try #require(
            own.first { $0.contains("Result of start operation for IPFailover on serv1: ok") })
        let rotated = collected(["Nov 26 22:31:01" + start.dropFirst(15)], from: "Nov 26 22:31:01")
        func verdict(_ lines: [String]) throws -> Verdict? {
            let text = lines.joined(separator: "\n") + "\n"
            return try self.verdict(
                evidence.settingOutput(text, of: "cluster-history", on: .serv2)
                    .settingOutput(rotated, of: "cluster-history", on: .serv1), "Q6.shutdown")
        }
        #expect(try verdict(log + returned) == .notRequested(.drill))
        #expect(try verdict(log + returned + later) == .met)
    }
}
