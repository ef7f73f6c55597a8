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
            await JobSlot.lending(after: .seconds(60)) { 7 }
        }
        #expect(value == 7)
        #expect(await JobSlot.lending { 8 } == 8)
    }
}
