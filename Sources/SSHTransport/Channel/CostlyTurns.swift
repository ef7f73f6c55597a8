import GraderCore
import NIOCore

/// The sessions of one event loop that have cost it more than an honest one does (`ComputingBudget.isDear`): one at a
/// time has a turn, and then the loop is everybody else's for four times as long as that took. However many they are,
/// they have a fifth of the loop together, and hold it up for one step of one of them.
final class CostlyTurns {
    private static let rest = 4
    private var line: [() -> Void] = []
    private var isResting = false

    /// Gives the session its turn when it comes; it is not in the line yet.
    func wait(on loop: any EventLoop, _ turn: @escaping () -> Void) {
        line.append(turn)
        serve(loop)
    }

    private func serve(_ loop: any EventLoop) {
        guard !isResting, !line.isEmpty else { return }
        isResting = true
        let begin = ContinuousClock.now
        line.removeFirst()()
        let rest = max((ContinuousClock.now - begin) * Self.rest, .milliseconds(1))
        loop.assumeIsolated().scheduleTask(in: .init(rest)) { [self] in
            isResting = false
            serve(loop)
        }
    }
}
