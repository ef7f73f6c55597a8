import Foundation

extension DrillAccount {
    /// Of a drill's evidence. Pure.
    /// - Parameter drill: the exercise's; nil where it has none of this kind (any more): then the machines' own words
    ///   are not told.
    public init(_ evidence: DrillEvidence, _ drill: (any Drill)?) {
        self.init(
            kind: evidence.kind, title: drill?.title ?? LocalizedText(verbatim: evidence.kind.rawValue),
            incident: evidence.plan.flatMap { drill?.incident($0) }, startedAt: evidence.startedAt,
            outcome: evidence.outcome, differences: evidence.differences,
            wayBack: drill?.wayBack(evidence), timeline: DrillTimeline(evidence, drill))
    }
}

extension DrillTimeline {
    private static let longestList = 60
    /// The grader's neighbour table is read ten times a second.
    private static let neighbourDelay: Duration = .milliseconds(120)
    /// What both nodes say of one event is that far apart at most.
    private static let sameEvent: Duration = .seconds(3)

    /// - Returns: nil where nothing was perturbed or nothing sampled.
    public init?(_ evidence: DrillEvidence, _ drill: (any Drill)?) {
        guard let plan = evidence.plan, let trace = evidence.trace, let measure = DrillMeasure(evidence),
            let zero = evidence.time(.perturbing), let last = trace.connects.last?.sent,
            let error = trace.scheduleError
        else { return nil }
        active = plan.active
        names = plan.names
        failover = Interruption(measure.failover, since: zero, until: last)
        failback = Interruption(measure.failback, since: zero, until: last)
        marks = evidence.marks.map { DrillMoment($0.kind, at: $0.at - zero) }
        sampling = Sampling(
            connectsPerSecond: trace.connectsPerSecond, requestsPerSecond: trace.requestsPerSecond,
            attempts: trace.connects.count + trace.requests.count, missedSlots: trace.missedSlots,
            lateP99: error.p99, lateWorst: error.worst, hadRealTimePriority: trace.hadRealTimePriority,
            seenFrom: trace.seenFrom)
        let answering = Answering(evidence, trace, drill)
        spans = Self.spans(
            measure.failover + measure.failback, trace.connects.first?.sent ?? zero, last, answering
        ).map { Span($0.state, by: $0.by, start: $0.start - zero, end: $0.end - zero) }
        events = drill.map { Self.events(evidence, $0, zero) } ?? []
    }

    private static func spans(
        _ outages: [ServiceOutage], _ start: Duration, _ end: Duration, _ answering: Answering
    ) -> [Span] {
        var spans: [Span] = []
        var now = start
        for outage in outages.sorted(by: { $0.start.middle < $1.start.middle }).prefix(longestList) {
            let from = max(outage.start.middle, now)
            spans += answering.served(from: now, to: from)
            now = from
            for (index, phase) in outage.phases.enumerated().prefix(longestList) {
                let until = index == outage.phases.count - 1 ? outage.end?.middle ?? end : phase.end
                guard until > now else { continue }
                spans.append(Span(phase.kind, by: nil, start: now, end: until))
                now = until
            }
        }
        return spans + answering.served(from: now, to: max(now, end))
    }

    /// Who answered for the address, by the grader's kernel.
    private struct Answering {
        var changes: [(at: Duration, node: MachineID)] = []

        init(_ evidence: DrillEvidence, _ trace: SampleTrace, _ drill: (any Drill)?) {
            var owners: [String: MachineID] = [:]
            for role in evidence.plan?.machines ?? [] {
                // The loopback's zeroes are everybody's.
                for mac in drill?.macAddresses(of: role, evidence) ?? [] where mac != "00:00:00:00:00:00" {
                    owners[mac] = role
                }
            }
            changes = trace.neighbours.compactMap { change in
                change.mac.flatMap { owners[$0] }.map { (change.at, $0) }
            }
        }

        func served(from start: Duration, to end: Duration) -> [Span] {
            guard end > start else { return [] }
            let known = start + DrillTimeline.neighbourDelay
            var spans = [
                Span(.served, by: changes.last { $0.at <= known }?.node, start: start, end: end)
            ]
            // Without a gap in between: both nodes answer, one after the other.
            for change in changes where change.at > known && change.at < end {
                let last = spans.count - 1
                guard spans[last].by != change.node, spans.count < 20 else { continue }
                spans[last].end = change.at
                spans.append(Span(.served, by: change.node, start: change.at, end: end))
            }
            return spans
        }
    }

    private static func events(
        _ evidence: DrillEvidence, _ drill: any Drill, _ zero: Duration
    ) -> [LoggedEvent] {
        guard let began = evidence.traceStartedAt else { return [] }
        let origin = Duration.microseconds(
            Int64(saturating: (began.timeIntervalSince1970 * 1_000_000).rounded()))
        var events: [(told: LoggedEvent, isDecision: Bool)] = []
        for role in evidence.plan?.machines ?? [] {
            // The nodes' clocks differ, and a line without the difference says nothing about the client's seconds.
            guard let clock = evidence.clocks[role],
                let log = evidence.output(DrillProbe.log, on: role, stage: .after)
            else { continue }
            events += drill.events(log).map { entry in
                let told = LoggedEvent(
                    at: .microseconds(entry.microseconds) - origin - clock.offset - zero,
                    uncertainty: clock.uncertainty, seenBy: role, what: entry.what)
                return (told, entry.isDecision)
            }
        }
        let end = evidence.time(.settled).map { $0 - zero } ?? .endless
        let within = events.filter { $0.told.at > .seconds(-1) && $0.told.at < end + .seconds(1) }
        let sorted = within.sorted { ($0.told.at, $0.told.seenBy) < ($1.told.at, $1.told.seenBy) }
        return Array(distinct(sorted).prefix(longestList))
    }

    /// What both nodes tell, and what is decided twice over, once.
    private static func distinct(_ events: [(told: LoggedEvent, isDecision: Bool)]) -> [LoggedEvent] {
        var kept: [LoggedEvent] = []
        for (event, isDecision) in events {
            let isTold = kept.contains { other in
                other.what == event.what && event.at - other.at < sameEvent
                    && (isDecision || other.seenBy != event.seenBy)
            }
            if !isTold { kept.append(event) }
        }
        return kept
    }
}

extension DrillTimeline.Interruption {
    fileprivate init(_ outages: [ServiceOutage], since zero: Duration, until last: Duration) {
        let all = outages.map { outage in
            Part(
                start: outage.start.middle - zero, end: (outage.end?.middle ?? last) - zero,
                hasEnded: outage.end != nil, uncertainty: outage.uncertainty ?? outage.start.uncertainty)
        }
        self.init(
            parts: Array(all.prefix(8)), count: all.count,
            failedConnects: outages.map(\.failedConnects).sumOfCounts,
            failedRequests: outages.map(\.failedRequests).sumOfCounts,
            total: all.reduce(.zero) { $0 + $1.length },
            uncertainty: all.reduce(.zero) { $0 + $1.uncertainty }, hasEnded: all.allSatisfy(\.hasEnded))
    }
}
