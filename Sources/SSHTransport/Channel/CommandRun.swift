import GraderCore
import NIOCore

/// A command that was asked for, and whom to tell what came of it.
class CommandRun {
    typealias Completion = (Result<CommandResult, TransportFailure>) -> Void

    let number: Int
    let command: RemoteCommand
    /// What is sent to have it run.
    let text: String
    let budget: OutputBudget?
    private var completion: Completion?
    var timer: Scheduled<Void>?
    private var start = NIODeadline.now()
    private(set) var lag: LagWatch.Mark?

    init(
        number: Int, command: RemoteCommand, text: String, budget: OutputBudget?,
        completion: @escaping Completion
    ) {
        self.number = number
        self.command = command
        self.text = text
        self.budget = budget
        self.completion = completion
    }

    /// Its time begins.
    func begin(_ lag: LagWatch) {
        start = .now()
        self.lag = lag.mark()
    }

    var elapsed: Duration { Duration(NIODeadline.now() - start) }

    /// Tells what came of it, once.
    func end(_ result: Result<CommandResult, TransportFailure>) {
        timer?.cancel()
        timer = nil
        let tell = completion
        completion = nil
        tell?(result)
    }
}
