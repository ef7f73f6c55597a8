import GraderCore
import Synchronization

/// The places of a class run: so many pairs are looked at at once. A pair that only waits for its machines to answer
/// gives its place to another meanwhile, so that machines that are off, or that answer at a trickle, cost the class no time
/// but their own.
actor JobSlots {
    /// What a pair holds that has given its place away.
    enum Holding { case connections, evidence }

    nonisolated let line: WaitingLine
    /// How many may have given their place away: each has two connections under way; evidence takes memory, and no more
    /// pairs hold it for others' places than for their own.
    private var free: [Holding: Int]

    init(_ count: Int, areLent: Bool = true) {
        line = WaitingLine(count)
        free = areLent ? [.connections: 256, .evidence: count] : [:]
    }

    private enum State { case waiting, lent(Holding) }
    /// Of the places whose owners wait, by the owner.
    private var states: [ObjectIdentifier: State] = [:]

    fileprivate func beginWaiting(_ owner: JobSlot) { states[ObjectIdentifier(owner)] = .waiting }

    /// Gives the place away where its owner still waits; where so many are lent already, it is kept.
    fileprivate func lend(_ owner: JobSlot, _ holding: Holding) {
        guard case .waiting? = states[ObjectIdentifier(owner)], let free = free[holding], free > 0 else {
            return
        }
        states[ObjectIdentifier(owner)] = .lent(holding)
        self.free[holding] = free - 1
        line.leave()
    }

    /// Has a place again, before those who have not begun.
    fileprivate func endWaiting(_ owner: JobSlot) async {
        guard case .lent(let holding)? = states.removeValue(forKey: ObjectIdentifier(owner)) else { return }
        free[holding, default: 0] += 1
        await line.enterAnyway(first: true)
    }
}

/// One pair's place.
final class JobSlot: Sendable {
    /// Of the pair that this task looks at; nil outside a class run.
    @TaskLocal static var current: JobSlot?

    private let slots: JobSlots

    private let progress = Mutex(ContinuousClock.now)

    init(of slots: JobSlots) { self.slots = slots }

    /// Its machines answered.
    func hasProgressed() { progress.withLock { $0 = .now } }

    /// Does what is likely to be waiting only. Once nothing has progressed for `patience`, or `limit` is over (nil: once
    /// `patience` is), the place is another pair's until it is done.
    static func lending<Value: Sendable>(
        _ holding: JobSlots.Holding = .connections, after patience: Duration = .milliseconds(100),
        atLatest limit: Duration? = nil, _ work: () async -> Value
    ) async -> Value {
        guard let slot = current else { return await work() }
        await slot.slots.beginWaiting(slot)
        slot.hasProgressed()
        let latest = ContinuousClock.now + (limit ?? patience)
        let timer = Task {
            while true {
                let due = min(latest, slot.progress.withLock { $0 } + patience)
                guard due > .now else { break }
                try await Task.sleep(until: due, clock: .continuous)
            }
            await slot.slots.lend(slot, holding)
        }
        let value = await work()
        timer.cancel()
        await slot.slots.endWaiting(slot)
        return value
    }
}
