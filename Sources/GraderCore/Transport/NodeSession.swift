/// An open log-in to one node. Several commands may run side by side; each is bounded by itself, and one that
/// is given up leaves the others and the session usable.
public protocol NodeSession: Sendable {
    /// Runs a command. Throws only where it could not be run at all.
    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult
    /// Runs commands of which each is a matter of milliseconds, as cheaply as the way to the node allows: one
    /// after the other or side by side. One result for each, as `run` would give it.
    func run(brief commands: [RemoteCommand]) async -> [RemoteCommand: Result<
        CommandResult, TransportFailure
    >]
    /// A dialer whose connections are made by the node (SSH `direct-tcpip`, RFC 4254 section 7.2).
    var dialer: any StreamDialer { get }
    /// The host key the server proved to hold, as `type base64`; nil where there is none (local, replay).
    var hostKey: String? { get }
    /// Ends the log-in; idempotent.
    func close() async
}

extension NodeSession {
    /// Runs a command as `run` does, and makes sure that what came back answers it.
    /// - Throws: ``TransportFailure`` where it could not be run, or what came back answers something else.
    public func answer(to command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        let result = try await run(command)
        return try result.answering(command)
    }

    /// For sessions that know no cheaper way.
    public func run(
        brief commands: [RemoteCommand]
    ) async -> [RemoteCommand: Result<CommandResult, TransportFailure>] {
        await runAlone(commands)
    }

    /// All side by side, each as if it were the only one.
    public func runAlone(
        _ commands: [RemoteCommand]
    ) async -> [RemoteCommand: Result<CommandResult, TransportFailure>] {
        await withTaskGroup(of: (RemoteCommand, Result<CommandResult, TransportFailure>).self) { group in
            for command in Set(commands) {
                group.addTask {
                    let result: Result<CommandResult, TransportFailure>
                    do throws(TransportFailure) {
                        let answer = try await run(command)
                        result = .success(answer)
                    } catch {
                        result = .failure(error)
                    }
                    // The tuple is made once nothing is awaited any more (scripts/awaited_values.py says why).
                    return (command, result)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
