/// A bound on waiting for something that nobody reports: it is looked at again and again until then.
struct Deadline: Sendable {
    private let end: ContinuousClock.Instant
    private let limit: Duration

    init(_ limit: Duration) {
        self.limit = limit
        end = .now + limit
    }

    /// Looks every `interval` until `condition` holds.
    ///
    /// - Throws: `LabError` naming what was waited for, once the time is up.
    func wait(
        for what: String, every interval: Duration = .milliseconds(50),
        until condition: () async throws -> Bool
    ) async throws {
        while try await !condition() {
            guard ContinuousClock.now < end else {
                throw LabError("Waited \(limit.components.seconds) s in vain for \(what).")
            }
            try await Task.sleep(for: interval)
        }
    }
}
