import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct CommandTests {
    let connector = SSHConnector(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)

    private func session(_ server: OpenSSHServer) async throws -> any NodeSession {
        try await connector.connect(server.endpoint(), knownHosts: KnownHosts(file: nil))
    }

    @Test func aCommandsOutputsAndStatusComeBack() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let result = try await session.run(
            RemoteCommand(["sh", "-c", "echo out; echo err >&2; exit 3"], asRoot: false))
        #expect(result.ending == .exited(3))
        #expect(result.standardOutput.text == "out\n")
        #expect(result.standardError.text == "err\n")
        let success = try await session.run(RemoteCommand(["true"], asRoot: false))
        #expect(success.ending == .exited(0))
        #expect(success.standardError.raw.isEmpty)
        await session.close()
    }

    @Test func argumentsArriveUnchanged() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let words = ["a b", "", "it's", "$HOME `id` \\ \"", "line\nbreak", "é", "-n", "*", "!x", "~"]
        let result = try await session.run(
            RemoteCommand(["printf", "%s\\0"] + words, asRoot: false))
        #expect(result.standardOutput.text == words.map { $0 + "\0" }.joined())
        await session.close()
    }
}
