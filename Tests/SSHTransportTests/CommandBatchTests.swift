import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct CommandBatchTests {
    let connector = SSHConnector.unhurried

    private func session(_ server: OpenSSHServer) async throws -> any NodeSession {
        try await connector.connect(server.endpoint(), knownHosts: KnownHosts(file: nil))
    }

    private func user(_ arguments: [String], seconds: Int = 10, outputLimit: Int = 1 << 20) -> RemoteCommand {
        RemoteCommand(
            arguments, asRoot: false, timeLimit: .seconds(seconds), outputLimit: outputLimit)
    }

    /// What a batch brings is what each command brings alone.
    @Test func aBatchAndItsCommandsAloneAgree() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let commands = [
            user(["printf", "%s\\0", "a b", "it's", "$HOME", "line\nbreak", "é"]),
            user(["sh", "-c", "echo out; echo err >&2; exit 3"]),
            user(["no-such-command"]),
            user(["true"]),
            user(["cat"]),
            user(["printf", "no line break"]),
            user(["sh", "-c", "kill -KILL $$"]),
            user(["sh", "-c", "exit 255"]),
            user(["head", "-c", "1001", "/dev/zero"], outputLimit: 1000),
            user(["printenv", "PATH", "HOME", "LC_ALL"]),
        ]
        let together = await session.run(brief: commands)
        #expect(together.count == commands.count)
        for command in commands {
            let alone = try await session.run(command)
            let batched = try #require(together[command]).get()
            #expect(batched.arguments == command.arguments && alone.arguments == command.arguments)
            #expect(batched.ending == alone.ending, "\(command.arguments)")
            #expect(batched.standardOutput == alone.standardOutput, "\(command.arguments)")
            // Who says that there is no such command is the shell here and timeout(1) there.
            if alone.ending == .exited(127) {
                #expect(batched.standardError.text.contains("no-such-command"))
            } else {
                #expect(batched.standardError == alone.standardError, "\(command.arguments)")
            }
            #expect(batched.outputTruncated == alone.outputTruncated, "\(command.arguments)")
        }
        await session.close()
    }

    @Test func oneThatHangsCostsTheOthersNothing() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let commands = [
            user(["echo", "before"]), user(["sleep", "1000"], seconds: 1), user(["echo", "after"]),
        ]
        let answers = await session.run(brief: commands)
        let results = try commands.map { try #require(answers[$0]).get() }
        #expect(results.map(\.ending) == [.exited(0), .timedOut, .exited(0)])
        #expect(results[0].standardOutput.text == "before\n")
        #expect(results[2].standardOutput.text == "after\n")
        await session.close()
    }

    @Test func aFloodInABatchIsCutAsAlone() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let commands = [
            user(["yes"], seconds: 1, outputLimit: 1000), user(["echo", "here"], outputLimit: 1000),
        ]
        let answers = await session.run(brief: commands)
        let results = try commands.map { try #require(answers[$0]).get() }
        let flood = results[0]
        #expect(flood.ending == .timedOut && flood.outputTruncated)
        #expect(flood.standardOutput.raw.count == 1000)
        #expect(results[1].standardOutput.text == "here\n")
        await session.close()
    }

    @Test func aBrokenConnectionIsEachOnesFailure() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        await session.close()
        let results = await session.run(brief: [user(["true"]), user(["false"])])
        #expect(results.count == 2)
        for result in results.values {
            #expect(throws: TransportFailure.self) { try result.get() }
        }
    }

    /// A command may print what looks like the end of another.
    @Test func aForgedMarkIsText() {
        let commands = [user(["a"]), user(["b"])]
        let batch = CommandBatch(commands, mark: "m")
        let result = CommandResult(
            answering: ["sh"], ending: .exited(0),
            standardOutput: "\u{1E}x 0\u{1E}\u{1E}m.0 0\u{1E}two\u{1E}m.1 1\u{1E}",
            standardError: "\u{1E}m.0\u{1E}\u{1E}m.1\u{1E}", duration: .zero)
        let results = batch.results(from: result)
        #expect(commands.map { results[$0]?.standardOutput.text } == ["\u{1E}x 0\u{1E}", "two"])
        #expect(commands.map { results[$0]?.ending } == [.exited(0), .exited(1)])
    }

    /// What stands behind another command's mark answers nothing.
    @Test func anAnswerInAnotherOnesPlaceIsNone() {
        let commands = [user(["a"]), user(["b"])]
        let result = CommandResult(
            answering: ["sh"], ending: .exited(0), standardOutput: "b's\u{1E}m.1 0\u{1E}a's\u{1E}m.0 0\u{1E}",
            standardError: "\u{1E}m.1\u{1E}\u{1E}m.0\u{1E}", duration: .zero)
        #expect(CommandBatch(commands, mark: "m").results(from: result)[commands[1]] == nil)
    }
}
