import Synchronization

/// How to have something run on an event loop, or whatever else the grader's waiting hangs on, after a while.
public struct LoopClock: Sendable {
    public var after: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void

    public init(after: @escaping @Sendable (Duration, @escaping @Sendable () -> Void) -> Void) {
        self.after = after
    }

    /// Swift's own threads, on which everything that is `async` goes on.
    public static let tasks = LoopClock { delay, body in
        Task {
            // Nobody cancels it.
            try? await Task.sleep(for: delay, clock: .continuous)
            body()
        }
    }
}

/// How late one loop has been, all in all: it is asked to come back after an interval, again and again.
struct LoopLag: Sendable {
    static let interval = Duration.milliseconds(100)
    /// A loop with much to do comes back a little late each time and keeps nobody waiting.
    static let tolerance = Duration.milliseconds(50)

    private var due: Duration
    private var total = Duration.zero
    private(set) var worst = Duration.zero

    /// Times are since any moment, the same one.
    init(startedAt start: Duration) { due = start + Self.interval + Self.tolerance }

    /// The loop is back.
    mutating func tick(at now: Duration) {
        total = total(at: now)
        worst = max(worst, now - due + Self.tolerance)
        due = now + Self.interval + Self.tolerance
    }

    /// Up to now, what it owes at this moment included.
    func total(at now: Duration) -> Duration { total + max(.zero, now - due) }
}

/// Watches whether the grader itself was on time, so that a time-out counts against a host only as far as somebody
/// was there to hear it. Watches for as long as somebody holds it.
public final class LagWatch: Sendable {
    private let start = ContinuousClock.now
    private let states: Mutex<[LoopLag]>

    /// What the loops owed at one moment.
    public struct Mark: Sendable {
        fileprivate var totals: [Duration]
    }

    public init(_ loops: [LoopClock]) {
        states = Mutex(loops.map { _ in LoopLag(startedAt: .zero) })
        for (index, loop) in loops.enumerated() { Self.ask(loop, index, self) }
    }

    private static func ask(_ loop: LoopClock, _ index: Int, _ watch: LagWatch) {
        loop.after(LoopLag.interval) { [weak watch] in
            guard let watch else { return }
            let now = ContinuousClock.now - watch.start
            watch.states.withLock { $0[index].tick(at: now) }
            ask(loop, index, watch)
        }
    }

    /// To be kept where a wait begins.
    public func mark() -> Mark {
        let now = ContinuousClock.now - start
        return states.withLock { states in Mark(totals: states.map { $0.total(at: now) }) }
    }

    /// How late the worst of the loops has come back at worst.
    public var worst: Duration { states.withLock { $0.map(\.worst).max() ?? .zero } }

    /// Whether since then a loop was late for so much of a wait of this length that whoever was waited for cannot be
    /// blamed: a quarter, and a second.
    public func wasLate(since mark: Mark, waiting limit: Duration) -> Bool {
        let late = zip(self.mark().totals, mark.totals).map { $0 - $1 }.max() ?? .zero
        return Self.excuses(late, waiting: limit)
    }

    static func excuses(_ late: Duration, waiting limit: Duration) -> Bool {
        late >= max(limit / 4, .seconds(1))
    }
}
