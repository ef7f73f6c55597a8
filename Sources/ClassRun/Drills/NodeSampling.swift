import Foundation
import GraderCore

/// A sampling on a node: starts a run of the script for each second, and gathers what they print.
actor NodeSampling: RunningSampler {
    /// What one run covers: long enough for Python's start to be a small part of it.
    private static let span: Duration = .seconds(1)
    /// A run is started that long before it is due: Python's start on a slow machine, and the way there.
    private static let lead: Duration = .milliseconds(500)
    private static let script = String(decoding: PackageResources.sample_py, as: UTF8.self)

    private let sampler: NodeSampler
    private let target: SamplingTarget
    private let clock: NodeClock
    private let origin: ContinuousClock.Instant
    private let rates: (connects: Int, requests: Int)
    private let begins: Duration
    private var trace: SampleTrace
    private var driver: Task<Void, Never>?
    private var isEnding = false
    /// Runs by number whose attempts are not known yet.
    private var underWay: Set<Int> = []
    private var started = 0
    private var hasFailed = false

    init(
        _ sampler: NodeSampler, target: SamplingTarget, clock: NodeClock, origin: ContinuousClock.Instant,
        rates: (connects: Int, requests: Int)
    ) {
        self.sampler = sampler
        self.target = target
        self.clock = clock
        self.origin = origin
        self.rates = rates
        begins = ContinuousClock.now - origin + Self.lead
        trace = SampleTrace(connectsPerSecond: rates.connects, requestsPerSecond: rates.requests)
        trace.seenFrom = SamplingVantage(
            node: sampler.node, clockUncertainty: clock.uncertainty(after: .zero))
    }

    nonisolated var elapsed: Duration { ContinuousClock.now - origin }

    var knownUntil: Duration { begins + Self.span * (underWay.min() ?? started) }

    func begin() {
        driver = Task { await self.drive() }
    }

    func samples(since start: Duration) -> SampleTrace { sorted().from(start) }

    func stop() async -> SampleTrace {
        isEnding = true
        await driver?.value
        return sorted()
    }

    private func drive() async {
        await withDiscardingTaskGroup { group in
            while !isEnding {
                let due = begins + Self.span * started - Self.lead
                // Nobody cancels this task: the sampling goes on until it is stopped.
                try? await Task.sleep(until: origin + due)
                guard !isEnding else { return }
                let number = started
                started += 1
                underWay.insert(number)
                if hasFailed {
                    // A node that is away is asked by one run at a time.
                    await run(number)
                    skipPast()
                } else {
                    group.addTask { await self.run(number) }
                }
            }
        }
    }

    /// Leaves out the seconds that have gone by.
    private func skipPast() {
        while begins + Self.span * started - Self.lead < elapsed {
            started += 1
            trace.missedSlots += rates.connects + rates.requests
        }
    }

    private func run(_ number: Int) async {
        let from = begins + Self.span * number
        let expected = rates.connects + rates.requests
        let result: CommandResult?
        do throws(TransportFailure) {
            result = try await sampler.connection.run(command(from: from), on: sampler.node)
        } catch {
            result = nil
        }
        let lines = result?.standardOutput.text.split(separator: "\n").prefix(expected + 1) ?? []
        var taken: Set<Substring> = []
        for line in lines {
            // bounded: the span is longer than nothing
            guard let slot = take(line, within: from..<(from + Self.span), besides: taken) else { continue }
            taken.insert(slot)
        }
        trace.missedSlots += max(0, expected - taken.count)
        hasFailed = taken.isEmpty
        underWay.remove(number)
    }

    private func command(from start: Duration) -> RemoteCommand {
        let offset = clock.offset
        // Rounded up, so that a second holds no slot more than it should.
        func interval(_ rate: Int) -> Int { rate > 0 ? (1_000_000 + rate - 1) / rate : 0 }
        let connectsEvery = interval(rates.connects)
        let request = target.request
        let words = [
            target.address, String(target.port), String((start + offset).wholeMicroseconds),
            String(Self.span.wholeMicroseconds), String(connectsEvery), String(interval(rates.requests)),
            // Between two connects, so that the two kinds do not wait for each other.
            String(connectsEvery / 2), request?.tls == true ? "yes" : "no", request?.serverName ?? "",
            Data(request.map(text)?.utf8 ?? "".utf8).base64EncodedString(),
        ]
        return RemoteCommand(
            ["python3", "-I", "-S", "-B", "-c", Self.script] + words, asRoot: false,
            timeLimit: Self.lead + Self.span + .seconds(5), outputLimit: 1 << 16)
    }

    /// RFC 9112, section 3.
    private func text(_ request: HTTPProbeRequest) -> String {
        """
        GET \(request.target) HTTP/1.1\r
        Host: \(request.host)\r
        User-Agent: \(request.userAgent)\r
        Accept: */*\r
        Connection: close\r
        \r

        """
    }

    /// One line of the script's. What lies outside its own second, or says a slot's attempt once more, is not believed.
    /// - Returns: the attempt's kind and slot in a word; nil where there is none to be believed.
    private func take(
        _ line: Substring, within span: Range<Duration>, besides known: Set<Substring>
    ) -> Substring? {
        let words = line.split(separator: " ")
        guard words.count == 5, let sent = Int64(words[1]), let duration = Int64(words[2]),
            let lateness = Int64(words[3]), let outcome = ServiceSample.Outcome(code: words[4]),
            sent.magnitude < 1 << 50, (0..<10_000_000).contains(duration), (0..<2_000_000).contains(lateness)
        else { return nil }
        let slot = "\(words[0])\(sent - lateness)"[...]
        let at = Duration.microseconds(sent) - clock.offset
        guard span.contains(at - .microseconds(lateness) + .milliseconds(1)), !known.contains(slot)
        else { return nil }
        let sample = ServiceSample(
            sent: at, duration: .microseconds(duration), lateness: .microseconds(lateness), outcome: outcome)
        switch (words[0], outcome) {
        case ("c", .answered), ("c", .noAnswer): return nil
        case ("c", _): trace.connects.append(sample)
        case ("r", _): trace.requests.append(sample)
        default: return nil
        }
        return slot
    }

    private func sorted() -> SampleTrace {
        var result = trace
        result.connects.sort { $0.sent < $1.sent }
        result.requests.sort { $0.sent < $1.sent }
        result.seenFrom?.clockUncertainty = clock.uncertainty(after: elapsed)
        return result
    }
}
