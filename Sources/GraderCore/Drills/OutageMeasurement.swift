/// Finds the outages in a trace. Pure: the same samples give the same outages.
///
/// Every sample is evidence about one moment of the service. An attempt that was accepted at once says *served*
/// when it was sent; one refused or without an answer says *not served* when it was sent. An attempt that was
/// accepted late (its SYN waited in the kernel's queue for a neighbour, or was sent again after a second; RFC 6298,
/// section 2) says *not served* when it was sent and *served* when it was accepted. An outage begins between the
/// last *served* and the first *not served* and ends between the last *not served* and the next *served*: that
/// span is its uncertainty, half a slot either way in an undisturbed network.
public struct OutageMeasurement: Sendable {
    /// A connection that took longer was not accepted at once: many times a switched network's round trip, a
    /// tenth of the kernel's first retransmission.
    public static let lateAcceptance: Duration = .milliseconds(100)

    /// What an attempt says about one moment.
    private struct Evidence {
        /// The moment, and when it was known.
        var seen: Duration
        var known: Duration
        /// How the service was out; nil where it was there.
        var outage: DrillTimeline.Span.State?
    }

    public var view: ServiceView

    init(_ view: ServiceView) { self.view = view }

    /// The outages in the trace, in their order. More than one is flapping.
    public func outages(in trace: SampleTrace) -> [ServiceOutage] {
        var found: [ServiceOutage] = []
        // A service that comes and goes has as many outages as attempts: how many failed in each is looked up.
        let failed = (connects: failures(trace.connects), requests: failures(trace.requests))
        var lastServed: Evidence?
        var run: [Evidence] = []
        for item in trace.connects.flatMap(evidence).sorted(by: { ($0.seen, $0.known) < ($1.seen, $1.known) })
        {
            guard item.outage == nil else {
                run.append(item)
                continue
            }
            if !run.isEmpty { found.append(outage(run, after: lastServed, until: item, failed)) }
            run = []
            lastServed = item
        }
        if !run.isEmpty { found.append(outage(run, after: lastServed, until: nil, failed)) }
        guard case .service(let statuses) = view else { return found }
        return RequestOutages(acceptedStatuses: statuses).merged(into: found, trace)
    }

    private func evidence(_ sample: ServiceSample) -> [Evidence] {
        switch sample.outcome {
        case .accepted, .answered, .noAnswer, .reset:
            guard sample.duration > Self.lateAcceptance else {
                return [Evidence(seen: sample.sent, known: sample.done)]
            }
            return [
                Evidence(seen: sample.sent, known: sample.sent, outage: .silent),
                Evidence(seen: sample.done, known: sample.done),
            ]
        case .refused:
            if case .address = view { return [Evidence(seen: sample.sent, known: sample.done)] }
            // A refusal that came late tells of the moment in which it came.
            guard sample.duration > Self.lateAcceptance else {
                return [Evidence(seen: sample.sent, known: sample.done, outage: .refused)]
            }
            return [
                Evidence(seen: sample.sent, known: sample.sent, outage: .silent),
                Evidence(seen: sample.done, known: sample.done, outage: .refused),
            ]
        case .silent, .unreachable:
            return [Evidence(seen: sample.sent, known: sample.sent, outage: .silent)]
        case .ownFailure:
            return []
        }
    }

    private func outage(
        _ run: [Evidence], after before: Evidence?, until next: Evidence?,
        _ failed: (connects: [Duration], requests: [Duration])
    ) -> ServiceOutage {
        let first = run[0]  // bounded: a run has one at least
        let last = run[run.count - 1]
        let start = UncertainMoment(earliest: before?.seen ?? first.seen, latest: first.known)
        let end = next.map { UncertainMoment(earliest: last.seen, latest: $0.known) }
        let until = end?.latest ?? .endless
        var phases: [ServiceOutage.Phase] = []
        for item in run {
            guard let kind = item.outage, phases.last?.kind != kind else { continue }
            if !phases.isEmpty { phases[phases.count - 1].end = item.seen }
            phases.append(.init(kind: kind, start: item.seen, end: item.seen))
        }
        if !phases.isEmpty { phases[phases.count - 1].end = end?.middle ?? last.seen }
        return ServiceOutage(
            start: start, end: end, failedConnects: failed.connects.count(from: start.earliest, to: until),
            failedRequests: failed.requests.count(from: start.earliest, to: until), phases: phases)
    }

    /// When the attempts were sent that failed, in order.
    private func failures(_ samples: [ServiceSample]) -> [Duration] {
        samples.filter(isFailure).map(\.sent).sorted()
    }

    private func isFailure(_ sample: ServiceSample) -> Bool {
        switch (sample.outcome, view) {
        case (.accepted, _), (.ownFailure, _): false
        case (.answered(let status), .service(let accepted)): !accepted.contains(status)
        case (.answered, .address), (.refused, .address), (.reset, .address), (.noAnswer, .address): false
        default: true
        }
    }
}

extension [Duration] {
    /// How many of these moments, which are sorted, lie between two.
    fileprivate func count(from start: Duration, to end: Duration) -> Int {
        Swift.max(0, count(before: end) - count(before: start))
    }

    private func count(before moment: Duration) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// What a client lived through in a drill, from its samples. Pure.
public struct DrillMeasure: Sendable {
    /// Outages that began after the perturbation and before the way back.
    public var failover: [ServiceOutage]
    /// Those of the way back.
    public var failback: [ServiceOutage]
    /// Those of the failover for the address alone, a refusal being an answer.
    public var addressFailover: [ServiceOutage]
    /// How late the attempts were.
    public var scheduleErrorP99: Duration?

    /// - Returns: nil where nothing was sampled or nothing perturbed.
    public init?(_ evidence: DrillEvidence) {
        guard let plan = evidence.plan, let trace = evidence.trace,
            let perturbing = evidence.time(.perturbing)
        else { return nil }
        // A node that reboots comes back when it likes: what follows the watching is the way back.
        let back = evidence.time(.watched) ?? evidence.time(.restoring) ?? .endless
        func split(_ view: ServiceView) -> ([ServiceOutage], [ServiceOutage]) {
            let mayBeLate = trace.seenFrom?.clockUncertainty ?? .zero
            let all = OutageMeasurement(view).outages(in: trace).filter {
                $0.start.latest + mayBeLate >= perturbing
            }
            return (all.filter { $0.start.latest < back }, all.filter { $0.start.latest >= back })
        }
        (failover, failback) = split(plan.target.view)
        addressFailover = split(.address).0
        scheduleErrorP99 = trace.scheduleError?.p99
    }

    /// The whole time that a client was not served at the failover, gaps left out; nil where it did not end.
    public static func total(_ outages: [ServiceOutage]) -> Duration? {
        var sum = Duration.zero
        for outage in outages {
            guard let length = outage.length else { return nil }
            sum += length
        }
        return sum
    }
}
