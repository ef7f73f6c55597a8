import GraderCore

/// Rounds of a lesson, one after the other and never two at once: a round that takes longer than the interval puts
/// the next one off.
public struct Rounds: Sendable {
    /// From the start of one round to the start of the next.
    public var interval: Duration
    /// Nil: until the task is cancelled.
    public var count: Int?

    public init(every interval: Duration, count: Int? = nil) {
        self.interval = interval
        self.count = count
    }

    /// - Parameters:
    ///   - round: what is done each time.
    ///   - onPause: told how long the pause is, before it.
    /// - Returns: what the last round brought.
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
            onPause(next - clock.now)
            do { try await clock.sleep(until: next) } catch { break }
        }
        return last
    }
}

extension ClassGrader {
    /// One check of a student after the other, never two at once, and less often while the pair does not answer.
    /// - Parameters:
    ///   - pause: between two looks, while the pair answers.
    ///   - onLook: given each look with the one before it and the pause after it, nil at the last.
    /// - Returns: the last look that was not broken off.
    public nonisolated func watch(
        _ student: RosterStudent, pause: Duration, looks: Int,
        onLook: (_ result: GradedResult, _ before: GradedResult?, _ next: Duration?) throws -> Void
    ) async throws -> GradedResult? {
        // Opened once: nobody wants to be asked for a password every ten seconds.
        let ways = try await transports.open([student])
        var before: GradedResult?
        var next = pause
        for number in 1...max(1, looks) {
            let result = try await check(student, ways(student), nil) { _ in }
            // A look that was broken off says nothing about the pair.
            guard !Task.isCancelled else { return before }
            // Log-ins that fail are asked for less and less often: a student's sshd counts them.
            next = result.unreachable.isEmpty ? pause : min(next * 2, max(.seconds(60), pause))
            let isLast = number == max(1, looks)
            try onLook(result, before, isLast ? nil : next)
            before = result
            if isLast { break }
            do { try await Task.sleep(for: next) } catch { break }
        }
        return before
    }
}
