import NIOCore

/// The moments at which attempts are due: absolute, so that a late one makes no later one late.
struct SlotSchedule: Sendable {
    let origin: NIODeadline
    let interval: TimeAmount
    /// The next slot's number.
    private(set) var next: Int64 = 0

    init(origin: NIODeadline, perSecond: Int) {
        self.origin = origin
        interval = .nanoseconds(1_000_000_000 / Int64(max(1, perSecond)))
    }

    /// When the next attempt is due.
    var due: NIODeadline { origin + .nanoseconds(interval.nanoseconds * next) }

    /// Takes the next slot. Where the processor was away for longer than a slot, the slots that went by are left
    /// out: attempts made up for in a burst would tell of one moment only.
    /// - Returns: the slot's moment and how many were left out before it.
    mutating func take(now: NIODeadline) -> (slot: NIODeadline, missed: Int) {
        let behind = max(0, (now - due).nanoseconds / interval.nanoseconds)
        next += behind
        let slot = due
        next += 1
        return (slot, Int(behind))
    }
}
