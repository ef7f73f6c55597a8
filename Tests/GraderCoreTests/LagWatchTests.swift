import Testing

@testable import GraderCore

@Suite struct LagWatchTests {
    @Test func latenessIsWhatIsOwedBeyondTheInterval() {
        var lag = LoopLag(startedAt: .zero)
        #expect(lag.total(at: .milliseconds(150)) == .zero)
        lag.tick(at: .milliseconds(100))
        lag.tick(at: .milliseconds(255))
        #expect(lag.total(at: .milliseconds(400)) == .milliseconds(5))
        // Held up at this very moment.
        #expect(lag.total(at: .milliseconds(1405)) == .milliseconds(1005))
        lag.tick(at: .milliseconds(1405))
        lag.tick(at: .milliseconds(1500))
        #expect(lag.total(at: .milliseconds(1600)) == .milliseconds(1005))
        // It was due a tenth of a second after it came back at 255 ms.
        #expect(lag.worst == .milliseconds(1050))
    }

    /// A quarter of the wait, and never less than a second: a busy machine is some milliseconds late at all times.
    @Test(arguments: [
        (10.0, 2.5, true), (10.0, 2.49, false), (0.2, 1, true), (0.2, 0.99, false), (120.0, 29.0, false),
    ])
    func whatExcuses(_ limit: Double, _ late: Double, _ isExcused: Bool) {
        #expect(LagWatch.excuses(.seconds(late), waiting: .seconds(limit)) == isExcused)
    }

    /// Only what was owed since the wait began, by the worst of the loops.
    @Test func aLoopThatNeverComesBack() async throws {
        let watch = LagWatch([.tasks, LoopClock { _, _ in }])
        let begin = watch.mark()
        #expect(!watch.wasLate(since: begin, waiting: .seconds(5)))
        try await Task.sleep(for: .milliseconds(1500))
        #expect(watch.wasLate(since: begin, waiting: .seconds(5)))
        #expect(!watch.wasLate(since: watch.mark(), waiting: .seconds(5)))
        #expect(!LagWatch([]).wasLate(since: LagWatch([]).mark(), waiting: .zero))
    }
}
