import Synchronization
import Testing

@testable import ClassRun

struct RoundsTests {
    /// Cut off between two rounds: what the last one brought is kept.
    @Test(.timeLimit(.minutes(1))) func whoIsCutOffInThePauseKeepsTheLastRound() async throws {
        let (paused, pause) = AsyncStream.makeStream(of: Duration.self)
        let count = Mutex(0)
        let work = Task {
            try await Rounds(every: .seconds(3600)).run {
                count.withLock {
                    $0 += 1
                    return $0
                }
            } onPause: {
                pause.yield($0)
            }
        }
        for await length in paused {
            // From start to start.
            #expect(length > .seconds(3000) && length <= .seconds(3600))
            break
        }
        work.cancel()
        #expect(try await work.value == 1)
    }

    @Test(.timeLimit(.minutes(1))) func theLastOfSoManyIsFollowedByNoPause() async throws {
        let last = try await Rounds(every: .seconds(3600), count: 1).run {
            "done"
        } onPause: { _ in
            Issue.record("a pause after the last round")
        }
        #expect(last == "done")
    }
}
