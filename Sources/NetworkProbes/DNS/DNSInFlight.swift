import Synchronization

/// The queries under way: so many at once, the rest wait in line; each with an id that no other has.
final class DNSInFlight: Sendable {
    private struct State {
        var ids: Set<UInt16> = []
        var nextTicket = 0
        var waiting: [(ticket: Int, resume: CheckedContinuation<UInt16?, Never>)] = []
        var cancelled: Set<Int> = []

        mutating func takeID() -> UInt16 {
            // From the system's generator, so that nobody guesses the next one. There are far fewer in flight than
            // ids, so a free one is found at once.
            while true {
                let id = UInt16.random(in: .min ... .max)
                if ids.insert(id).inserted { return id }
            }
        }
    }

    /// For the whole program: a class of a hundred asks a hundred servers, not one of them more than a few times.
    static let shared = DNSInFlight(limit: 128)

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = min(max(1, limit), 1024) }

    /// An unused id, when there is room; nil where the task was cancelled first. To be given back by `leave`.
    func enter() async -> UInt16? {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let id = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Nil: has to wait.
                let answer = state.withLock { state -> UInt16?? in
                    if state.cancelled.contains(ticket) { return .some(nil) }
                    if state.ids.count < limit { return state.takeID() }
                    state.waiting.append((ticket, continuation))
                    return .none
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<UInt16?, Never>? in
                state.cancelled.insert(ticket)
                guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiting.remove(at: index).resume
            }
            waiter?.resume(returning: nil)
        }
        _ = state.withLock { $0.cancelled.remove(ticket) }
        return id
    }

    func leave(_ id: UInt16) {
        let next = state.withLock { state -> (CheckedContinuation<UInt16?, Never>, UInt16)? in
            state.ids.remove(id)
            guard !state.waiting.isEmpty else { return nil }
            return (state.waiting.removeFirst().resume, state.takeID())
        }
        if let (waiter, id) = next { waiter.resume(returning: id) }
    }
}
