import Synchronization
import Testing

@testable import GraderCore

struct WaitingLineTests {
    private final class Order: Sendable {
        private let kept = Mutex<[String]>([])
        func add(_ name: String) { kept.withLock { $0.append(name) } }
        var names: [String] { kept.withLock { $0 } }
    }

    @Test(.timeLimit(.minutes(1))) func whoHasBeenInGoesFirst() async {
        let line = WaitingLine(1)
        let order = Order()
        await line.enterAnyway()
        let later = Task {
            await line.enterAnyway()
            order.add("later")
            line.leave()
        }
        let again = Task {
            await line.enterAnyway(first: true)
            order.add("again")
            line.leave()
        }
        while line.waitingCount < 2 { await Task.yield() }
        line.leave()
        await later.value
        await again.value
        #expect(order.names == ["again", "later"])
    }

    /// A cancelled task waits its turn all the same where it says that it leaves in any case.
    @Test(.timeLimit(.minutes(1))) func whoIsCancelled() async {
        let line = WaitingLine(1)
        await line.enterAnyway()
        let gone = Task { await line.enter() }
        let stays = Task { await line.held { Task.isCancelled } }
        gone.cancel()
        stays.cancel()
        #expect(await gone.value == false)
        line.leave()
        #expect(await stays.value)
        #expect(await line.enter())
    }

    @Test func whatThrowsGivesItsPlaceBack() async {
        let line = WaitingLine(1)
        await #expect(throws: CancellationError.self) { try await line.held { throw CancellationError() } }
        #expect(await line.enter())
    }
}
