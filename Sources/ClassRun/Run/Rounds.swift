import Foundation
import GraderCore

/// Rounds of a lesson, one after the other and never two at once: a round that takes longer than the interval puts
/// the next one off.
public struct Rounds: Sendable {
    /// From the start of one round to the start of the next.
    public var interval: Duration
    /// Nil: until the task is cancelled.
    public var count: Int?
    /// No round begins after it, by the clock on the wall; nil: none such.
    public var until: Date?

    public init(every interval: Duration, count: Int? = nil, until: Date? = nil) {
        self.interval = interval
        self.count = count
        self.until = until
    }

    /// - Parameter onPause: told how long the pause is, before it.
    /// - Returns: what the last round brought.
    /// - Throws: what a round does; the rounds end with it.
    public func run<Value>(
        _ round: () async throws -> Value, onPause: (Duration) -> Void
    ) async throws -> Value? {
        let clock = ContinuousClock()
        var last: Value?
        var number = 0
        while !Task.isCancelled {
            number += 1
            let start = clock.now
            last = try await round()
            if let count, number >= count { break }
            // The machines get a moment's rest even where a round took longer than the interval.
            let next = max(start.advanced(by: interval), clock.now.advanced(by: .seconds(5)))
            let pause = next - clock.now
            if let until, Date().addingTimeInterval(pause / .seconds(1)) > until { break }
            onPause(pause)
            do { try await clock.sleep(until: next) } catch { break }
        }
        return last
    }
}
