import GraderCore
import NIOCore

/// What callers hold of a log-in: hops onto its event loop for everything.
final class SSHSession: NodeSession {
    let connection: NIOLoopBound<SSHConnection>
    let eventLoop: any EventLoop
    let hostKey: String?
    /// Whether what runs as root goes to `su`'s or `sudo`'s shell.
    private let hasRootShell: Bool

    private let tunnels: TunnelLogIns

    /// On the event loop.
    /// - Parameter logInAgain: another log-in to the same node, for connections through it.
    init(
        _ connection: SSHConnection,
        logInAgain: @escaping @Sendable () async throws(TransportFailure) -> SSHSession
    ) {
        self.connection = NIOLoopBound(connection, eventLoop: connection.eventLoop)
        eventLoop = connection.eventLoop
        hostKey = connection.hostKey?.text
        hasRootShell = connection.endpoint.become != .notNeeded
        tunnels = TunnelLogIns(logIn: logInAgain)
    }

    deinit {
        let connection = connection
        eventLoop.execute { connection.value.fail(connection.value.sentences.sessionClosed()) }
    }

    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        let connection = connection
        let budget = OutputBudget.current
        return try await eventLoop.outcome(cancelled: { connection.value.sentences.cancelled }) { done in
            connection.value.run(command, budget: budget, completion: done)
        }.get()
    }

    func run(
        brief commands: [RemoteCommand]
    ) async -> [RemoteCommand: Result<CommandResult, TransportFailure>] {
        // The root shell takes a command for little: it stands already, and needs no channel for each.
        let together = commands.filter { !(hasRootShell && $0.asRoot) }
        var results: [RemoteCommand: Result<CommandResult, TransportFailure>] = [:]
        let batch = CommandBatch(together)
        if together.count > 1, let combined = batch.combined, let result = try? await run(combined) {
            results = batch.results(from: result).mapValues { .success($0) }
        }
        // Why the batch brought nothing, each says for itself.
        let alone = await runAlone(commands.filter { results[$0] == nil })
        return results.merging(alone) { batched, _ in batched }
    }

    var dialer: any StreamDialer { tunnels }

    /// Whether commands may still be run.
    var isOpen: Bool {
        get async {
            let connection = connection
            let open = try? await eventLoop.submit {
                if case .ready = connection.value.phase { true } else { false }
            }.get()
            return open ?? false
        }
    }

    /// Whether a channel of it has been asked for and not been answered: until it is, there is no other.
    var isOpening: Bool {
        get async {
            let connection = connection
            return (try? await eventLoop.submit { connection.value.machine.isOpening }.get()) ?? false
        }
    }

    func close() async {
        await tunnels.close()
        let connection = connection
        _ = try? await eventLoop.submit {
            connection.value.fail(connection.value.sentences.sessionClosed())
        }.get()
    }
}
