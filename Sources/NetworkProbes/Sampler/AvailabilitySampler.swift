import Foundation
import GraderCore
import NIOCore
import NIOPosix
import Synchronization

/// Samples a service from the grader's own network, on a thread of its own with real-time priority where that is
/// permitted.
public struct AvailabilitySampler: ServiceSampler {
    public init() {}

    /// - Throws: ``DialFailure`` where the target is no address.
    public func start(
        _ target: SamplingTarget, connectsPerSecond: Int, requestsPerSecond: Int
    ) async throws(DialFailure) -> any RunningSampler {
        let address = try DirectDialer.socketAddress(host: target.address, port: target.port)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        do {
            let (state, origin) = try await loop.submit {
                let state = SamplerState(
                    loop: loop, address: address, target: target, connectsPerSecond: connectsPerSecond,
                    requestsPerSecond: target.request == nil ? 0 : requestsPerSecond,
                    isRealTime: RealTimePriority.take())
                state.begin()
                return (NIOLoopBound(state, eventLoop: loop), state.origin)
            }.get()
            return LoopSampler(group: group, loop: loop, state: state, origin: origin)
        } catch {
            try? await group.shutdownGracefully()
            throw DialFailure(
                error, doing: LocalizedText(fr: "démarrage de l'échantillonnage", en: "starting the sampler"))
        }
    }
}

/// What callers hold of a sampling: hops onto its loop for everything but the time.
private final class LoopSampler: RunningSampler {
    private let group: MultiThreadedEventLoopGroup
    private let loop: any EventLoop
    private let state: NIOLoopBound<SamplerState>
    private let origin: NIODeadline
    /// Nothing may be asked of a loop that has been shut down: NIO complains, and will trap one day.
    private let hasStopped = Mutex(false)

    init(
        group: MultiThreadedEventLoopGroup, loop: any EventLoop, state: NIOLoopBound<SamplerState>,
        origin: NIODeadline
    ) {
        self.group = group
        self.loop = loop
        self.state = state
        self.origin = origin
    }

    var elapsed: Duration { Duration(NIODeadline.now() - origin) }
    var knownUntil: Duration { elapsed }

    func samples(since start: Duration) async -> SampleTrace {
        let nothing = SampleTrace(connectsPerSecond: 0, requestsPerSecond: 0)
        guard !hasStopped.withLock({ $0 }) else { return nothing }
        let state = state
        let trace = try? await loop.submit { state.value.trace(since: start) }.get()
        return trace ?? nothing
    }

    func stop() async -> SampleTrace {
        let nothing = SampleTrace(connectsPerSecond: 0, requestsPerSecond: 0)
        guard !hasStopped.withLock({ exchange(&$0, with: true) }) else { return nothing }
        let state = state
        let trace = try? await loop.flatSubmit { state.value.end() }.get()
        try? await group.shutdownGracefully()
        return trace ?? nothing
    }
}

/// Lives on the sampler's loop.
private final class SamplerState {
    /// A line of the neighbour table costs little, and `gratuitous ARP` changes it within a slot or two.
    private static let neighbourInterval: TimeAmount = .milliseconds(100)

    private let loop: any EventLoop
    private let address: SocketAddress
    private let target: SamplingTarget
    private var connects: SlotSchedule?
    private var requests: SlotSchedule?
    private var trace: SampleTrace
    private var underWay = 0
    private var isEnding = false
    private var ended: EventLoopPromise<SampleTrace>?
    /// The time line's zero.
    let origin: NIODeadline

    init(
        loop: any EventLoop, address: SocketAddress, target: SamplingTarget, connectsPerSecond: Int,
        requestsPerSecond: Int, isRealTime: Bool
    ) {
        self.loop = loop
        self.address = address
        self.target = target
        let now = NIODeadline.now()
        origin = now
        connects = SlotSchedule(origin: now, perSecond: connectsPerSecond)
        // Between two connects, so that the two kinds do not wait for each other.
        // bounded: widened
        let offset = TimeAmount.nanoseconds(500_000_000 / Int64(max(1, connectsPerSecond)))
        requests =
            requestsPerSecond > 0 ? SlotSchedule(origin: now + offset, perSecond: requestsPerSecond) : nil
        trace = SampleTrace(
            connectsPerSecond: connectsPerSecond, requestsPerSecond: requestsPerSecond,
            hadRealTimePriority: isRealTime)
    }

