import Synchronization

/// Lets so many be under way at once; the rest wait in line. A cancelled wait gives up its place.
public final class WaitingLine: Sendable {
    private struct State {
        var free: Int
        var nextTicket = 0
        var waiting: [(ticket: Int, resume: CheckedContinuation<Bool, Never>)] = []
        var cancelled: Set<Int> = []
    }
    private let state: Mutex<State>

    public init(_ limit: Int) { state = Mutex(State(free: max(1, limit))) }

    /// False where the task was cancelled first; then there is nothing to leave.
    public func enter() async -> Bool {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let hasEntered = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Nil: has to wait.
                let answer = state.withLock { state -> Bool? in
                    if state.cancelled.contains(ticket) { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                state.cancelled.insert(ticket)
                guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiting.remove(at: index).resume
            }
            waiter?.resume(returning: false)
        }
        _ = state.withLock { $0.cancelled.remove(ticket) }
        return hasEntered
    }

    /// Waits also where the task is cancelled: for whoever leaves in any case.
    /// - Parameter first: before those who wait already.
    public func enterAnyway(first: Bool = false) async {
        _ = await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
            let isIn = state.withLock { state -> Bool in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.nextTicket += 1
                state.waiting.insert(
                    (state.nextTicket, continuation), at: first ? 0 : state.waiting.endIndex)
                return false
            }
            if isIn { continuation.resume(returning: true) }
        }
    }

    /// Does a piece of work once there is a place for it, cancelled or not.
    public func held<Value>(_ work: () async throws -> Value) async rethrows -> Value {
        await enterAnyway()
        defer { leave() }
        return try await work()
    }

    /// How many wait.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Gives a place back, to the first who waits.
    public func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().resume }
            state.free += 1
            return nil
        }
        next?.resume(returning: true)
    }
}
