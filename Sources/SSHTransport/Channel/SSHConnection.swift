import GraderCore
import NIOCore

/// One log-in: the machine, what feeds it, and everything that is bounded in time. Never leaves its event loop.
final class SSHConnection {
    /// How far the log-in is; each step has its own sentence when it fails.
    enum Phase {
        case connecting, banner, keyExchange, authenticating, ready
        case ended(TransportFailure)
    }

    /// Whatever carries the bytes: a TCP connection or a stream through another log-in.
    struct Carrier {
        var send: ([UInt8]) -> Void
        var close: () -> Void
        /// Whether bytes are read; the other side has to wait while they are not.
        var read: (Bool) -> Void
    }

    let eventLoop: any EventLoop
    let endpoint: SSHEndpoint
    let sentences: FailureSentences
    let machine: SSHMachine
    let knownHosts: KnownHosts
    var phase = Phase.connecting
    var hostKey: HostKey?
    private var gate = BannerGate()
    private var offer = ServerOffer()
    private var takenAlgorithms: [ServerOffer.Purpose: [String]] = [:]
    var authentication: AuthenticationOperation?
    /// Where its keys may be used, until the log-in is through.
    var agent: AgentConnection?
    var deadline: Scheduled<Void>?
    private var carrier: Carrier?
    /// Takes back an attempt at a carrier that does not stand yet.
    var giveUpConnecting: (() -> Void)?
    /// Called once, when the log-in is through or failed.
    var onReady: ((Result<Void, TransportFailure>) -> Void)?
    /// Called once when the connection is over, after everything in it was told.
    var onClosed: (() -> Void)?
    private(set) lazy var commands = CommandQueue(connection: self)
    private lazy var rootShell = RootShell(connection: self, become: endpoint.become)
    private var usesRootShell = false
    /// Whether the loop was on time for this log-in's waits.
    let lag: LagWatch
    /// Where the log-in is given its time again, once: it was ours that was lost.
    private var isExtended = false
    /// It has cost so much that it waits in the line of ``CostlyTurns``.
    private var isWaitingForTurn = false
    private let turns: CostlyTurns
    /// The line that starts the root shell; tests put their own `su` in.
    let rootCommandLine: String?

    init(
        endpoint: SSHEndpoint, knownHosts: KnownHosts, rootCommandLine: String?, eventLoop: any EventLoop,
        lag: LagWatch, turns: CostlyTurns
    ) throws(LibraryError) {
        self.endpoint = endpoint
        self.knownHosts = knownHosts
        self.rootCommandLine = rootCommandLine
        self.eventLoop = eventLoop
        self.lag = lag
        self.turns = turns
        sentences = FailureSentences(endpoint)
        machine = try SSHMachine(mayAskInteractively: endpoint.credentials.password != nil)
    }

    /// The root shell, where there is one and root was had.
    var standingRootShell: RootShell? { usesRootShell && rootShell.isReady ? rootShell : nil }
    var isBecomingRoot: Bool { usesRootShell && rootShell.isLoggingIn }

    /// Runs a command the way it asks for; what comes back gives it up.
    func run(
        _ command: RemoteCommand, budget: OutputBudget? = nil,
        completion: @escaping (Result<CommandResult, TransportFailure>) -> Void
    ) -> (() -> Void)? {
        if case .ended(let failure) = phase {
            completion(.failure(failure))
            return nil
        }
        if command.asRoot, endpoint.become != .notNeeded {
            usesRootShell = true
            // Giving up may be the last thing that holds on to this connection.
            return rootShell.add(command, budget: budget, completion: completion).map { run in
                { self.rootShell.cancel(run) }
            }
        }
        return commands.add(command, budget: budget, completion: completion).map { run in
            { self.commands.cancel(run) }
        }
    }

    /// The failure of a command that ran out of time, where the time was the grader's own.
    func ownLateness(with command: RemoteCommand, since mark: LagWatch.Mark?) -> TransportFailure? {
        guard let mark, lag.wasLate(since: mark, waiting: command.timeLimit) else { return nil }
        return sentences.overloaded(
            LocalizedText(verbatim: "`\(command.arguments.first ?? "")`"), command.timeLimit)
    }

    /// The carrier stands: begin the log-in.
    func start(over carrier: Carrier) {
        guard case .connecting = phase else { return carrier.close() }
        self.carrier = carrier
        giveUpConnecting = nil
        phase = .banner
        startDeadline()
        machine.onOutput = { carrier.send($0) }
        machine.onEnd = { [weak self] reason in self?.machineEnded(reason) }
        takenAlgorithms = HandshakeOperation.taken(hostKeyPreference, machine.session)
        machine.add(
            HandshakeOperation(hostKeyPreference: hostKeyPreference) { [weak self] key in
                self?.judge(key)
            })
    }

