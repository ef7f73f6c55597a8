/// How a piece of work with a time limit ended.
enum Bounded<Value: Sendable>: Sendable {
    case finished(Value)
    case timeUp
    /// The task that asked for the work was cancelled.
    case cancelled
}

/// Waits for a while; ends early, throwing, when the task is cancelled.
typealias Sleep = @Sendable (Duration) async throws -> Void

/// The one that waits for real; tests have others.
let sleepForReal: Sleep = { try await Task.sleep(for: $0, clock: .continuous) }

/// Runs `work` for at most `limit`, then cancels it. Returns only when the work has ended: it has to heed
/// cancellation.
func bounded<Value: Sendable>(
    by limit: Duration, sleep: @escaping Sleep, _ work: @escaping @Sendable () async -> Value
) async -> Bounded<Value> {
    let ending = await withTaskGroup(of: Bounded<Value>.self) { group in
        group.addTask { .finished(await work()) }
        group.addTask {
            do {
                try await sleep(limit)
                return .timeUp
            } catch {
                return .cancelled
            }
        }
        let first = await group.next() ?? .cancelled
        group.cancelAll()
        return first
    }
    return Task.isCancelled ? .cancelled : ending
}
