import GraderCore
import NIOCore

/// Runs commands as root through one helper per log-in: `su` or `sudo` is asked once, with the first command
/// that needs it, and its refusal stands for the rest of the run.
final class RootShell {
    /// One command, waiting or running, and what came of it so far.
    final class Run: CommandRun {
        lazy var output = CommandOutput(limit: command.outputLimit, budget: budget)
        lazy var errorOutput = CommandOutput(limit: command.outputLimit, budget: budget)
        var process: Int?
        var status: Int?
    }

    /// Longest line the helper writes: 3,000 of base64 and a few words.
    private static let lineLimit = 4096

    private enum State {
        case idle
        case loggingIn(RootLogin)
        case ready
        case failed(TransportFailure)
    }

    // The connection owns the helper.
    private unowned let connection: SSHConnection
    private let become: Become
    private var state = State.idle
    private var stream: StreamOperation?
    private var deadline: Scheduled<Void>?
    private var nextID = Int.random(in: 1...1 << 40)
    private var waiting: [Run] = []
    private var running: [Int: Run] = [:]
    private var line: [UInt8] = []

    /// Whether commands may be given to it at once.
    var isReady: Bool { if case .ready = state { true } else { false } }
    var isLoggingIn: Bool { if case .loggingIn = state { true } else { false } }

    init(connection: SSHConnection, become: Become) {
        self.connection = connection
        self.become = become
    }

    @discardableResult
    func add(
        _ command: RemoteCommand, budget: OutputBudget? = nil, completion: @escaping CommandRun.Completion
    ) -> Run? {
        if case .failed(let failure) = state {
            completion(.failure(failure))
            return nil
        }
        guard let request = RootShellScript.request(id: nextID, command: command) else {
            completion(.failure(connection.sentences.commandUnspeakable()))
            return nil
        }
        let run = Run(
            number: nextID, command: command, text: request, budget: budget, completion: completion)
        // In order, and not to be guessed: only who reads the helper's input can answer for a command.
        nextID += Int.random(in: 1...1 << 40)
        waiting.append(run)
        if case .idle = state { logIn() }
        startNext()
        return run
    }

    func cancel(_ run: Run) {
        waiting.removeAll { $0 === run }
        stop(run)
        finish(run, .failure(connection.sentences.cancelled))
    }

    /// The connection is over, or root cannot be had.
    func end(_ failure: TransportFailure) {
        if case .failed = state { return }
        state = .failed(failure)
        deadline?.cancel()
        stream?.abandon()
        stream = nil
        let all = running.values.sorted { $0.number < $1.number } + waiting
        running = [:]
        waiting = []
        for run in all { finish(run, .failure(failure)) }
    }

    private func logIn() {
        guard let commandLine = connection.rootCommandLine else { return }
        state = .loggingIn(RootLogin())
        let limit = connection.endpoint.handshakeTimeLimit
        deadline?.cancel()
        deadline = connection.bound(limit) { [weak self] isOurs in
            guard let self else { return }
            if isOurs {
                return self.end(self.connection.sentences.overloaded(LocalizedText(verbatim: "root"), limit))
            }
            self.refuse(
                LocalizedText(
                    fr: "rien ne s'est passé en \(limit.inSeconds) : essayer à la main sur la machine",
                    en: "nothing happened within \(limit.inSeconds): try it by hand on the node"))
        }
        let stream = StreamOperation(.exec(commandLine)) { [weak self] event in self?.handle(event) }
        self.stream = stream
        connection.machine.add(stream)
    }

