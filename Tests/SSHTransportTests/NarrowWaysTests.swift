import GraderCore
import NIOCore
import NIOPosix
import Testing

@testable import SSHTransport

/// Hardened servers: fewer sessions on a connection than are wanted, and accounts that run no command.
@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct NarrowWaysTests {
    private static let fakeSu = """
        #!/bin/sh
        printf 'Password: ' >&2
        IFS= read -r password
        exec /bin/sh -c "$3"

        """

    /// - Parameter isRooted: with a `su` of the test's own, whose shell takes a session for itself.
    private func session(_ server: OpenSSHServer, isRooted: Bool = false) async throws -> any NodeSession {
        var connector = SSHConnector.unhurried
        var endpoint = try server.endpoint()
        if isRooted {
            let su = try server.folder.write("su", Self.fakeSu, mode: 0o700)
            connector.rootCommandLine = { RootShellScript.commandLine($0)?.replacing("/bin/su", with: su) }
            endpoint.become = .su(password: Secret("x"))
        }
        return try await connector.connect(endpoint, knownHosts: KnownHosts(file: nil))
    }

    private func failure(_ session: any NodeSession, asRoot: Bool = false) async throws -> TransportFailure {
        do throws(TransportFailure) {
            _ = try await session.run(RemoteCommand(["id", "-u"], asRoot: asRoot))
        } catch {
            return error
        }
        throw ToolFailed(description: "the command ran")
    }

    /// Each answers for itself: which one it was is in what it prints.
    private func runAll(_ session: any NodeSession, isRooted: Bool = false) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<30 {
                group.addTask {
                    let result = try await session.run(
                        RemoteCommand(["echo", "\(number)"], asRoot: isRooted && number.isMultiple(of: 2)))
                    #expect(result.ending == .exited(0))
                    #expect(result.standardOutput.text == "\(number)\n")
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(arguments: [1, 2, 3])
    func everythingIsRunOneAfterTheOther(_ sessions: Int) async throws {
        let server = try OpenSSHServer(configuration: ["MaxSessions \(sessions)"])
        let session = try await session(server)
        try await runAll(session)
        // Once more: what is known by now is kept to.
        try await runAll(session)
        await session.close()
    }

    @Test(arguments: [1, 2])
    func theRootShellTakesTheOthersAlong(_ sessions: Int) async throws {
        let server = try OpenSSHServer(configuration: ["MaxSessions \(sessions)"])
        let session = try await session(server, isRooted: true)
        let first = try await session.run(RemoteCommand(["echo", "root"]))
        #expect(first.standardOutput.text == "root\n")
        try await runAll(session, isRooted: true)
        await session.close()
    }

    @Test func theRootShellWaitsForItsChannel() async throws {
        let server = try OpenSSHServer(configuration: ["MaxSessions 1"])
        let session = try await session(server, isRooted: true)
        async let slow = session.run(RemoteCommand(["sh", "-c", "sleep 0.5; echo slow"], asRoot: false))
        try await runAll(session, isRooted: true)
        #expect(try await slow.standardOutput.text == "slow\n")
        await session.close()
    }

    /// A command's time begins when it is its turn.
    @Test func waitingIsNoRunning() async throws {
        let server = try OpenSSHServer(configuration: ["MaxSessions 1"])
        let session = try await session(server)
        let command = RemoteCommand(["sleep", "1"], asRoot: false, timeLimit: .seconds(2))
        try await withThrowingTaskGroup(of: CommandResult.self) { group in
            for _ in 0..<4 { group.addTask { try await session.run(command) } }
            for try await result in group { #expect(result.ending == .exited(0)) }
        }
        await session.close()
    }

    /// One that is given up keeps its session until it has ended; those behind it wait and run.
    @Test func aCommandThatHangsHoldsNobodyUpForEver() async throws {
        let server = try OpenSSHServer(configuration: ["MaxSessions 1"])
        let session = try await session(server)
        async let hung = session.run(
            RemoteCommand(["sleep", "1000"], asRoot: false, timeLimit: .seconds(1)))
        try await runAll(session)
        #expect(try await hung.ending == .timedOut)
        await session.close()
    }

    /// sshd_config(5): MaxSessions counts shells, not forwarded connections.
    @Test func aTunnelIsNoSession() async throws {
        let server = try OpenSSHServer(configuration: ["MaxSessions 1"])
        let talker = try await FakeServer(.says("bye\n", thenCloses: true))
        let session = try await session(server)
        async let slow = session.run(RemoteCommand(["sleep", "1"], asRoot: false))
        let stream = try await session.dialer.dial(
            host: "127.0.0.1", port: talker.port, timeLimit: .seconds(5))
        #expect(try await stream.read() == Array("bye\n".utf8))
        await stream.close()
        #expect(try await slow.ending == .exited(0))
        await session.close()
    }

    @Test func noSessionAtAll() async throws {
        let server = try OpenSSHServer(configuration: ["MaxSessions 0"])
        let session = try await session(server)
        let failure = try await failure(session)
        #expect(failure.kind == .commandsRefused)
        #expect(failure.sentence.en.contains("would not start `id`"))
        #expect(failure.sentence.en.contains("check MaxSessions"))
        await session.close()
    }

    /// What sshd runs in place of what was asked for, its status included, is not the command's.
    @Test(arguments: [
        ("/bin/echo 'This account is restricted'; exit 1", "This account is restricted"),
        ("/bin/echo 'Come back later'", "Come back later"),
        ("/usr/sbin/nologin", "This account is currently not available."),
        // What PAM and sshd print where root's password has expired.
        (
            "printf 'WARNING: Your password has expired.\\nPassword change required but no TTY available.\\n' >&2; "
                + "exit 1",
            "WARNING: Your password has expired. Password change required but no TTY available."
        ),
    ])
    func anAccountThatRunsNoCommand(_ forced: String, _ words: String) async throws {
        let server = try OpenSSHServer(configuration: ["ForceCommand \(forced)"])
        for isRooted in [false, true] {
            let session = try await session(server, isRooted: isRooted)
            let failure = try await failure(session, asRoot: isRooted)
            #expect(failure.kind == .commandsRefused)
            #expect(failure.sentence.en.contains("(it said \"\(words)\")"))
            await session.close()
        }
    }

    /// A forced command that passes on what was asked for.
    @Test func aForcedCommandThatRunsTheCommand() async throws {
        let server = try OpenSSHServer(
            configuration: ["ForceCommand echo logged; exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\""])
        let session = try await session(server)
        try await runAll(session)
        await session.close()
    }
}
