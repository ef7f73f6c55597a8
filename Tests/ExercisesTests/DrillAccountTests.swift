import Foundation
import GraderCore
import LinuxFacts
import Pacemaker
import Testing

@testable import Exercises

/// A drill's evidence told as a time line: recorded on virtual pairs, trimmed to what the telling needs.
struct DrillAccountTests {
    static func evidence(_ name: String) throws -> DrillEvidence {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            try Date(
                decoder.singleValueContainer().decode(String.self),
                strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        return try decoder.decode(
            DrillEvidence.self, from: RecordedOutput.drill("\(name).json"))
    }

    private static var recorded: [String] {
        get throws { try RecordedOutput.drills }
    }

    @Test func aStandbyIsToldFromBothSides() throws {
        for name in try Self.recorded where name.hasSuffix("-standby") {
            let timeline = try #require(DrillAccount(Self.evidence(name)).timeline, "\(name)")
            // Served by one, not served, served by the other, and back again.
            #expect(timeline.spans.first?.by == .serv1)
            #expect(timeline.spans.last?.by == .serv1)
            let served = timeline.spans.filter { $0.state == .served }.map(\.by)
            #expect(served == [.serv1, .serv2, .serv1], "\(name)")
            for (span, next) in zip(timeline.spans, timeline.spans.dropFirst()) {
                #expect(span.end == next.start, "\(name): without a gap")
            }
            #expect(timeline.failover.count == 1 && timeline.failover.hasEnded)
            #expect(timeline.failback.count == 1 && timeline.failback.hasEnded)

            // What the cluster says, in its order, and within what the client lived through.
            let there = timeline.events.filter { $0.at < timeline.time(.restoring) ?? .zero }
            #expect(there.first?.kind == .standbyOn && there.first?.subject == "serv1", "\(name)")
            #expect(
                there.filter { !$0.kind.isDecision }.map { "\($0.kind) \($0.subject) \($0.seenBy.rawValue)" }
                    == [
                        "standbyOn serv1 \(there.first?.seenBy.rawValue ?? "")", "stopped serviceWeb serv1",
                        "stopped IPFailover serv1", "started IPFailover serv2", "started serviceWeb serv2",
                    ], "\(name)")
            #expect(there.filter(\.kind.isDecision).map(\.detail) == ["serv1 → serv2", "serv1 → serv2"])
            let gone = try #require(timeline.failover.parts.first)
            for event in there where event.kind == .stopped || event.kind == .started {
                #expect(event.at > gone.start - .milliseconds(300), "\(name) \(event)")
                #expect(event.at < gone.end + .milliseconds(300), "\(name) \(event)")
            }
        }
    }

    @Test func theFiguresAreThoseOfTheMeasurement() throws {
        for name in try Self.recorded {
            let evidence = try Self.evidence(name)
            let timeline = try #require(DrillAccount(evidence).timeline)
            let measure = try #require(DrillMeasure(evidence))
            #expect(timeline.failover.total == DrillMeasure.total(measure.failover))
            #expect(timeline.failback.total == DrillMeasure.total(measure.failback))
            #expect(timeline.sampling.missedSlots == evidence.trace?.missedSlots)
        }
    }

    @Test func aResultKeepsIt() throws {
        let account = DrillAccount(try Self.evidence("bookworm-standby"))
        let again = try JSONDecoder().decode(DrillAccount.self, from: JSONEncoder().encode(account))
        #expect(again.timeline?.events.map(\.kind) == account.timeline?.events.map(\.kind))
        #expect(again.timeline?.failover.count == 1)
    }

    /// Nothing is placed on the client's seconds where the node's clock is not known.
    @Test func withoutAClockNoEvents() throws {
        var evidence = try Self.evidence("bookworm-standby")
        evidence.clocks = [:]
        let timeline = try #require(DrillAccount(evidence).timeline)
        #expect(timeline.events.isEmpty)
        #expect(timeline.failover.count == 1)
    }

    @Test func aRefusedDrillHasNoTimeLine() {
        var evidence = DrillEvidence(id: "x", kind: .standby, plan: nil, startedAt: Date())
        evidence.outcome = .refused(DrillRefusal(.inUse, LocalizedText(verbatim: "busy")))
        #expect(DrillAccount(evidence).timeline == nil)
    }

    /// Whatever a hostile journal holds, reading ends, and what it gives is bounded.
    @Test func hostileLinesAreReadToTheEnd() {
        let long = String(repeating: "A", count: 10_000)
        let tags = [
            "pacemaker-controld[1]:", "pacemaker-schedulerd[1]:", "pacemaker-attrd[1]:", "corosync[1]:",
        ]
        let words = [
            "Result of stop operation for \(long) on x: ok", "Result of of of", "Actions: Move",
            "* Move \(long) (",
            "Setting standby[\(long): (unset) ->", "Setting standby[]: a -> on",
            "Node \(long) state is now lost",
            "Node a state is now", "Result of start operation for a on", "\u{0}\u{1B}[2J",
        ]
        let lines = tags.flatMap { tag in words.map { "1795380524.416140 serv1 \(tag) \($0)" } }
        let times = ["-1.000000", "9999999999999999999.000000", "1.1", ".000000", "1795380524.41614x"]
        let text = (lines + times.map { "\($0) serv1 pacemaker-controld[1]: Node a state is now lost" })
            .joined(separator: "\n")
        let entries = ClusterLog.entries(String(repeating: text + "\n", count: 3))
        #expect(entries.allSatisfy { $0.subject.utf8.count <= 64 && $0.detail.utf8.count <= 120 })
        #expect(entries.allSatisfy { $0.microseconds == 1_795_380_524_416_140 })
    }
}