    private func handle(_ event: StreamOperation.Event) {
        switch (state, event) {
        case (.loggingIn(var login), .data(let bytes)):
            let step = login.receive(bytes)
            state = .loggingIn(login)
            advance(step, login)
        case (.loggingIn(var login), .errorData(let bytes)):
            let step = login.receiveError(bytes)
            state = .loggingIn(login)
            advance(step, login)
        case (.loggingIn(let login), .ended):
            guard login.hasShell else {
                let said = login.complaint + [0x0A] + login.output
                return end(connection.sentences.commandNotBegun(become.tool, said: said, within: nil))
            }
            refuse(login.reason(become))
        case (.ready, .data(let bytes)): receive(bytes)
        case (.ready, .ended):
            end(connection.sentences.rootShellEnded())
        case (_, .failed(.library(let error))) where !error.endsConnection:
            if error.code == .channelFailure,
                connection.commands.yieldChannel(to: { [weak self] in
                    // It may have been given up by the time it is its turn, and a refusal stands.
                    if self?.isLoggingIn == true { self?.logIn() }
                })
            {
                return
            }
            refuse(
                LocalizedText(
                    fr: "sshd ne l'a pas lancé (\(error.words)) : vérifier MaxSessions",
                    en: "sshd would not start it (\(error.words)): check its MaxSessions"))
        default: break
        }
    }

    private func advance(_ step: RootLogin.Step, _ login: RootLogin) {
        switch step {
        case .nothing: break
        case .sendPassword:
            switch become {
            case .su(let password), .sudo(.some(let password)):
                stream?.write(Array(password.reveal().utf8) + [0x0A])
            case .sudo(nil), .notNeeded: refuse(login.reason(become))
            }
        case .sendScript: stream?.write(RootShellScript.script.utf8)
        case .ready(let rest):
            deadline?.cancel()
            state = .ready
            rest.withUnsafeBytes { receive($0) }
            startNext()
        case .refused: refuse(login.reason(become))
        }
    }

    private func refuse(_ reason: LocalizedText) {
        end(connection.sentences.rootRefused(become, reason))
    }

    private func startNext() {
        guard case .ready = state, let stream else { return }
        while running.count < CommandQueue.channelLimit, !waiting.isEmpty {
            let run = waiting.removeFirst()
            running[run.number] = run
            run.begin(connection.lag)
            run.timer = connection.eventLoop.assumeIsolated()
                .scheduleTask(in: .init(run.command.timeLimit + CommandQueue.grace)) {
                    [weak self, weak run] in
                    guard let self, let run else { return }
                    self.stop(run)
                    self.conclude(run)
                }
            stream.write(run.text.utf8)
        }
    }

    private func stop(_ run: Run) {
        guard let process = run.process, run.status == nil, running[run.number] != nil else { return }
        stream?.write("K \(process)\n".utf8)
    }

    private func receive(_ bytes: UnsafeRawBufferPointer) {
        for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if part.offset > 0 {
                take(String(decoding: line, as: UTF8.self))
                line.removeAll(keepingCapacity: true)
            }
            guard line.count + part.element.count <= Self.lineLimit else {
                return end(connection.sentences.rootShellEnded())
            }
            line.append(contentsOf: part.element)
        }
    }

    private func take(_ text: String) {
        guard let (id, message) = RootShellScript.parse(text), let run = running[id] else { return }
        switch message {
        case .process(let process): run.process = process
        // One byte beyond the limit shows that there was more.
        case .output(let bytes): bytes.withUnsafeBytes { run.output.take($0) }
        case .errorOutput(let bytes): bytes.withUnsafeBytes { run.errorOutput.take($0) }
        case .status(let status): run.status = status
        case .done: conclude(run)
        }
    }

    private func conclude(_ run: Run) {
        let duration = run.elapsed
        let limit = run.command.timeLimit
        let ending: CommandResult.Ending =
            switch run.status {
            case nil: duration >= limit ? .timedOut : .unknown
            case 0?: .exited(0)
            case let status?:
                RemoteScript.ending(
                    RemoteScript.signal(status: status).map { .signal($0) } ?? .status(status),
                    isMarked: false,
                    duration: duration, limit: limit)
            }
        if ending == .timedOut, let failure = connection.ownLateness(with: run.command, since: run.lag) {
            return finish(run, .failure(failure))
        }
        finish(
            run,
            .success(
                CommandResult(
                    answering: run.command.arguments, ending: ending,
                    standardOutput: Bytes(run.output.bytes), standardError: Bytes(run.errorOutput.bytes),
                    outputTruncated: run.output.isTruncated, errorTruncated: run.errorOutput.isTruncated,
                    duration: duration)))
    }

    private func finish(_ run: Run, _ result: Result<CommandResult, TransportFailure>) {
        running[run.number] = nil
        run.end(result)
        startNext()
    }
}
