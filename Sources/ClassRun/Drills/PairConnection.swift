import GraderCore

/// The log-ins to a pair's nodes for as long as a drill takes: opened when needed, opened anew after a node went
/// away. At most one log-in to a node at a time.
actor PairConnection {
    private let access: PairCollector.Access
    private var sessions: [MachineID: any NodeSession] = [:]

    init(_ access: PairCollector.Access) { self.access = access }

    /// Runs a command on a node.
    /// - Throws: where it could not be run; the log-in is then opened anew by the next call.
    func run(_ command: RemoteCommand, on role: MachineID) async throws(TransportFailure) -> CommandResult {
        let session = try await session(role)
        do throws(TransportFailure) {
            return try await session.answer(to: command)
        } catch {
            if error.kind != .cancelled { await drop(role) }
            throw error
        }
    }

    /// The same with one more attempt over a new log-in.
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

    private func session(_ role: MachineID) async throws(TransportFailure) -> any NodeSession {
        if let session = sessions[role] { return session }
        let session = try await access.connect(role)
        // Another call may have been quicker while this one waited.
        if let other = sessions[role] {
            await session.close()
            return other
        }
        sessions[role] = session
        return session
    }

    /// A prober in the grader's network, or else one whose connections the node makes, and where it stands; nil where
    /// that node cannot be reached either.
    func prober(on role: MachineID) async -> (prober: any NetworkProber, vantage: Vantage)? {
        if let direct = access.directProber { return (direct, .grader) }
        guard let session = try? await session(role) else { return nil }
        return (access.prober(session.dialer), .tunnel(role))
    }

    /// Ends a log-in that is of no use any more.
    func drop(_ role: MachineID) async {
        if let session = sessions.removeValue(forKey: role) { await session.close() }
    }

    func close() async {
        for role in sessions.keys.sorted() { await drop(role) }
    }
}
