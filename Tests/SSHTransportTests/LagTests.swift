import Foundation
import GraderCore
import NIOCore
import NIOPosix
import Testing

@testable import SSHTransport

/// A time-out while the grader's own loop was held up says nothing about the node.
@Suite struct LagTests {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    /// Holds the loop up for as long as `body` takes.
    private func withBusyLoop<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let blocking = group.next().scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(20)) { _ in
            Thread.sleep(forTimeInterval: 1.5)
        }
        defer { blocking.cancel() }
        return try await body()
    }

    private func failure(_ endpoint: SSHEndpoint) async throws -> TransportFailure {
        let hosts = try KnownHosts(file: nil)
        return try await withBusyLoop {
            do throws(TransportFailure) {
                _ = try await SSHConnector(eventLoopGroup: group).connect(endpoint, knownHosts: hosts)
            } catch {
                return error
            }
            throw ToolFailed(description: "the log-in did not fail")
        }
    }

    @Test func aHostThatSaidNothingToABusyGrader() async throws {
        let server = try await FakeServer(.accepts)
        let failure = try await failure(server.endpoint())
        #expect(failure.kind == .graderOverloaded)
        #expect(failure.sentence.en.contains("the grader was too busy to listen"))
    }

    @Test func aSilentHostAndABusyGrader() async throws {
        let server = try DeafServer()
        let endpoint = SSHEndpoint(
            who: "etu1/serv1", host: "127.0.0.1", port: server.port, user: "root",
            credentials: SSHCredentials(), connectTimeLimit: .milliseconds(300))
        #expect(try await failure(endpoint).kind == .graderOverloaded)
    }

    /// It was ours that was lost: the log-in has its time again, once.
    @Test func aLogInThatWasHeldUpHasItsTimeAgain() async throws {
        let server = try await FakeServer(.accepts)
        var connector = SSHConnector(eventLoopGroup: group)
        connector.watched = { _ in [LoopClock { _, _ in }] }
        let begin = ContinuousClock.now
        await #expect {
            _ = try await connector.connect(
                server.endpoint(handshakeTimeLimit: .milliseconds(1300)), knownHosts: KnownHosts(file: nil))
        } throws: { ($0 as? TransportFailure)?.kind == .graderOverloaded }
        #expect(ContinuousClock.now - begin >= .milliseconds(2600))
    }

    @Test(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
    func aCommandThatTimedOutForABusyGrader() async throws {
        let server = try OpenSSHServer()
        let session = try await SSHConnector(eventLoopGroup: group).connect(
            server.endpoint(), knownHosts: KnownHosts(file: nil))
        let command = RemoteCommand(["sleep", "1000"], asRoot: false, timeLimit: .seconds(2))
        #expect(try await session.run(command).ending == .timedOut)
        await #expect {
            try await withBusyLoop { _ = try await session.run(command) }
        } throws: { ($0 as? TransportFailure)?.kind == .graderOverloaded }
        #expect(try await session.run(RemoteCommand(["true"], asRoot: false)).ending == .exited(0))
        await session.close()
    }
}
