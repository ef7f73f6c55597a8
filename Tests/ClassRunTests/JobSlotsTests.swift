import GraderCore
import Testing

@testable import ClassRun

struct JobSlotsTests {
    /// Opened once; whoever comes before waits.
    private actor Gate {
        private var isOpen = false
        private var waiting: [CheckedContinuation<Void, Never>] = []
        func open() {
            isOpen = true
            for one in waiting { one.resume() }
            waiting = []
        }
        func pass() async { if !isOpen { await withCheckedContinuation { waiting.append($0) } } }
    }

    private actor Order {
        private(set) var names: [String] = []
        func add(_ name: String) { names.append(name) }
    }

    /// One place only; the first who has it waits for a machine that answers when the second is through.
    @Test(.timeLimit(.minutes(1))) func whoWaitsLetsAnotherGoFirst() async {
        let slots = JobSlots(1)
        let gate = Gate()
        let order = Order()
        await slots.line.enterAnyway()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await JobSlot.$current.withValue(JobSlot(of: slots)) {
                    await JobSlot.lending(after: .zero) { await gate.pass() }
                }
                await order.add("silent")
                slots.line.leave()
            }
            group.addTask {
                await slots.line.enterAnyway()
                await order.add("awake")
                await gate.open()
                slots.line.leave()
            }
        }
        #expect(await order.names == ["awake", "silent"])
        // Both places are back: it can be taken, and no more than once.
        await slots.line.enterAnyway()
        let second = Task { await slots.line.enterAnyway() }
        slots.line.leave()
        await second.value
    }

    /// What does not take long keeps its place, and outside a run there is none.
    @Test func whatIsQuickLendsNothing() async {
        let slots = JobSlots(1)
        await slots.line.enterAnyway()
        let value = await JobSlot.$current.withValue(JobSlot(of: slots)) {
            await JobSlot.lending(after: .seconds(3600)) { 7 }
        }
        #expect(value == 7)
        #expect(await JobSlot.lending { 8 } == 8)
    }

    /// Whether another had the place while this one worked.
    private func isLent(by work: @escaping @Sendable (_ slots: JobSlots) async -> Void) async -> Bool {
        let slots = JobSlots(1)
        await slots.line.enterAnyway()
        let order = Order()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await JobSlot.$current.withValue(JobSlot(of: slots)) { await work(slots) }
                await order.add("first")
                slots.line.leave()
            }
            group.addTask {
                await slots.line.enterAnyway()
                await order.add("second")
                slots.line.leave()
            }
        }
        return await order.names == ["second", "first"]
    }

    /// Answers at a trickle keep the place only so long.
    @Test func whoseMachinesAnswerKeepsThePlaceForAWhile() async {
        @Sendable func trickle(for limit: Duration) async {
            await JobSlot.lending(.evidence, after: .seconds(3600), atLatest: limit) {
                for _ in 0..<10 {
                    JobSlot.current?.hasProgressed()
                    try? await Task.sleep(for: .milliseconds(50))
                }
            }
        }
        #expect(await !isLent { _ in await trickle(for: .seconds(3600)) })
        #expect(await isLent { _ in await trickle(for: .milliseconds(100)) })
    }

    @Test func whoseMachinesAreSilentLendsIt() async {
        #expect(
            await isLent { _ in
                await JobSlot.lending(.evidence, after: .milliseconds(50), atLatest: .seconds(3600)) {
                    try? await Task.sleep(for: .milliseconds(500))
                }
            })
    }

    /// Evidence is memory: as many again as there are places hold it while others have theirs, and no more.
    @Test func noMoreHoldEvidenceThanThereArePlaces() async {
        let slots = JobSlots(1)
        let gate = Gate()
        let begun = Order()
        await withTaskGroup(of: Void.self) { group in
            for name in ["first", "second", "third"] {
                group.addTask {
                    await slots.line.enterAnyway()
                    await begun.add(name)
                    await JobSlot.$current.withValue(JobSlot(of: slots)) {
                        await JobSlot.lending(.evidence, after: .milliseconds(20)) { await gate.pass() }
                    }
                    slots.line.leave()
                }
            }
            while await begun.names.count < 2 { try? await Task.sleep(for: .milliseconds(10)) }
            try? await Task.sleep(for: .milliseconds(200))
            #expect(await begun.names.count == 2)
            await gate.open()
        }
        #expect(await begun.names.count == 3)
    }
}
