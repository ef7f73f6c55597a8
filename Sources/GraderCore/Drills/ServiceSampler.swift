/// Where and how the sampler asks.
public struct SamplingTarget: Sendable, Hashable, Codable {
    /// E.g. the address that moves.
    public var address: String
    public var port: Int
    /// Nil where nothing is asked for but connections; a refusal is then an answer like any other.
    public var request: HTTPProbeRequest?
    public var acceptedStatuses: [Int]

    public init(address: String, port: Int, request: HTTPProbeRequest?, acceptedStatuses: [Int]) {
        self.address = address
        self.port = port
        self.request = request
        self.acceptedStatuses = acceptedStatuses
    }

    /// What counts as being served.
    public var view: ServiceView {
        request == nil ? .address : .service(acceptedStatuses: acceptedStatuses)
    }

    /// Whether an attempt says that all is well; one that failed on our side says nothing against it.
    public func isServed(_ sample: ServiceSample) -> Bool {
        switch sample.outcome {
        case .accepted, .ownFailure: true
        case .answered(let status): acceptedStatuses.contains(status)
        case .refused: request == nil
        case .silent, .unreachable, .reset, .noAnswer: false
        }
    }
}

/// Asks for a service at a fixed rate, each attempt on its own connection with its own deadline, so that a slow
/// attempt delays no other. All times are since `start` returned, by a monotonic clock.
public protocol ServiceSampler: Sendable {
    /// Begins asking.
    /// - Parameters:
    ///   - connectsPerSecond: attempts to connect.
    ///   - requestsPerSecond: HTTP requests, where the target has one; 0 for none.
    func start(
        _ target: SamplingTarget, connectsPerSecond: Int, requestsPerSecond: Int
    ) async throws(DialFailure) -> any RunningSampler
}

/// A sampler at work.
public protocol RunningSampler: Sendable {
    /// The time line's now.
    var elapsed: Duration { get }
    /// Of the attempts made before this all are known that will be known soon; those after it may still be on their
    /// way here.
    var knownUntil: Duration { get async }
    /// The attempts whose outcome is known by now, made since `start`.
    func samples(since start: Duration) async -> SampleTrace
    /// Stops asking, waits for the attempts under way (bounded by their deadlines), and gives everything.
    func stop() async -> SampleTrace
}
