import Foundation
import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

@Suite(
    .enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"),
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ssh-agent"),
        "needs /usr/bin/ssh-agent (openssh-client)"))
struct AgentTests {
    let connector = SSHConnector.unhurried

    /// A real ssh-agent with keys of its own.
    private final class Agent {
        let folder: ScratchFolder
        let socket: String
        private let process: Process

        init() throws {
            folder = try ScratchFolder()
            socket = folder.file("agent")
            (process, _) = try startServer(
                "/usr/bin/ssh-agent", ["-D", "-a", socket],
                readyWhen: "SSH_AUTH_SOCK")
        }

        deinit { process.terminate() }

        func add(_ file: String) throws {
            try runTool("/usr/bin/ssh-add", ["-q", file], environment: ["SSH_AUTH_SOCK": socket])
        }
    }

    @Test(arguments: [["-t", "ed25519"], ["-t", "ecdsa", "-b", "384"], ["-t", "rsa", "-b", "2048"]])
    func theAgentSigns(_ options: [String]) async throws {
        let server = try OpenSSHServer(userKeyOptions: options)
        let agent = try Agent()
        try agent.add(server.userKeyFile)
        var credentials = SSHCredentials(useAgent: true)
        credentials.agentSocket = agent.socket
        let session = try await connector.connect(
            server.endpoint(credentials: credentials), knownHosts: KnownHosts(file: nil))
        let result = try await session.run(RemoteCommand(["true"], asRoot: false))
        #expect(result.ending == .exited(0))
        await session.close()
    }

    @Test func theSecondKeyOfTheAgentFits() async throws {
        let server = try OpenSSHServer()
        let other = try OpenSSHServer(userKeyOptions: ["-t", "rsa", "-b", "2048"])
        let agent = try Agent()
        try agent.add(other.userKeyFile)
        try agent.add(server.userKeyFile)
        var credentials = SSHCredentials(useAgent: true)
        credentials.agentSocket = agent.socket
        let session = try await connector.connect(
            server.endpoint(credentials: credentials), knownHosts: KnownHosts(file: nil))
        await session.close()
    }

    @Test func noAgent() async throws {
        let server = try OpenSSHServer()
        var credentials = SSHCredentials(useAgent: true)
        for socket in [server.folder.file("nothing"), ""] {
            credentials.agentSocket = socket
            let endpoint = try server.endpoint(credentials: credentials)
            await #expect {
                _ = try await connector.connect(endpoint, knownHosts: KnownHosts(file: nil))
            } throws: { ($0 as? TransportFailure)?.kind == .authenticationFailed }
        }
    }

    /// A class has thousands of log-ins, and a desktop's agent often no key: none of its connections stays open.
    @Test(.timeLimit(.minutes(1))) func anAgentWithoutKeysIsSaidAndLetGo() async throws {
        let server = try OpenSSHServer()
        let agent = try await FakeAgent(answer: [0, 0, 0, 5, 12, 0, 0, 0, 0])
        var credentials = SSHCredentials(useAgent: true)
        credentials.agentSocket = agent.socket
        let endpoint = try server.endpoint(credentials: credentials)
        await #expect {
            _ = try await connector.connect(endpoint, knownHosts: KnownHosts(file: nil))
        } throws: {
            ($0 as? TransportFailure)?.sentence.en.contains("the SSH agent here gave no key") == true
        }
        try await agent.gone.futureResult.get()
    }

    @Test(.timeLimit(.minutes(1))) func anAgentThatHangsIsLetGoWithTheLogIn() async throws {
        let server = try OpenSSHServer()
        let agent = try await FakeAgent(answer: [])
        var credentials = SSHCredentials(useAgent: true)
        credentials.agentSocket = agent.socket
        let endpoint = try server.endpoint(credentials: credentials)
        let logIn = Task { [connector] in
            _ = try await connector.connect(endpoint, knownHosts: KnownHosts(file: nil))
        }
        try await agent.asked.futureResult.get()
        logIn.cancel()
        try await agent.gone.futureResult.get()
        await #expect(throws: TransportFailure.self) { try await logIn.value }
    }

    @Test func anRSAKeyFileIsSentToTheAgent() throws {
        let server = try OpenSSHServer(userKeyOptions: ["-t", "rsa", "-b", "2048"])
        do throws(TransportFailure) {
            _ = try SSHUserKey(file: server.userKeyFile)
        } catch {
            // Only libssh2 before 1.11 has to refuse it.
            #expect(error.kind == .keyUnusable)
            #expect(error.sentence.en.contains("ssh-add \(server.userKeyFile)"))
        }
    }

    @Test func answersNobodyVouchesFor() {
        #expect(AgentMessage.identities([]) == nil)
        #expect(AgentMessage.identities([5]) == nil)
        #expect(AgentMessage.identities([12, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
        #expect(AgentMessage.identities([12, 0, 0, 0, 0]) == [])
        #expect(AgentMessage.signature([14, 0, 0, 0, 9, 1]) == nil)
        #expect(AgentMessage.signature([14, 0, 0, 0, 4, 0, 0, 0, 0]) == nil)
    }
}
