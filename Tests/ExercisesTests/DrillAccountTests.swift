import Foundation
import GraderCore
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
            DrillEvidence.self, from: Data(contentsOf: folder.appending(path: "\(name).json")))
    }

    private static let folder = RecordedEvidence.repository.appending(path: "Tests/Fixtures/drills")

    private static var recorded: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
                .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
        }
    }

    private static func account(_ evidence: DrillEvidence) -> DrillAccount {
        DrillAccount(evidence, ClusterDrill.all.first { $0.kind == evidence.kind })
    }

    @Test func aStandbyIsToldFromBothSides() throws {
        for name in try Self.recorded where name.hasSuffix("-standby") {
            let timeline = try #require(Self.account(Self.evidence(name)).timeline, "\(name)")
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
            let decisions = there.filter { $0.what.en.hasPrefix("decides") }
            let happened = there.filter { !decisions.contains($0) }
            #expect(
                happened.map { "\($0.what.en) \($0.seenBy.rawValue)" }
                    == [
                        "serv1 on standby \(there.first?.seenBy.rawValue ?? "")", "serviceWeb stopped serv1",
                        "IPFailover stopped serv1", "IPFailover started serv2", "serviceWeb started serv2",
                    ], "\(name)")
            #expect(there.first == happened.first)
            #expect(decisions.count == 2 && decisions.allSatisfy { $0.what.fr.contains("(serv1 → serv2)") })
            let gone = try #require(timeline.failover.parts.first)
            for event in happened.dropFirst() {
                #expect(event.at > gone.start - .milliseconds(300), "\(name) \(event)")
                #expect(event.at < gone.end + .milliseconds(300), "\(name) \(event)")
            }
        }
    }

    @Test func theFiguresAreThoseOfTheMeasurement() throws {
        for name in try Self.recorded {
            let evidence = try Self.evidence(name)
            let timeline = try #require(Self.account(evidence).timeline)
            let measure = try #require(DrillMeasure(evidence))
            #expect(timeline.failover.total == DrillMeasure.total(measure.failover))
            #expect(timeline.failback.total == DrillMeasure.total(measure.failback))
            #expect(timeline.sampling.missedSlots == evidence.trace?.missedSlots)
        }
    }

    @Test func aResultKeepsIt() throws {
        let account = Self.account(try Self.evidence("bookworm-standby"))
        let again = try JSONDecoder().decode(DrillAccount.self, from: JSONEncoder().encode(account))
        #expect(again.timeline?.events.map(\.what) == account.timeline?.events.map(\.what))
        #expect(again.title == ClusterDrill.standby.title && again.incident?.en == "serv1 put on standby")
        #expect(again.timeline?.failover.count == 1)
    }

    /// Of a result from before the exercise's words were kept.
    @Test func anOldResultIsReadInItsOwnWords() throws {
        let account = Self.account(try Self.evidence("bookworm-standby"))
        var stored = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(account)) as? [String: Any])
        stored["title"] = nil
        stored["incident"] = nil
        stored["outcome"] = ["abandoned": ["_0": ["fr": "coupé", "en": "cut"]]]
        var timeline = try #require(stored["timeline"] as? [String: Any])
        timeline["events"] = [
            [
                "at": 1, "uncertainty": 0.5, "seenBy": "serv1", "kind": "moveDecided",
                "subject": "IPFailover",
                "detail": "serv1 → serv2",
            ]
        ]
        stored["timeline"] = timeline
        let old = try JSONDecoder().decode(
            DrillAccount.self, from: JSONSerialization.data(withJSONObject: stored))
        #expect(old.title.fr == "standby" && old.incident == nil)
        #expect(old.outcome == .abandoned(LocalizedText(fr: "coupé", en: "cut")))
        #expect(old.timeline?.events.map(\.what.en) == ["moveDecided IPFailover serv1 → serv2"])
        #expect(old.timeline?.events.first?.at == .seconds(1))
    }

    /// Nothing is placed on the client's seconds where the node's clock is not known.
    @Test func withoutAClockNoEvents() throws {
        var evidence = try Self.evidence("bookworm-standby")
        evidence.clocks = [:]
        let timeline = try #require(Self.account(evidence).timeline)
        #expect(timeline.events.isEmpty)
        #expect(timeline.failover.count == 1)
    }

    @Test func aRefusedDrillHasNoTimeLine() {
        var evidence = DrillEvidence(id: "x", kind: .standby, plan: nil, startedAt: Date())
        evidence.outcome = .refused(DrillRefusal(.inUse, LocalizedText(verbatim: "busy")))
        #expect(Self.account(evidence).timeline == nil)
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
