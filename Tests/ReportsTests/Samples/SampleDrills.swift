import Foundation
@testable import GraderCore

/// Drills as a result holds them, invented.
enum SampleDrills {
    static func timeline(
        names: [MachineID: String] = [.serv1: "serv1", .serv2: "serv2"], missed: Int = 0,
        events: [LoggedEvent] = events()
    ) -> DrillTimeline {
        let spans: [DrillTimeline.Span] = [
            span(.served, .serv1, -5_000, 320), span(.refused, nil, 320, 555), span(.silent, nil, 555, 815),
            span(.acceptedWithoutAnswer, nil, 815, 1_200), span(.served, .serv2, 1_200, 7_260),
            span(.silent, nil, 7_260, 7_950), span(.served, nil, 7_950, 16_000),
        ]
        let marks = [
            DrillMoment(.perturbing, at: .zero), DrillMoment(.watched, at: .seconds(5)),
            DrillMoment(.restoring, at: .milliseconds(6_890)), DrillMoment(.settled, at: .seconds(15)),
        ]
        let sampling = DrillTimeline.Sampling(
            connectsPerSecond: 100, requestsPerSecond: 10, attempts: 2_364, missedSlots: missed,
            lateP99: .microseconds(600), lateWorst: .microseconds(1_500), hadRealTimePriority: true)
        return DrillTimeline(
            active: .serv1, names: names, spans: spans,
            failover: interruption(.milliseconds(320), .milliseconds(1_200)),
            failback: interruption(.milliseconds(7_260), .milliseconds(7_950)), events: events, marks: marks,
            sampling: sampling)
    }

    /// Times in milliseconds.
    private static func span(
        _ state: DrillTimeline.Span.State, _ node: MachineID?, _ start: Int, _ end: Int
    ) -> DrillTimeline.Span {
        DrillTimeline.Span(state, by: node, start: .milliseconds(start), end: .milliseconds(end))
    }

    static func interruption(
        _ start: Duration, _ end: Duration, hasEnded: Bool = true
    ) -> DrillTimeline.Interruption {
        .init(
            parts: [.init(start: start, end: end, hasEnded: hasEnded, uncertainty: .milliseconds(10))],
            count: 1, failedConnects: 88, failedRequests: 9, total: end - start,
            uncertainty: .milliseconds(10), hasEnded: hasEnded)
    }

    static func events(subject: String = "IPFailover", detail: String = "serv1 → serv2") -> [LoggedEvent] {
        let words: [LocalizedText] = [
            LocalizedText(
                fr: "plus de nouvelles de l'autre nœud", en: "nothing heard of the other node any more"),
            LocalizedText(
                fr: "décide de déplacer \(subject) (\(detail))", en: "decides to move \(subject) (\(detail))"),
            LocalizedText(fr: "\(subject) démarré", en: "\(subject) started"),
            LocalizedText(fr: "\(subject) en échec (\(detail))", en: "\(subject) failed (\(detail))"),
        ]
        return (0..<12).map { index in
            LoggedEvent(
                at: .milliseconds(74 + index * 90), uncertainty: .milliseconds(1),
                seenBy: index.isMultiple(of: 2) ? .serv1 : .serv2, what: words[index % words.count])
        }
    }

    static func account(
        _ kind: DrillKind, _ timeline: DrillTimeline? = timeline(), outcome: DrillOutcome = .performed,
        differences: [SnapshotDifference] = [], wayBack: LocalizedText? = nil
    ) -> DrillAccount {
        DrillAccount(
            kind: kind, title: titles[kind] ?? LocalizedText(verbatim: kind.rawValue),
            incident: LocalizedText(fr: "serv1 touché", en: "serv1 hit"), startedAt: SampleResults.moment,
            outcome: outcome, differences: differences, wayBack: wayBack,
            timeline: timeline)
    }

    private static let titles: [DrillKind: LocalizedText] = [
        "standby": LocalizedText(fr: "Le nœud actif mis en standby", en: "The active node put on standby"),
        "service-stop": LocalizedText(fr: "Le serveur web arrêté", en: "The web server stopped"),
    ]

    /// A student with all kinds of drills.
    static var drilled: GradedResult {
        var result = SampleResults.solved
        var unended = timeline(missed: 12)
        unended.failover = interruption(.milliseconds(320), .seconds(60), hasEnded: false)
        unended.failback.parts = []
        unended.failback.count = 0
        result.drills = [
            account("standby"), account("service-stop", unended),
            account(
                "service-broken", nil,
                outcome: .refused(
                    DrillRefusal(.inUse, LocalizedText(fr: "Quelqu'un travaille.", en: "In use.")))
            ),
            account(
                "shutdown", differences: [.init(what: "attribute serv1 standby", before: nil, after: "on")]),
            account("power-loss", outcome: .abandoned(LocalizedText(fr: "Coupé.", en: "Cut."))),
        ]
        return result
    }
}
