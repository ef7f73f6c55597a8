import Foundation
import GraderCore

/// Samples a service from one of the pair's nodes, over the drill's own log-in, where the grader does not stand in
/// the pair's network. Connections through SSH would not do: libssh2 opens one channel after the other, so that one
/// attempt that nobody answers would hold up all that follow it.
///
/// The node runs `sample.py` for a second at a time, each second's run started before it is due, so that nothing
/// stays behind on a node whose grader has died. Attempts are timed by the node's own clock (`CLOCK_BOOTTIME`): how
/// long an outage was needs no other; where it stands on the grader's time line is known as well as that clock is.
struct NodeSampler: ServiceSampler {
    let connection: PairConnection
    let node: MachineID

    /// Whether the node has what it takes, python3.
    func canRun() async throws(TransportFailure) -> Bool {
        let command = RemoteCommand(["python3", "-I", "-S", "-c", "import select"], asRoot: false)
        return try await connection.runAgain(command, on: node).ending == .exited(0)
    }

    func start(
        _ target: SamplingTarget, connectsPerSecond: Int, requestsPerSecond: Int
    ) async throws(DialFailure) -> any RunningSampler {
        let origin = ContinuousClock.now
        var clock = NodeClock()
        for _ in 0..<8 {
            let before = ContinuousClock.now - origin
            let read: CommandResult
            do throws(TransportFailure) {
                read = try await connection.runAgain(NodeClock.command, on: node)
            } catch {
                throw DialFailure(.other, error.sentence)
            }
            clock.take(read.standardOutput.text, before: before, after: ContinuousClock.now - origin)
        }
        guard clock.isKnown else {
            throw DialFailure(
                .other,
                fr: "\(node.rawValue) : /proc/uptime est illisible, donc rien ne peut être chronométré",
                en: "\(node.rawValue): /proc/uptime cannot be read, so nothing can be timed")
        }
        let requests = target.request == nil ? 0 : requestsPerSecond
        let sampling = NodeSampling(
            self, target: target, clock: clock, origin: origin, rates: (connectsPerSecond, requests))
        await sampling.begin()
        return sampling
    }
}

/// A node's `CLOCK_BOOTTIME` against the sampling's time line: bounds, narrowed by each reading.
struct NodeClock: Sendable {
    static let command = RemoteCommand(
        ["sh", "-c", "read -r up rest </proc/uptime && echo \"$up\""], asRoot: false, timeLimit: .seconds(5))
    /// What `/proc/uptime` leaves out (proc_uptime(5): hundredths of a second).
    private static let resolution: Duration = .milliseconds(10)
    /// Two quartz clocks go apart by no more than this in a second.
    private static let drift = 50e-6

    /// The node's time less the time line's.
    private var least: Duration?
    private var most: Duration?

    var isKnown: Bool { least != nil }

    /// - Parameter text: seconds with two decimals, asked for at `before` on the time line, there at `after`.
    mutating func take(_ text: String, before: Duration, after: Duration) {
        guard let seconds = Double(text.prefix(24).trimmingCharacters(in: .whitespacesAndNewlines)),
            seconds >= 0, seconds < 1e10
        else { return }
        let read = Duration.milliseconds((seconds * 1000).rounded())  // bounded: just above
        least = max(least ?? read - after, read - after)
        most = min(most ?? read + Self.resolution - before, read + Self.resolution - before)
    }

    /// The node's time at the time line's zero.
    var offset: Duration { ((least ?? .zero) + (most ?? .zero)) / 2 }

    /// By how much a time may be wrong, so long after the clock was read.
    func uncertainty(after time: Duration) -> Duration {
        let half = ((most ?? .zero) - (least ?? .zero)) / 2
        return max(half, .zero - half) + time * Self.drift
    }
}
