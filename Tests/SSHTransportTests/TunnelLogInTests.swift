import GraderCore
import NetworkProbes
import Synchronization
import Testing

@testable import SSHTransport

/// Connections through a node wait for each other and for nothing else, and no clock runs meanwhile.
@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct TunnelLogInTests {
    let connector = SSHConnector.unhurried

    /// One that is slow, as on a loaded machine, looks like a host that is not there.
    private static let refusals: [PortProbeResult.State?] = [.closed, .hostUnreachable]

    private func session(_ server: OpenSSHServer) async throws -> any NodeSession {
        try await connector.connect(server.endpoint(), knownHosts: KnownHosts(file: nil))
    }

    private func state(_ dialer: any StreamDialer, _ port: Int, limit: Duration) async
        -> PortProbeResult.State?
    {
        let outcome = await PortProbe(dialer: dialer).observe(
            address: "127.0.0.1", port: port, timeLimit: limit)
        if case .port(let result) = outcome { return result.state }
        return nil
    }

    @Test func whoSaysNothingSpoilsNoOther() async throws {
        let server = try OpenSSHServer()
        let deaf = try DeafServer()
        let talker = try await FakeServer(.accepts)
        let closed = try freePort()
        let session = try await session(server)
        let dialer = session.dialer
        let limit = Duration.seconds(3)
        async let silent = withTaskGroup(of: PortProbeResult.State?.self) { group in
            for _ in 0..<3 { group.addTask { await state(dialer, deaf.port, limit: limit) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(try await server.logIns(atLeast: 2) >= 2)
        async let open = state(dialer, talker.port, limit: limit)
        async let refused = state(dialer, closed, limit: limit)
        // The node's commands go by another way.
        let result = try await session.run(
            RemoteCommand(["echo", "beside"], asRoot: false, timeLimit: .seconds(5)))
        #expect(result.standardOutput.text == "beside\n")
        #expect(await open == .open)
        #expect(Self.refusals.contains(await refused))
        // Nil: we were late ourselves.
        #expect(await silent.allSatisfy { $0 == .filtered || $0 == nil })
        // Those whose opening hung have served once, and are gone: nobody was left in them.
        #expect(try await server.logIns(atLeast: 5) == 5)
        #expect(try await server.goodbyes(atLeast: 3) == 3)
        await session.close()
    }

    /// One that is free serves again, and all end with the session whose they are.
    @Test func aLogInServesAgain() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let closed = try freePort()
        for _ in 0..<5 {
            #expect(Self.refusals.contains(await state(session.dialer, closed, limit: .seconds(20))))
        }
        #expect(try await server.logIns(atLeast: 2) == 2)
        await session.close()
        #expect(try await server.goodbyes(atLeast: 2) == 2)
        #expect(await state(session.dialer, closed, limit: .seconds(20)) == nil)
    }

    /// Servers count failed log-ins, and punish them.
    @Test func aRefusalIsNotProvokedAgain() async throws {
        let tries = Mutex(0)
        let dialer = TunnelLogIns { () throws(TransportFailure) in
            tries.withLock { $0 += 1 }
            throw TransportFailure(.authenticationFailed, fr: "etu1/serv1 : non.", en: "etu1/serv1: no.")
        }
        for _ in 0..<5 {
            let outcome = await PortProbe(dialer: dialer).observe(
                address: "127.0.0.1", port: 80, timeLimit: .seconds(20))
            guard case .failed(let failure) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(failure.sentence.en == "127.0.0.1 port 80 could not be probed: etu1/serv1: no.")
        }
        #expect(tries.withLock { $0 } == 1)
    }
}
