/// What the HTTP requests add to outages found by connecting: a server whose port is open and that does not answer
/// (a server's children not yet forked, an error page) serves nobody.
struct RequestOutages {
    var acceptedStatuses: [Int]

    /// Outages that were found by connecting, longer where requests went unanswered right before or after, and
    /// those that only requests saw.
    func merged(into outages: [ServiceOutage], _ trace: SampleTrace) -> [ServiceOutage] {
        let own = requestOutages(trace)
        var result = outages
        // Each list begins later and later: what one of the requests' leaves behind no later one touches.
        var (connected, added) = (0, outages.count)
        for found in own {
            let from = found.start.earliest
            while connected < outages.count, result[connected].endsAtLatest < from { connected += 1 }
            while added < result.count, result[added].endsAtLatest < from { added += 1 }
            let next = [connected..<outages.count, added..<result.count].compactMap(\.first)
            guard let index = next.first(where: { result[$0].start.earliest <= found.endsAtLatest }) else {
                result.append(found)
                continue
            }
            result[index] = extended(result[index], by: found)
        }
        return result.sorted { $0.start.middle < $1.start.middle }
    }

    /// Runs of accepted but unanswered requests. Those that could not even connect are the connects' own story; a
    /// single one that was cut off is what was under way when the service stopped.
    private func requestOutages(_ trace: SampleTrace) -> [ServiceOutage] {
        var found: [ServiceOutage] = []
        var lastGood: ServiceSample?
        var run: [ServiceSample] = []
        func close(_ next: ServiceSample?) {
            let bad = run.filter(isUnanswered)
            if let first = bad.first, let last = bad.last, bad.count > 1 {
                let end = next.map { UncertainMoment(earliest: last.sent, latest: $0.done) }
                found.append(
                    ServiceOutage(
                        start: UncertainMoment(earliest: lastGood?.sent ?? first.sent, latest: first.sent),
                        end: end, failedConnects: 0, failedRequests: run.count,
                        phases: [
                            .init(
                                kind: .acceptedWithoutAnswer, start: first.sent,
                                end: end?.middle ?? last.done)
                        ]))
            }
            run = []
        }
        for sample in trace.requests.sorted(by: { $0.sent < $1.sent }) where sample.outcome != .ownFailure {
            if case .answered(let status) = sample.outcome, acceptedStatuses.contains(status) {
                close(sample)
                lastGood = sample
            } else {
                run.append(sample)
            }
        }
        close(nil)
        return found
    }

    private func isUnanswered(_ sample: ServiceSample) -> Bool {
        switch sample.outcome {
        case .noAnswer, .reset: true
        case .answered(let status): !acceptedStatuses.contains(status)
        default: false
        }
    }

    /// The outage with what the requests saw beyond its ends.
    private func extended(_ outage: ServiceOutage, by found: ServiceOutage) -> ServiceOutage {
        var result = outage
        let unanswered = found.phases[0]  // bounded: an outage has one at least
        if unanswered.start < outage.start.earliest {
            result.start = found.start
            result.phases.insert(
                .init(kind: .acceptedWithoutAnswer, start: unanswered.start, end: outage.start.middle), at: 0)
        }
        guard let connected = outage.end else { return result }
        let isLonger = found.end.map { $0.earliest > connected.latest } ?? true
        if isLonger {
            result.end = found.end
            result.phases.append(
                .init(kind: .acceptedWithoutAnswer, start: connected.middle, end: unanswered.end))
        }
        result.failedRequests = max(outage.failedRequests, found.failedRequests)
        return result
    }
}
