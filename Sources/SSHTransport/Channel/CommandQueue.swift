import GraderCore
import NIOCore

/// The commands of one log-in that run on channels of their own: at most so many at once, the rest in the
/// order they came, each bounded in time and output by itself.
final class CommandQueue {
    /// Stock sshd allows 10 sessions on a connection (MaxSessions); some are left for a helper and for those
    /// still being closed.
    static let channelLimit = 8
    /// timeout(1) on the node ends the command; this much later the grader stops waiting for that.
    static let grace = Duration.milliseconds(2500)

    /// For the server to close a channel that was given up.
    static let closingLimit = Duration.seconds(10)

    /// One command, waiting or running.
    final class Run: CommandRun {
        var operation: CommandOperation?
        /// Set where it runs in the root shell instead.
        var inRootShell: RootShell.Run?
    }

    // The connection owns the queue.
    unowned let connection: SSHConnection
    var waiting: [Run] = []
    var running: [Run] = []
    private var nextNumber = 0
    /// Those whose channels are not yet freed: those of `running`, and those given up.
    var operations: [CommandOperation] = []
    /// How many at once: fewer once the server has refused one (MaxSessions).
    var limit = CommandQueue.channelLimit
    var hasHadChannel = false
    /// Channels refused in a row while no command had one.
    var refusalsInARow = 0
    /// Nothing starts before it.
    var pause: Scheduled<Void>?
    /// The only channel is the root shell's, so that everything goes through that.
    var usesRootShell = false
    /// The root shell found no channel: it goes first.
    var rootShellTurn: (() -> Void)?

    init(connection: SSHConnection) { self.connection = connection }

    /// The first word of the command that runs longest, for messages.
    var oldestRunning: String? {
        running.first?.command.arguments.first.map { BannerGate.printable($0.utf8.prefix(80)) }
    }

    @discardableResult
    func add(
        _ command: RemoteCommand, budget: OutputBudget? = nil, completion: @escaping CommandRun.Completion
    ) -> Run? {
        guard let script = RemoteScript.script(for: command) else {
            completion(.failure(connection.sentences.commandUnspeakable()))
            return nil
        }
        nextNumber += 1
        let run = Run(
            number: nextNumber, command: command, text: script, budget: budget, completion: completion)
        waiting.append(run)
        startNext()
        return run
    }

    /// Gives one command up; the others and the log-in stay.
    func cancel(_ run: Run) {
        waiting.removeAll { $0 === run }
        if let inRootShell = run.inRootShell { connection.standingRootShell?.cancel(inRootShell) }
        finish(run, .failure(connection.sentences.cancelled))
        if let operation = run.operation { abandon(operation) }
    }

    /// The connection is over.
    func end(_ failure: TransportFailure) {
        let all = running + waiting
        running = []
        waiting = []
        rootShellTurn = nil
        pause?.cancel()
        for run in all { finish(run, .failure(failure)) }
    }

    func startNext() {
        if usesRootShell { return handOver() }
        while operations.count < limit, pause == nil, rootShellTurn == nil, !waiting.isEmpty {
            start(waiting.removeFirst())
        }
    }

    private func start(_ run: Run) {
        running.append(run)
        run.begin(connection.lag)
        let operation = CommandOperation(
            commandLine: RemoteScript.commandLine, input: Array(run.text.utf8),
            beginMark: Array(RemoteScript.beginMark.utf8), outputLimit: run.command.outputLimit,
            budget: run.budget
        ) { [weak self, weak run] result in
            // Gone: it was told, and nobody holds it any more.
            if let run { self?.ended(run, result) }
        }
        operation.onFreed = { [weak self, weak operation] in
            if let operation { self?.freed(operation) }
        }
        operations.append(operation)
        run.operation = operation
        schedule(run, in: run.command.timeLimit) { queue, run in
            // A flood that is read no further cannot say that it ended.
            if operation.isRead { return queue.schedule(run, in: Self.grace) { $0.timeIsUp($1) } }
            queue.timeIsUp(run)
        }
        connection.machine.add(operation)
    }

