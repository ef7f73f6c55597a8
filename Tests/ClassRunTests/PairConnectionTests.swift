import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// The log-ins of a drill: one at a time, shared by all who need it, and not asked for again and again where refused.
@Suite struct PairConnectionTests {
    private final class Node: Sendable {
        struct State {
            var logIns = 0
            var closed = 0
            var refusal: TransportFailure?
            var commandFailure: TransportFailure?
        }
        let state = Mutex(State())

        var access: PairCollector.Access {
            PairCollector.Access(
                connect: { _ throws(TransportFailure) in try self.logIn() }, directProber: nil,
                prober: { _ in fatalError("nothing is probed here") })
        }

        private func logIn() throws(TransportFailure) -> any NodeSession {
            let (number, refusal) = state.withLock { state in
                state.logIns += 1
                return (state.logIns, state.refusal)
            }
            if let refusal { throw refusal }
            return Session(node: self, number: number)
        }
    }

    private struct Session: NodeSession {
        let node: Node
        let number: Int
        var hostKey: String? { nil }
        var dialer: any StreamDialer { NoDialer() }

        func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
            if let failure = node.state.withLock({ $0.commandFailure }) { throw failure }
            return CommandResult(
                answering: command.arguments, ending: .exited(0), standardOutput: Bytes("\(number)"),
                standardError: "", duration: .zero)
        }
        func close() async { node.state.withLock { $0.closed += 1 } }
    }

    private func failure(_ kind: TransportFailure.Kind) -> TransportFailure {
        TransportFailure(kind, LocalizedText(verbatim: "no"))
    }

    private let command = RemoteCommand(["true"], asRoot: false)

    /// A look asks twenty things side by side; a drill asks every two seconds for minutes.
    @Test(arguments: [
        TransportFailure.Kind.authenticationFailed, .rootRefused, .hostKeyChanged, .refusedByPenalty,
    ])
    func aRefusalIsNotProvokedAgainAndAgain(_ kind: TransportFailure.Kind) async {
        let node = Node()
        node.state.withLock { $0.refusal = failure(kind) }
        let connection = PairConnection(node.access, pause: .seconds(36_000))
        for _ in 0..<3 {
            await withDiscardingTaskGroup { group in
                for _ in 0..<20 { group.addTask { _ = try? await connection.run(command, on: .serv1) } }
            }
        }
        #expect(node.state.withLock { $0.logIns } == 1)
        // The other node has refused nobody.
        node.state.withLock { $0.refusal = nil }
        #expect((try? await connection.run(command, on: .serv2)) != nil)
    }

    /// A machine that boots refuses connections until it is up.
    @Test func whatIsNoRefusalIsTriedAgain() async throws {
        let node = Node()
        node.state.withLock { $0.refusal = failure(.connectionRefused) }
        let connection = PairConnection(node.access)
        for _ in 0..<3 { _ = try? await connection.run(command, on: .serv1) }
        node.state.withLock { $0.refusal = nil }
        let result = try await connection.run(command, on: .serv1)
        #expect(result.standardOutput.text == "4")
    }

    /// A late failure of an old log-in must not end the new one, in which an undo may be running.
    @Test func onlyTheLogInThatFailedIsEnded() async throws {
        let node = Node()
        let connection = PairConnection(node.access)
        _ = try await connection.run(command, on: .serv1)
        await connection.drop(.serv1, 7)
        #expect(node.state.withLock { $0.closed } == 0)
        // That the grader was late says nothing of the log-in.
        node.state.withLock { $0.commandFailure = failure(.graderOverloaded) }
        _ = try? await connection.run(command, on: .serv1)
        #expect(node.state.withLock { $0.closed } == 0)
        node.state.withLock { $0.commandFailure = failure(.connectionLost) }
        _ = try? await connection.run(command, on: .serv1)
        #expect(node.state.withLock { $0.closed } == 1)
    }
}
