/// How a piece of work with a time limit ended.
enum Bounded<Value: Sendable>: Sendable {
    case finished(Value)
    /// Its time was up and it was cancelled; what it came to all the same.
    case timeUp(Value)
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
    by limit: Duration, sleep: @escaping Sleep = sleepForReal, _ work: @escaping @Sendable () async -> Value
) async -> Bounded<Value> {
    let ending = await withTaskGroup(of: Value?.self) { group -> Bounded<Value> in
        group.addTask { await work() }
        group.addTask {
            // Sleep ends early when the work has ended or everything is cancelled; nothing else ends it so.
            try? await sleep(limit)
            return nil
        }
        var isTimeUp = false
        while let next = await group.next() {
            group.cancelAll()
            if let value = next { return isTimeUp ? .timeUp(value) : .finished(value) }
            isTimeUp = true
        }
        return .cancelled
    }
    return Task.isCancelled ? .cancelled : ending
}
