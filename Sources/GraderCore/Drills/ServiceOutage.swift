/// A moment known only to lie between two.
public struct UncertainMoment: Sendable, Hashable, Codable {
    @SecondsCoded public var earliest: Duration
    @SecondsCoded public var latest: Duration

    public init(earliest: Duration, latest: Duration) {
        self.earliest = min(earliest, latest)
        self.latest = max(earliest, latest)
    }

    public var middle: Duration { (earliest + latest) / 2 }
    /// Half the span.
    public var uncertainty: Duration { (latest - earliest) / 2 }
}

/// A time in which a client was not served.
public struct ServiceOutage: Sendable, Hashable {
    public var start: UncertainMoment
    /// Nil where the service had not come back when the sampling ended.
    public var end: UncertainMoment?
    public var failedConnects: Int
    public var failedRequests: Int
    public var phases: [Phase]

    /// What a client lived through, one after the other.
    public struct Phase: Sendable, Hashable {
        /// Any but `served`.
        public var kind: DrillTimeline.Span.State
        /// From the first failing attempt of its kind.
        public var start: Duration
        /// To the first attempt of the next kind, or the outage's end.
        public var end: Duration
    }

    /// The last moment that it may have lasted to.
    var endsAtLatest: Duration { end?.latest ?? .endless }

    /// How long it lasted, in the middle of what is possible; nil where it did not end.
    public var length: Duration? { end.map { $0.middle - start.middle } }
    /// By how much `length` may be wrong either way; nil where it did not end.
    public var uncertainty: Duration? { end.map { $0.uncertainty + start.uncertainty } }
}

/// What counts as being served.
public enum ServiceView: Sendable, Hashable {
    /// Connections are accepted and requests answered with one of these statuses.
    case service(acceptedStatuses: [Int])
    /// The address answers at all, a refusal included: whether it is somewhere.
    case address
}

extension Duration {
    /// Of what had not ended when the watching did: later than every moment of a drill. A quarter of what fits, so that
    /// it can be added to and taken from without overflow (`Duration` traps).
    static let endless = Duration.seconds(Int64.max / 4)  // bounded: a whole number
}