    private func schedule(
        _ run: Run, in delay: Duration, _ body: @escaping (CommandQueue, Run) -> Void
    ) {
        run.timer = connection.eventLoop.assumeIsolated().scheduleTask(in: .init(delay)) {
            [weak self, weak run] in
            guard let self, let run else { return }
            body(self, run)
        }
    }

    private func timeIsUp(_ run: Run) {
        guard let operation = run.operation else { return }
        let duration = run.elapsed
        var errorOutput = operation.errorOutput
        // It may have ended and left a child that holds its outputs open.
        let isMarked = errorOutput.remove(suffix: Array(RemoteScript.successMark.utf8))
        let ending: CommandResult.Ending =
            if isMarked {
                .exited(0)
            } else if let status = operation.statusSoFar {
                RemoteScript.ending(
                    .status(status), isMarked: false, duration: duration,
                    limit: run.command.timeLimit)
            } else {
                .timedOut
            }
        conclude(run, ending, operation.output, errorOutput, duration: duration)
        abandon(operation)
    }

    /// What became of a command is known, unless it never began or nobody listened in time.
    private func conclude(
        _ run: Run, _ ending: CommandResult.Ending, _ output: CommandOutput, _ errorOutput: CommandOutput,
        duration: Duration
    ) {
        if ending == .timedOut, let failure = connection.ownLateness(with: run.command, since: run.lag) {
            return finish(run, .failure(failure))
        }
        guard output.hasBegun || errorOutput.hasBegun else {
            return finish(run, .failure(neverBegan(run, ending, output, errorOutput)))
        }
        finish(
            run,
            .success(
                CommandResult(
                    answering: run.command.arguments, ending: ending, standardOutput: Bytes(output.bytes),
                    standardError: Bytes(errorOutput.bytes), outputTruncated: output.isTruncated,
                    errorTruncated: errorOutput.isTruncated, duration: duration)))
    }

    /// A server that lives closes a channel at once when asked to. One that does not is gone, and would leave
    /// every later command waiting for a place.
    private func abandon(_ operation: CommandOperation) {
        let timer = connection.bound(Self.closingLimit) { [weak connection] isOurs in
            guard let connection else { return }
            let sentences = connection.sentences
            connection.fail(
                isOurs
                    ? sentences.overloaded(
                        LocalizedText(fr: "la fin d'une commande", en: "the end of a command"),
                        Self.closingLimit)
                    : sentences.connectionLost(
                        LocalizedText(fr: "plus rien n'arrive", en: "nothing comes any more"), during: nil))
        }
        let freed = operation.onFreed
        operation.onFreed = {
            timer.cancel()
            freed?()
        }
        operation.abandon()
    }

    private func ended(_ run: Run, _ result: Result<CommandOperation.Ending, SSHMachineEnd>) {
        guard let operation = run.operation else { return }
        let duration = run.elapsed
        let word = run.command.arguments.first ?? ""
        switch result {
        case .failure(let reason):
            finish(run, .failure(connection.sentences.connectionLost(reason.words, during: word)))
        case .success(.noChannel(let detail)): noChannel(run, detail)
        case .success(.refused(let detail)):
            finish(run, .failure(connection.sentences.commandRefused(word, detail)))
            abandon(operation)
        case .success(let end):
            if end == .flooded { abandon(operation) }
            var errorOutput = operation.errorOutput
            let isMarked = errorOutput.remove(suffix: Array(RemoteScript.successMark.utf8))
            let ending = RemoteScript.ending(
                end, isMarked: isMarked, duration: duration, limit: run.command.timeLimit)
            conclude(run, ending, operation.output, errorOutput, duration: duration)
        }
    }

    func finish(_ run: Run, _ result: Result<CommandResult, TransportFailure>) {
        running.removeAll { $0 === run }
        run.end(result)
    }
}