    /// Bytes from the carrier; `receiveDone` follows.
    func receive(_ bytes: UnsafeRawBufferPointer) {
        if case .banner = phase {
            switch gate.feed(bytes) {
            case .needsMore: break
            case .passed:
                phase = .keyExchange
                offer.feed(UnsafeRawBufferPointer(rebasing: bytes.dropFirst(gate.taken)))
            case .penalty(let line): return fail(sentences.penalty(line))
            case .notSSH(let line): return fail(sentences.notSSH(line))
            }
        } else if case .keyExchange = phase {
            offer.feed(bytes)
        }
        machine.receive(bytes)
    }

    func receiveDone() {
        guard machine.budget.isDear else { return machine.pump() }
        guard !isWaitingForTurn else { return }
        isWaitingForTurn = true
        carrier?.read(false)
        turns.wait(on: eventLoop) { self.takeTurn() }
    }

    private func takeTurn() {
        isWaitingForTurn = false
        machine.pump()
        carrier?.read(true)
    }

    /// The carrier is gone.
    func carrierEnded() {
        if case .banner = phase {
            switch gate.atEnd() {
            case .penalty(let line): return fail(sentences.penalty(line))
            case .notSSH(let line): return fail(sentences.notSSH(line))
            case .passed(let line): return fail(sentences.halfIdentified(line, within: nil))
            case .needsMore:
                return fail(gate.hasSeenAnything ? sentences.notSSH(gate.firstLine) : sentences.closesAtOnce)
            }
        }
        machine.receiveEnd()
    }

    /// Ends everything with this reason. The first reason counts.
    func fail(_ failure: TransportFailure) {
        if case .ended = phase { return }
        phase = .ended(failure)
        deadline?.cancel()
        commands.end(failure)
        if usesRootShell { rootShell.end(failure) }
        machine.close()
        // Now that no signature leads to another attempt.
        agent?.close()
        let carrier = carrier
        self.carrier = nil
        carrier?.close()
        if carrier == nil { giveUpConnecting?() }
        giveUpConnecting = nil
        let tell = onReady
        onReady = nil
        tell?(.failure(failure))
        let closed = onClosed
        onClosed = nil
        closed?()
    }

    /// Calls `timeIsUp` after the limit, with whether that time was the grader's own.
    func bound(_ limit: Duration, _ timeIsUp: @escaping (_ isOurs: Bool) -> Void) -> Scheduled<Void> {
        let mark = lag.mark()
        return eventLoop.assumeIsolated().scheduleTask(in: .init(limit)) { [weak self] in
            guard let self else { return }
            timeIsUp(self.lag.wasLate(since: mark, waiting: limit))
        }
    }

    private func startDeadline() {
        deadline = bound(endpoint.handshakeTimeLimit) { [weak self] in self?.deadlinePassed(isOurs: $0) }
    }

    private func deadlinePassed(isOurs: Bool) {
        let limit = endpoint.handshakeTimeLimit
        if isOurs {
            guard isExtended else {
                isExtended = true
                return startDeadline()
            }
            fail(sentences.overloaded(LocalizedText(fr: "l'identification", en: "the log-in"), limit))
        } else if case .banner = phase, !gate.hasSeenAnything {
            fail(sentences.saysNothing(limit))
        } else {
            fail(tooSlow(limit))
        }
    }

    /// How far it came by then.
    private func tooSlow(_ limit: Duration) -> TransportFailure {
        switch phase {
        case .banner:
            if case .passed(let line) = gate.atEnd() {
                sentences.halfIdentified(line, within: limit)
            } else {
                sentences.notSSH(gate.firstLine)
            }
        case .authenticating: sentences.logInTooSlow(limit, waitingFor)
        case .connecting, .keyExchange, .ready, .ended: sentences.keyExchangeTooSlow(limit, offer)
        }
    }

    private func machineEnded(_ reason: SSHMachineEnd) {
        // What libssh2 finds impossible in the key exchange has its own sentences.
        if case .library(let error) = reason, error.code == .outOfBoundary, error.own != nil {
            return fail(sentences.tooMuch(reason.words))
        }
        switch phase {
        case .connecting, .ended: break
        case .banner: fail(sentences.notSSH(gate.firstLine))
        case .keyExchange: fail(sentences.keyExchangeBroke(reason, offer, taken: takenAlgorithms))
        case .authenticating:
            if case .library = reason { return fail(sentences.tooMuch(reason.words)) }
            fail(sentences.closedDuringLogIn(reason.words, waitingFor))
        case .ready:
            if case .library(let error) = reason, error.code == .outOfBoundary {
                return fail(sentences.tooMuch(reason.words))
            }
            fail(sentences.connectionLost(reason.words, during: commands.oldestRunning))
        }
    }
}
