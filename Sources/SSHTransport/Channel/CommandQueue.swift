import GraderCore
import NIOCore

/// The commands of one log-in that run on channels of their own: at most so many at once, the rest in the
/// order they came, each bounded in time and output by itself.
final class CommandQueue {
    typealias Completion = (Result<CommandResult, TransportFailure>) -> Void

    /// Stock sshd allows 10 sessions on a connection (MaxSessions); some are left for a helper and for those
    /// still being closed.
    static let channelLimit = 8
    /// timeout(1) on the node ends the command; this much later the grader stops waiting for that.
    static let grace = Duration.milliseconds(2500)

    /// One command, waiting or running.
    final class Run {
        let command: RemoteCommand
        let script: String
        fileprivate var completion: Completion?
        fileprivate var operation: CommandOperation?
        fileprivate var timer: Scheduled<Void>?
        fileprivate var start = NIODeadline.now()

        fileprivate init(command: RemoteCommand, script: String, completion: @escaping Completion) {
            self.command = command
            self.script = script
            self.completion = completion
        }
    }

    // The connection owns the queue.
    private unowned let connection: SSHConnection
    private var waiting: [Run] = []
    private var running: [Run] = []
    /// Channels not yet freed: those of `running`, and those of commands given up.
    private var channelCount = 0

    init(connection: SSHConnection) { self.connection = connection }

    /// The first word of the command that runs longest, for messages.
    var oldestRunning: String? {
        running.first?.command.arguments.first.map { BannerGate.printable($0.utf8.prefix(80)) }
    }

    @discardableResult
    func add(_ command: RemoteCommand, completion: @escaping Completion) -> Run? {
        if case .ended(let failure) = connection.phase {
            completion(.failure(failure))
            return nil
        }
        guard let script = RemoteScript.script(for: command) else {
            completion(.failure(connection.sentences.commandUnspeakable()))
            return nil
        }
        let run = Run(command: command, script: script, completion: completion)
        waiting.append(run)
        startNext()
        return run
    }

    /// Gives one command up; the others and the log-in stay.
    func cancel(_ run: Run) {
        waiting.removeAll { $0 === run }
        finish(run, .failure(connection.sentences.cancelled))
        run.operation?.abandon()
    }

    /// The connection is over.
    func end(_ failure: TransportFailure) {
        let all = running + waiting
        running = []
        waiting = []
        for run in all { finish(run, .failure(failure)) }
    }

    private func startNext() {
        while channelCount < Self.channelLimit, !waiting.isEmpty {
            start(waiting.removeFirst())
        }
    }

    private func start(_ run: Run) {
        channelCount += 1
        running.append(run)
        run.start = .now()
        let operation = CommandOperation(
            commandLine: RemoteScript.commandLine, input: Array(run.script.utf8),
            outputLimit: run.command.outputLimit
        ) { [weak self, unowned run] result in
            self?.ended(run, result)
        }
        operation.onFreed = { [weak self] in
            self?.channelCount -= 1
            self?.startNext()
        }
        run.operation = operation
        run.timer = connection.eventLoop.assumeIsolated()
            .scheduleTask(in: .init(run.command.timeLimit + Self.grace)) { [weak self, weak run] in
                guard let self, let run else { return }
                self.timeIsUp(run)
            }
        connection.machine.add(operation)
    }

    private func timeIsUp(_ run: Run) {
        guard let operation = run.operation else { return }
        finish(
            run,
            .success(
                Self.result(
                    .timedOut, operation.output, operation.errorOutput, duration: .now() - run.start)))
        operation.abandon()
    }

    private func ended(_ run: Run, _ result: Result<CommandOperation.Result, SSHMachineEnd>) {
        let duration = NIODeadline.now() - run.start
        switch result {
        case .failure(let reason):
            let word = run.command.arguments.first ?? ""
            finish(run, .failure(connection.sentences.connectionLost(reason.detail, during: word)))
        case .success(let result):
            var errorOutput = result.errorOutput
            let isMarked = RemoteScript.takeSuccessMark(&errorOutput)
            let ending: CommandResult.Ending
            switch result.ending {
            case .refused(let detail):
                let word = run.command.arguments.first ?? ""
                return finish(run, .failure(connection.sentences.commandRefused(word, detail)))
            case .signal(let name): ending = .signalled(name)
            case .status(0): ending = isMarked ? .exited(0) : .unknown
            case .status(let status):
                ending = RemoteScript.ending(
                    status: status, duration: .nanoseconds(duration.nanoseconds), limit: run.command.timeLimit
                )
            }
            finish(run, .success(Self.result(ending, result.output, errorOutput, duration: duration)))
        }
    }

    private func finish(_ run: Run, _ result: Result<CommandResult, TransportFailure>) {
        run.timer?.cancel()
        run.timer = nil
        running.removeAll { $0 === run }
        let tell = run.completion
        run.completion = nil
        tell?(result)
    }

    private static func result(
        _ ending: CommandResult.Ending, _ output: CommandOperation.Output,
        _ errorOutput: CommandOperation.Output, duration: TimeAmount
    ) -> CommandResult {
        CommandResult(
            ending: ending, standardOutput: Bytes(output.bytes), standardError: Bytes(errorOutput.bytes),
            outputTruncated: output.isTruncated, errorTruncated: errorOutput.isTruncated,
            duration: .nanoseconds(duration.nanoseconds))
    }
}

extension RemoteScript {
    /// Takes the mark off the end of standard error; false where it is not there.
    static func takeSuccessMark(_ output: inout CommandOperation.Output) -> Bool {
        let mark = Array(successMark.utf8)
        if output.isTruncated { return output.tail.suffix(mark.count).elementsEqual(mark) }
        guard output.bytes.suffix(mark.count).elementsEqual(mark) else { return false }
        output.bytes.removeLast(mark.count)
        return true
    }

    /// timeout(1) ends with 124 when time was up, with 137 when it had to kill.
    static func ending(status: Int, duration: Duration, limit: Duration) -> CommandResult.Ending {
        (status == 124 || status == 137) && duration >= limit ? .timedOut : .exited(status)
    }
}
