import Foundation
import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct TunnelTests {
    let connector = SSHConnector.unhurried

    private func session(_ server: OpenSSHServer) async throws -> any NodeSession {
        try await connector.connect(server.endpoint(), knownHosts: KnownHosts(file: nil))
    }

    private func failure(_ dialer: any StreamDialer, port: Int, limit: Duration = .seconds(5)) async throws
        -> DialFailure
    {
        do throws(DialFailure) {
            _ = try await dialer.dial(host: "127.0.0.1", port: port, timeLimit: limit)
        } catch {
            return error
        }
        throw ToolFailed(description: "the connection was made")
    }

    @Test func bytesGoBothWays() async throws {
        let server = try OpenSSHServer()
        let echo = try await EchoServer()
        let session = try await session(server)
        let stream = try await session.dialer.dial(host: "127.0.0.1", port: echo.port, timeLimit: .seconds(5))
        // More than a window and all buffers on the way, while nobody reads yet.
        let sent = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        async let writing: Void = stream.write(sent)
        var received: [UInt8] = []
        while received.count < sent.count {
            let piece = try await stream.read()
            #expect(!piece.isEmpty)
            received += piece
        }
        try await writing
        #expect(received == sent)
        await stream.close()
        await #expect(throws: DialFailure.self) { _ = try await stream.read() }
        let result = try await session.run(RemoteCommand(["echo", "beside"], asRoot: false))
        #expect(result.standardOutput.text == "beside\n")
        await session.close()
    }

    @Test func theEndOfTheStream() async throws {
        let server = try OpenSSHServer()
        let talker = try await FakeServer(.says("bye\n", thenCloses: true))
        let session = try await session(server)
        let stream = try await session.dialer.dial(
            host: "127.0.0.1", port: talker.port, timeLimit: .seconds(5))
        #expect(try await stream.read() == Array("bye\n".utf8))
        #expect(try await stream.read().isEmpty)
        await stream.close()
        await session.close()
    }

    @Test func portsThatCannotBeReached() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let closed = try await failure(session.dialer, port: freePort())
        #expect(closed.kind == .refused)
        let deaf = try DeafServer()
        let silent = try await failure(session.dialer, port: deaf.port, limit: .milliseconds(300))
        #expect(silent.kind == .timedOut)
        await session.close()
    }

    @Test func aServerThatForbidsIt() async throws {
        let server = try OpenSSHServer(configuration: ["AllowTcpForwarding no"])
        let session = try await session(server)
        #expect(try await failure(session.dialer, port: server.port).kind == .prohibited)
        await session.close()
    }

    @Test func aReaderThatIsGivenUp() async throws {
        let server = try OpenSSHServer()
        let silent = try await FakeServer(.accepts)
        let session = try await session(server)
        let stream = try await session.dialer.dial(
            host: "127.0.0.1", port: silent.port, timeLimit: .seconds(5))
        let reading = Task { try await stream.read() }
        reading.cancel()
        await #expect(throws: DialFailure.self) { _ = try await reading.value }
        let result = try await session.run(RemoteCommand(["true"], asRoot: false))
        #expect(result.ending == .exited(0))
        await session.close()
    }

    /// That the session ends, by whomever, says nothing of the server behind it: it is no reset.
    @Test func theEndOfTheSessionIsNotTheServers() async throws {
        let server = try OpenSSHServer()
        let silent = try await FakeServer(.accepts)
        let session = try await session(server)
        let stream = try await session.dialer.dial(
            host: "127.0.0.1", port: silent.port, timeLimit: .seconds(5))
        let reading = Task { try await stream.read() }
        await session.close()
        let failure = await #expect(throws: DialFailure.self) { _ = try await reading.value }
        #expect(failure?.kind == .other)
    }
}

