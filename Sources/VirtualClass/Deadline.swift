/// Looks every `interval` until `condition` holds: for what nobody reports.
/// - Throws: `LabError` naming what was waited for, once `limit` has passed.
func waiting(
    _ limit: Duration, for what: String, every interval: Duration = .milliseconds(50),
    until condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        try require(ContinuousClock.now < end, "Waited \(limit.components.seconds) s in vain for \(what).")
        try await Task.sleep(for: interval)
    }
}
