import GraderCore

/// The log-ins to a pair's nodes for as long as a drill takes: opened when needed, opened anew after a node went
/// away. At most one log-in to a node at a time.
actor PairConnection {
    private struct Login {
        var number: Int
        var session: any NodeSession
    }

    /// Log-ins that failed: the latest, and how many were refused in a row. Servers punish those; a node that is coming up
    /// refuses some at first (pam_nologin(8)).
    private struct Failed {
        static let limit = 8
        var count = 0
        var refusals = 0
        var nextAt = ContinuousClock.now
        var latest: TransportFailure?

        mutating func add(_ failure: TransportFailure, pause: Duration) {
            count += 1
            latest = failure
            refusals = failure.isRefusal ? refusals + 1 : 0
            nextAt = .now + pause * min(refusals, 2)
        }
    }

    private let access: PairCollector.Access
    private let pause: Duration
    private var sessions: [MachineID: Login] = [:]
    private var failed: [MachineID: Failed] = [:]
    /// One log-in at a time; whoever waits for it shares it, and its failure.
    private var lines: [MachineID: WaitingLine] = [:]
    private var lastNumber = 0

    /// - Parameter pause: after a refused log-in, doubled after another.
    init(_ access: PairCollector.Access, pause: Duration = .seconds(10)) {
        self.access = access
        self.pause = pause
    }

    /// Runs a command on a node.
    /// - Throws: where it could not be run; the log-in is then opened anew by the next call.
    func run(_ command: RemoteCommand, on role: MachineID) async throws(TransportFailure) -> CommandResult {
        let login = try await login(role)
        do throws(TransportFailure) {
            return try await login.session.answer(to: command)
        } catch {
            // That we were late ourselves is no fault of the log-in, in which others are at work.
            if error.kind != .cancelled, error.kind != .graderOverloaded { await drop(role, login.number) }
            throw error
        }
    }

    /// The same with one more attempt, over a new log-in where the fault may be the old one's.
    func runAgain(_ command: RemoteCommand, on role: MachineID) async throws(TransportFailure)
        -> CommandResult
    {
        do throws(TransportFailure) {
            return try await run(command, on: role)
        } catch {
            guard [.connectionLost, .timedOut, .graderOverloaded].contains(error.kind) else { throw error }
            return try await run(command, on: role)
        }
    }

    private func login(_ role: MachineID) async throws(TransportFailure) -> Login {
        if let login = sessions[role] { return login }
        let before = failed[role]?.count ?? 0
        let line = lines[role] ?? WaitingLine(1)
        lines[role] = line
        guard await line.enter() else {
            throw TransportFailure(
                .cancelled, fr: "abandonné par le correcteur", en: "given up by the grader")
        }
        defer { line.leave() }
        if let login = sessions[role] { return login }
        if let failed = failed[role], let failure = failed.latest,
            failed.count > before || failed.refusals >= Failed.limit || ContinuousClock.now < failed.nextAt
        {
            throw failure
        }
        do throws(TransportFailure) {
            let session = try await access.connect(role)
            lastNumber += 1
            let login = Login(number: lastNumber, session: session)
            sessions[role] = login
            failed[role]?.refusals = 0
            return login
        } catch {
            if error.kind != .cancelled { failed[role, default: Failed()].add(error, pause: pause) }
            throw error
        }
    }

    /// A prober in the grader's network, or else one whose connections the node makes, and where it stands; nil where
    /// that node cannot be reached either.
    func prober(on role: MachineID) async -> (prober: any NetworkProber, vantage: Vantage)? {
        if let direct = access.directProber { return (direct, .grader) }
        guard let login = try? await login(role) else { return nil }
        return (access.prober(login.session.dialer), .tunnel(role))
    }

    /// Ends a log-in that is of no use any more.
    /// - Parameter number: only where it is this one; by now there may be another.
    func drop(_ role: MachineID, _ number: Int? = nil) async {
        guard let login = sessions[role], number == nil || login.number == number else { return }
        sessions[role] = nil
        await login.session.close()
    }

    func close() async {
        for role in sessions.keys.sorted() { await drop(role) }
    }
}
