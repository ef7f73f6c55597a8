import GraderCore

/// What looking at a class needs of the world outside, as values: whoever puts the program together gives SSH and the
/// grader's own network, a test what it likes.
public struct Transports: Sendable {
    /// The ways to one student's machines.
    public typealias Ways = @Sendable (RosterStudent) -> PairCollector.Access

    /// Opens what the log-ins of these students need (keys, host keys on file) before any machine is touched.
    public var open: @Sendable ([RosterStudent]) async throws -> Ways
    /// Every secret that the roster names, read. Nothing is opened with them here; who shares one is told.
    public var secrets: [SecretSource: Secret]
    /// Nil: no drill can be watched from here.
    public var drills: DrillMeans?

    public init(
        secrets: [SecretSource: Secret] = [:], drills: DrillMeans? = nil,
        open: @escaping @Sendable ([RosterStudent]) async throws -> Ways
    ) {
        self.open = open
        self.secrets = secrets
        self.drills = drills
    }
}

/// What a drill needs of the grader's own host.
public struct DrillMeans: Sendable {
    /// Watches the service from outside.
    public var sampler: any ServiceSampler
    /// Runs an argument vector; its exit status.
    public var runHere: @Sendable ([String]) async -> Int32
    /// Has somebody else run an argument vector should this process die; what is returned calls that off.
    public var runIfWeDie: @Sendable ([String]) -> @Sendable () -> Void

    public init(
        sampler: any ServiceSampler, runHere: @escaping @Sendable ([String]) async -> Int32,
        runIfWeDie: @escaping @Sendable ([String]) -> @Sendable () -> Void
    ) {
        self.sampler = sampler
        self.runHere = runHere
        self.runIfWeDie = runIfWeDie
    }
}
