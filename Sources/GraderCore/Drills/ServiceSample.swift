/// One attempt of the sampler, on its own connection.
public struct ServiceSample: Sendable, Hashable {
    /// What became of the attempt, as the grader's socket saw it.
    public enum Outcome: Sendable, Hashable {
        /// The TCP connection stood.
        case accepted
        /// RST: the address is there, nobody listens.
        case refused
        /// Nothing came back before the attempt's deadline.
        case silent
        /// ICMP or the neighbour cache: no way to the address.
        case unreachable
        /// Connected, then broken by the other side.
        case reset
        /// Connected, but no complete HTTP answer came before the deadline.
        case noAnswer
        /// A complete HTTP answer with this status.
        case answered(Int)
        /// The grader's own trouble (no descriptor left): says nothing about the service.
        case ownFailure
    }

    /// When the attempt was made, since the sampler began.
    public var sent: Duration
    /// How long until its outcome was known.
    public var duration: Duration
    /// How much later than its slot it was made.
    public var lateness: Duration
    public var outcome: Outcome

    public init(sent: Duration, duration: Duration, lateness: Duration = .zero, outcome: Outcome) {
        self.sent = sent
        self.duration = duration
        self.lateness = lateness
        self.outcome = outcome
    }

    /// When the outcome was known.
    public var done: Duration { sent + duration }
}

/// Which MAC address the grader's kernel had for the address from some moment on.
public struct NeighbourChange: Sendable, Hashable, Codable {
    @SecondsCoded public var at: Duration
    /// Lower case with colons; nil while there was none.
    public var mac: String?

    public init(at: Duration, mac: String?) {
        self.at = at
        self.mac = mac
    }
}

/// A node that did the sampling, because the grader does not stand in the pair's network.
public struct SamplingVantage: Sendable, Hashable, Codable {
    public var node: MachineID
    /// By how much every time of the trace may be wrong on the grader's time line, either way; all by the same, so
    /// that lengths are not concerned.
    @SecondsCoded public var clockUncertainty: Duration

    public init(node: MachineID, clockUncertainty: Duration) {
        self.node = node
        self.clockUncertainty = clockUncertainty
    }
}

/// All attempts of one sampling, in the order of their slots.
public struct SampleTrace: Sendable, Hashable, Codable {
    /// Attempts to connect, at `connectsPerSecond`.
    @SamplesCoded public var connects: [ServiceSample]
    /// HTTP requests, at `requestsPerSecond`.
    @SamplesCoded public var requests: [ServiceSample]
    public var neighbours: [NeighbourChange]
    public var connectsPerSecond: Int
    public var requestsPerSecond: Int
    /// Slots that were left out because the grader's processor was late by more than a slot.
    public var missedSlots: Int
    /// Whether the sampler's thread had real-time priority (`sched(7)`, SCHED_RR).
    public var hadRealTimePriority: Bool
    /// Nil where the grader itself asked.
    public var seenFrom: SamplingVantage?

    public init(
        connects: [ServiceSample] = [], requests: [ServiceSample] = [], neighbours: [NeighbourChange] = [],
        connectsPerSecond: Int, requestsPerSecond: Int, missedSlots: Int = 0,
        hadRealTimePriority: Bool = false, seenFrom: SamplingVantage? = nil
    ) {
        self.connects = connects
        self.requests = requests
        self.neighbours = neighbours
        self.connectsPerSecond = connectsPerSecond
        self.requestsPerSecond = requestsPerSecond
        self.missedSlots = missedSlots
        self.hadRealTimePriority = hadRealTimePriority
        self.seenFrom = seenFrom
    }

    /// How late the attempts were made: median, 99th percentile, worst. Nil without attempts.
    public var scheduleError: (median: Duration, p99: Duration, worst: Duration)? {
        let sorted = connects.map(\.lateness).sorted()
        guard let worst = sorted.last else { return nil }
        return (sorted[(sorted.count - 1) / 2], sorted[(sorted.count - 1) * 99 / 100], worst)
    }

    /// The longest time from then on in which nothing was asked: the sampler's machine slept, stood still or had no
    /// descriptor left, and what became of the service meanwhile nobody saw.
    public func longestHole(from start: Duration, to end: Duration) -> Duration {
        let asked = connects.filter { $0.outcome != .ownFailure }.map(\.sent)
        let moments = asked.filter { $0 > start && $0 < end }.sorted()
        return zip([start] + moments, moments + [max(start, end)]).map { $1 - $0 }.max() ?? .zero
    }

    /// The part of the trace sent from then on.
    public func from(_ start: Duration) -> SampleTrace {
        var part = self
        part.connects = connects.filter { $0.sent >= start }
        part.requests = requests.filter { $0.sent >= start }
        return part
    }
}

/// Samples as one text, `sent,duration,lateness,outcome` in microseconds and a letter, separated by spaces: a drill has
/// thousands.
@propertyWrapper
public struct SamplesCoded: Sendable, Hashable, Codable {
    public var wrappedValue: [ServiceSample]

    public init(wrappedValue: [ServiceSample]) { self.wrappedValue = wrappedValue }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        wrappedValue = try container.decode(String.self).split(separator: " ").map { word in
            guard let sample = ServiceSample(word: word) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a sample")
            }
            return sample
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue.map(\.word).joined(separator: " "))
    }
}

extension ServiceSample {
    fileprivate var word: String {
        let code =
            if case .answered(let status) = outcome {
                "h\(status)"
            } else {
                Outcome.letters.first { $0.outcome == outcome }?.letter ?? "o"
            }
        return "\(sent.wholeMicroseconds),\(duration.wholeMicroseconds),\(lateness.wholeMicroseconds),\(code)"
    }

    fileprivate init?(word: Substring) {
        let parts = word.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 4, let sent = Int64(parts[0]), let duration = Int64(parts[1]),
            let lateness = Int64(parts[2]), let outcome = Outcome(code: parts[3])
        else { return nil }
        self.init(
            sent: .microseconds(sent), duration: .microseconds(duration), lateness: .microseconds(lateness),
            outcome: outcome)
    }
}

extension ServiceSample.Outcome {
    /// By its letter in a written trace: a(ccepted), r(efused), s(ilent), u(nreachable), x (reset), n(o answer),
    /// o(wn failure), h and a status.
    public init?(code: Substring) {
        if let known = Self.letters.first(where: { $0.letter == code }) {
            self = known.outcome
        } else {
            guard code.first == "h", let status = Int(code.dropFirst()) else { return nil }
            self = .answered(status)
        }
    }

    fileprivate static let letters: [(letter: String, outcome: Self)] = [
        ("a", .accepted), ("r", .refused), ("s", .silent), ("u", .unreachable), ("x", .reset),
        ("n", .noAnswer),
        ("o", .ownFailure),
    ]
}
