import GraderCore

/// The places of a class run: so many pairs are looked at at once. A pair that only waits for its machines to answer
/// gives its place to another meanwhile, so that machines that are off cost the class no time but their own.
actor JobSlots {
    /// Pairs that have given their place away at once; each has two connections under way.
    static let mostLent = 256

    nonisolated let line: WaitingLine
    private var lent = 0

    init(_ count: Int) { line = WaitingLine(count) }

    private enum State { case waiting, lent }
    /// Of the places whose owners wait, by the owner.
    private var states: [ObjectIdentifier: State] = [:]

    fileprivate func beginWaiting(_ owner: JobSlot) { states[ObjectIdentifier(owner)] = .waiting }

    /// Gives the place away where its owner still waits; where so many are lent already, it is kept.
    fileprivate func lend(_ owner: JobSlot) {
        guard case .waiting? = states[ObjectIdentifier(owner)], lent < Self.mostLent else { return }
        states[ObjectIdentifier(owner)] = .lent
        lent += 1
        line.leave()
    }

    /// Has a place again, before those who have not begun.
    fileprivate func endWaiting(_ owner: JobSlot) async {
        guard case .lent? = states.removeValue(forKey: ObjectIdentifier(owner)) else { return }
        lent -= 1
        await line.enterAnyway(first: true)
    }
}

/// One pair's place.
final class JobSlot: Sendable {
    /// Of the pair that this task looks at; nil outside a class run.
    @TaskLocal static var current: JobSlot?

    private let slots: JobSlots

    init(of slots: JobSlots) { self.slots = slots }

    /// Does what is likely to be waiting only; after `patience` the place is another pair's until it is over.
    static func lending<Value: Sendable>(
        after patience: Duration = .milliseconds(100), _ work: () async -> Value
    ) async -> Value {
        guard let slot = current else { return await work() }
        await slot.slots.beginWaiting(slot)
        let timer = Task {
            try await Task.sleep(for: patience)
            await slot.slots.lend(slot)
        }
        let value = await work()
        timer.cancel()
        await slot.slots.endWaiting(slot)
        return value
    }
}
