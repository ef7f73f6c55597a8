import GraderCore
import Synchronization

/// The queries under way: so many at once, the rest wait in line; each with an id that no other has.
final class DNSInFlight: Sendable {
    /// For the whole program: a class of a hundred asks a hundred servers, not one of them more than a few times.
    static let shared = DNSInFlight(limit: 128)

    private let line: WaitingLine
    private let ids = Mutex<Set<UInt16>>([])

    init(limit: Int) { line = WaitingLine(min(limit, 1024)) }

    /// An unused id, when there is room; nil where the task was cancelled first. To be given back by `leave`.
    func enter() async -> UInt16? {
        guard await line.enter() else { return nil }
        return ids.withLock { ids in
            // From the system's generator, so that nobody guesses the next one. There are far fewer in flight than
            // ids, so a free one is found at once.
            while true {
                let id = UInt16.random(in: .min ... .max)
                if ids.insert(id).inserted { return id }
            }
        }
    }

    func leave(_ id: UInt16) {
        _ = ids.withLock { $0.remove(id) }
        line.leave()
    }
}
