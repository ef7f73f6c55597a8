import GraderCore
import Synchronization

/// How often one visitor is answered: a page costs a few milliseconds of the processor that the looks need too.
final class VisitLimits: Sendable {
    private static let span: Duration = .seconds(10)
    /// A page that follows a drill as it is measured is fetched twice a second, on a few screens.
    private static let most = 100

    private struct Count {
        var since: ContinuousClock.Instant
        var visits = 0
    }
    private let counts = Mutex<[String: Count]>([:])

    /// Counts a visit; false where there were too many.
    func takes(_ visitor: String, at now: ContinuousClock.Instant = .now) -> Bool {
        counts.withLock { counts in
            var count = counts[visitor] ?? Count(since: now)
            if now - count.since >= Self.span { count = Count(since: now) }
            count.visits += 1
            counts[visitor] = count
            return count.visits <= Self.most
        }
    }
}