    func begin() {
        schedule(\.connects) { [self] slot, sent in
            SamplerAttempt.connect(to: address, on: loop).assumeIsolated().whenSuccess { outcome in
                self.trace.connects.append(self.sample(slot, sent, outcome))
                self.finished()
            }
        }
        if let request = target.request {
            schedule(\.requests) { [self] slot, sent in
                SamplerAttempt.request(request, to: address, on: loop).assumeIsolated().whenSuccess {
                    outcome in
                    self.trace.requests.append(self.sample(slot, sent, outcome))
                    self.finished()
                }
            }
        }
        readNeighbour()
    }

    /// Makes an attempt in every slot.
    private func schedule(
        _ slots: ReferenceWritableKeyPath<SamplerState, SlotSchedule?>,
        _ attempt: @escaping (_ slot: NIODeadline, _ sent: NIODeadline) -> Void
    ) {
        guard let due = self[keyPath: slots]?.due else { return }
        loop.assumeIsolated().scheduleTask(deadline: due) { [self] in
            guard !isEnding, let (slot, missed) = self[keyPath: slots]?.take(now: .now()) else { return }
            trace.missedSlots += missed
            underWay += 1
            attempt(slot, .now())
            schedule(slots, attempt)
        }
    }

    private func readNeighbour() {
        guard !isEnding else { return }
        // Not on every system; then who answered is learnt from the nodes alone.
        if let table = try? NeighbourTableReader().read() {
            let known = NeighbourTable.read(kernelTable: table.text)
            let entry = IPAddress(target.address).flatMap { known.macAddress(of: $0)?.description }
            if trace.neighbours.isEmpty || trace.neighbours.last?.mac != entry {
                trace.neighbours.append(NeighbourChange(at: Duration(.now() - origin), mac: entry))
            }
        }
        loop.assumeIsolated().scheduleTask(in: Self.neighbourInterval) { self.readNeighbour() }
    }

    private func sample(
        _ slot: NIODeadline, _ sent: NIODeadline, _ outcome: ServiceSample.Outcome
    ) -> ServiceSample {
        let time = NIODeadline.now() - sent
        return ServiceSample(
            sent: Duration(sent - origin), duration: Duration(time), lateness: Duration(sent - slot),
            outcome: SamplerAttempt.counted(outcome, after: time))
    }

    private func finished() {
        underWay -= 1
        if isEnding, underWay == 0 { ended?.succeed(sorted()) }
    }

    private func sorted() -> SampleTrace {
        var result = trace
        result.connects.sort { $0.sent < $1.sent }
        result.requests.sort { $0.sent < $1.sent }
        return result
    }

    func trace(since start: Duration) -> SampleTrace { sorted().from(start) }

    func end() -> EventLoopFuture<SampleTrace> {
        if let ended { return ended.futureResult }
        let promise = loop.makePromise(of: SampleTrace.self)
        ended = promise
        isEnding = true
        if underWay == 0 { promise.succeed(sorted()) }
        return promise.futureResult
    }
}

/// The moments at which attempts are due: absolute, so that a late one makes no later one late.
struct SlotSchedule: Sendable {
    let origin: NIODeadline
    let interval: TimeAmount
    /// The next slot's number.
    private(set) var next: Int64 = 0

    init(origin: NIODeadline, perSecond: Int) {
        self.origin = origin
        interval = .nanoseconds(1_000_000_000 / Int64(max(1, perSecond)))  // bounded: widened; whole numbers
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
        return (slot, Int(behind))  // bounded: of one width
    }
}

/// A thread that has to be on time among others that take every processor: with `SCHED_RR` (sched(7)) an attempt
/// leaves a tenth of a millisecond after its slot even then; without, hundreds of milliseconds.
enum RealTimePriority {
    /// Asks for the calling thread's; the lowest real-time priority is above every ordinary thread.
    /// - Returns: false where it is not permitted (`RLIMIT_RTPRIO`, no CAP_SYS_NICE) or not to be had here.
    static func take() -> Bool {
        #if os(Linux)
            var parameters = sched_param()
            parameters.sched_priority = sched_get_priority_min(SCHED_RR)
            return pthread_setschedparam(pthread_self(), SCHED_RR, &parameters) == 0
        #else
            return false
        #endif
    }
}