@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct JumpHostTests {
    let connector = SSHConnector.unhurried

    @Test func nodesBehindOneJumpHost() async throws {
        let jump = try OpenSSHServer()
        let node = try OpenSSHServer()
        let hosts = try KnownHosts(file: nil)
        var endpoint = try node.endpoint()
        endpoint.proxyJump = try jump.endpoint(who: "bastion")
        let inner = KnownHosts.host("127.0.0.1", behind: [("127.0.0.1", jump.port)])
        let sessions = try await withThrowingTaskGroup(of: (any NodeSession).self) { group in
            for _ in 0..<5 {
                group.addTask { [endpoint] in try await connector.connect(endpoint, knownHosts: hosts) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for session in sessions {
            // SSH_CONNECTION's server port is the node's, its client is the jump host's sshd.
            let result = try await session.run(
                RemoteCommand(["sh", "-c", "yes | head -c 500000"], asRoot: false))
            #expect(result.standardOutput.raw.count == 500_000)
            #expect(session.hostKey.map { hosts.keys(host: inner, port: node.port) == [$0] } == true)
        }
        #expect(hosts.keys(host: "127.0.0.1", port: jump.port).count == 1)
        // One each, which ends with the log-in that goes through it.
        #expect(try await jump.logIns(atLeast: 5) == 5)
        #expect(try await node.logIns(atLeast: 5) == 5)
        for session in sessions { await session.close() }
        #expect(try await jump.goodbyes(atLeast: 5) == 5)
    }

    /// sshd answers an opening when its own connect(2) has ended, and there is one opening at a time.
    @Test func aDeadNodeKeepsNobodyElseWaiting() async throws {
        let jump = try OpenSSHServer()
        let node = try OpenSSHServer()
        let deaf = try DeafServer()
        let hosts = try KnownHosts(file: nil)
        var endpoint = try node.endpoint()
        endpoint.proxyJump = try jump.endpoint(who: "bastion")
        var dead = endpoint
        dead.port = deaf.port
        // Until the test is over.
        dead.connectTimeLimit = .seconds(600)
        let waiting = Task { [dead] in try await connector.connect(dead, knownHosts: hosts) }
        #expect(try await jump.logIns(atLeast: 1) == 1)
        let session = try await connector.connect(endpoint, knownHosts: hosts)
        await session.close()
        waiting.cancel()
        await #expect {
            _ = try await waiting.value
        } throws: { ($0 as? TransportFailure)?.kind == .cancelled }
        #expect(try await jump.goodbyes(atLeast: 2) == 2)
    }

    @Test func whatIsWrongBehindAndAtTheJumpHost() async throws {
        let jump = try OpenSSHServer()
        let hosts = try KnownHosts(file: nil)
        func failure(_ endpoint: SSHEndpoint) async throws -> TransportFailure {
            do throws(TransportFailure) {
                _ = try await connector.connect(endpoint, knownHosts: hosts)
            } catch {
                return error
            }
            throw ToolFailed(description: "no failure")
        }
        var endpoint = try jump.endpoint()
        endpoint.proxyJump = try jump.endpoint(who: "bastion")
        endpoint.port = try freePort()
        // libssh2 says no more than that the jump host could not connect; how fast it said so is all there is to
        // tell a refusal from silence, and a loaded machine is slow.
        #expect([.connectionRefused, .unreachable].contains(try await failure(endpoint).kind))
        let silent = try await FakeServer(.accepts)
        endpoint.port = silent.port
        endpoint.handshakeTimeLimit = .milliseconds(300)
        #expect(try await failure(endpoint).kind == .notSSH)
        let closed = try OpenSSHServer()
        endpoint.proxyJump = try closed.endpoint(who: "bastion", credentials: SSHCredentials())
        let refused = try await failure(endpoint)
        #expect(refused.kind == .authenticationFailed)
        #expect(
            refused.sentence.en.hasPrefix(
                "etu1/serv1, at its jump host: 127.0.0.1:\(closed.port) does not let"))
        #expect(try await failure(endpoint) == refused)
        // The refusal was not provoked a second time.
        #expect(try await closed.connections(atLeast: 1) == 1)
    }
}

extension JumpHostTests {
    /// Of a class behind a jump host that is silent one node logs in there; the others wait, and nobody waits for them.
    @Test func whoeverWaitsForAJumpHostKeepsNobodyElseWaiting() async throws {
        let silent = try await FakeServer(.accepts)
        let node = try OpenSSHServer()
        let hosts = try KnownHosts(file: nil)
        var connector = SSHConnector(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, maximumHandshakes: 1)
        connector.watched = { _ in [] }
        let direct = try node.endpoint()
        var behind = direct
        // Until the test is over.
        behind.proxyJump = silent.endpoint(handshakeTimeLimit: .seconds(120))
        let waiting = (0..<8).map { _ in
            Task { [connector, behind] in try await connector.connect(behind, knownHosts: hosts) }
        }
        for _ in 0..<3 {
            // Each of those who wait has had its turn at the one place by then, or will have it first.
            try await Task.sleep(for: .milliseconds(100))
            try await connector.connect(direct, knownHosts: hosts).close()
        }
        for task in waiting { task.cancel() }
        for task in waiting {
            await #expect {
                _ = try await task.value
            } throws: { ($0 as? TransportFailure)?.kind == .cancelled }
        }
        try await connector.connect(direct, knownHosts: hosts).close()
        #expect(try await node.logIns(atLeast: 4) == 4)
    }

    @Test func givingUpWhileTheJumpHostHangs() async throws {
        let silent = try await FakeServer(.accepts)
        let node = try OpenSSHServer()
        var endpoint = try node.endpoint()
        endpoint.proxyJump = silent.endpoint(handshakeTimeLimit: .seconds(60))
        let hosts = try KnownHosts(file: nil)
        let connecting = Task { [endpoint] in try await connector.connect(endpoint, knownHosts: hosts) }
        connecting.cancel()
        await #expect {
            _ = try await connecting.value
        } throws: { ($0 as? TransportFailure)?.kind == .cancelled }
    }
}
