import Foundation
import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

/// The helper's shell script and the conversation with `su`, over a real sshd, with a `su` of the test's own
/// that asks as util-linux's does and needs no privilege.
@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct RootShellTests {
    private static let fakeSu = """
        #!/bin/sh
        # su root -c COMMAND, standard input no terminal: prompt on standard error, one line read.
        echo asked >> "$(dirname "$0")/asked"
        printf 'Password: ' >&2
        IFS= read -r password
        echo >&2
        [ "$password" = "let me in" ] || { sleep 0.1; echo 'su: Authentication failure' >&2; exit 1; }
        exec /bin/sh -c "$3"

        """

    private struct Rooted {
        let server: OpenSSHServer
        let session: any NodeSession
        var asked: Int {
            let text = try? String(contentsOfFile: server.folder.file("asked"), encoding: .utf8)
            return text?.split(separator: "\n").count ?? 0
        }
    }

    private func rooted(password: String = "let me in", commandLine: String? = nil) async throws -> Rooted {
        let server = try OpenSSHServer()
        let su = try server.folder.write("su", Self.fakeSu, mode: 0o700)
        var connector = SSHConnector.unhurried
        connector.rootCommandLine = { become in
            commandLine ?? RootShellScript.commandLine(become)?.replacing("/bin/su", with: su)
        }
        var endpoint = try server.endpoint()
        endpoint.become = .su(password: Secret(password))
        let session = try await connector.connect(endpoint, knownHosts: KnownHosts(file: nil))
        return Rooted(server: server, session: session)
    }

    private func failure(_ rooted: Rooted) async throws -> TransportFailure {
        do throws(TransportFailure) {
            _ = try await rooted.session.run(RemoteCommand(["id"]))
        } catch {
            return error
        }
        throw ToolFailed(description: "root was not refused")
    }

    @Test func outputsStatusAndSignals() async throws {
        let rooted = try await rooted()
        let session = rooted.session
        let result = try await session.run(RemoteCommand(["sh", "-c", "echo out; echo err >&2; exit 3"]))
        #expect(result.ending == .exited(3))
        #expect(result.standardOutput.text == "out\n")
        #expect(result.standardError.text == "err\n")
        let signalled = try await session.run(RemoteCommand(["sh", "-c", "kill -KILL $$"]))
        #expect(signalled.ending == .signalled("KILL"))
        #expect(signalled.standardError.raw.isEmpty)
        let missing = try await session.run(RemoteCommand(["no-such-command"]))
        #expect(missing.ending == .exited(127))
        let environment = try await session.run(RemoteCommand(["env"]))
        #expect(
            environment.standardOutput.text
                == "PATH=\(RemoteScript.path)\nLC_ALL=C.UTF-8\nHOME=/root\n")
        #expect(rooted.asked == 1)
        await session.close()
    }

    @Test func argumentsArriveUnchanged() async throws {
        let rooted = try await rooted()
        let words = [
            "a b", "", "it's", "it'\u{301}s; echo", "a\r\nb", "$HOME `id` \\ \"", "line\nbreak\n", "é", "-n",
            "*", "!x", "~", "$nl'",
        ]
        let result = try await rooted.session.run(RemoteCommand(["printf", "%s\\0"] + words))
        #expect(result.standardOutput.text == words.map { $0 + "\0" }.joined())
        await rooted.session.close()
    }

    @Test func theInputArrivesUnchanged() async throws {
        let rooted = try await rooted()
        try await expectInputToArriveUnchanged(rooted.session)
        #expect(rooted.asked == 1)
        await rooted.session.close()
    }

    @Test func manyCommandsSideBySideDoNotMix() async throws {
        let rooted = try await rooted()
        let session = rooted.session
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask {
                    let script =
                        "i=0; while [ $i -lt 400 ]; do echo \(number); echo e\(number) >&2; i=$((i+1)); done"
                    let result = try await session.run(RemoteCommand(["sh", "-c", script]))
                    #expect(result.ending == .exited(0))
                    #expect(result.standardOutput.text == String(repeating: "\(number)\n", count: 400))
                    #expect(result.standardError.text == String(repeating: "e\(number)\n", count: 400))
                }
            }
            try await group.waitForAll()
        }
        #expect(rooted.asked == 1)
        await session.close()
    }

    @Test func binaryOutputSurvives() async throws {
        let rooted = try await rooted()
        let all = (0...255).map { String(format: "\\%03o", $0) }.joined()
        let result = try await rooted.session.run(RemoteCommand(["printf", all]))
        #expect(result.standardOutput.raw == Array(0...255))
        await rooted.session.close()
    }

    @Test func floodsAndEndlessCommandsAreBounded() async throws {
        let rooted = try await rooted()
        let session = rooted.session
        async let flood = session.run(
            RemoteCommand(["yes"], timeLimit: .seconds(2), outputLimit: 1000))
        async let endless = session.run(
            RemoteCommand(["sh", "-c", "echo begun; exec sleep 1000"], timeLimit: .seconds(2)))
        let flooded = try await flood
        #expect(flooded.ending == .timedOut)
        #expect(flooded.standardOutput.raw.count == 1000 && flooded.outputTruncated)
        let ended = try await endless
        #expect(ended.ending == .timedOut)
        #expect(ended.standardOutput.text == "begun\n" && !ended.outputTruncated)
        let exact = try await session.run(
            RemoteCommand(["head", "-c", "1000", "/dev/zero"], outputLimit: 1000))
        #expect(exact.ending == .exited(0) && !exact.outputTruncated)
        await session.close()
    }

    @Test func aChildThatKeepsTheOutputsOpen() async throws {
        let rooted = try await rooted()
        let result = try await rooted.session.run(
            RemoteCommand(["sh", "-c", "setsid sleep 10 & echo left"], timeLimit: .seconds(2)))
        #expect(result.ending == .exited(0))
        await rooted.session.close()
    }

    @Test func aCancelledCommandIsEndedOnTheNode() async throws {
        let rooted = try await rooted()
        let session = rooted.session
        let marker = rooted.server.folder.file("begun")
        let running = Task {
            try await session.run(
                RemoteCommand(
                    [
                        "sh", "-c",
                        "trap 'echo ended >> \(marker)' TERM; echo begun > \(marker); sleep 1000 & wait",
                    ],
                    timeLimit: .seconds(60)))
        }
        func wait(for text: String) async throws {
            let shown = try await session.run(
                RemoteCommand(["sh", "-c", "until grep -q \(text) \(marker); do sleep 0.02; done"]))
            #expect(shown.ending == .exited(0))
        }
        try await wait(for: "begun")
        running.cancel()
        await #expect {
            _ = try await running.value
        } throws: { ($0 as? TransportFailure)?.kind == .cancelled }
        try await wait(for: "ended")
        await session.close()
    }

    @Test func aWrongPasswordIsTriedOnce() async throws {
        let rooted = try await rooted(password: "wrong")
        let first = try await failure(rooted)
        #expect(first.kind == .rootRefused)
        #expect(first.sentence.en.contains("root's password in the roster is wrong"))
        #expect(!first.sentence.en.contains("let me in"))
        #expect(try await failure(rooted) == first)
        #expect(rooted.asked == 1)
        // The log-in itself is as good as before.
        let result = try await rooted.session.run(RemoteCommand(["true"], asRoot: false))
        #expect(result.ending == .exited(0))
        await rooted.session.close()
    }

    @Test func noSuchTool() async throws {
        let rooted = try await rooted(commandLine: "echo \(RootShellScript.shellMark); exec /nowhere/sudo -S")
        #expect(try await failure(rooted).kind == .rootRefused)
        await rooted.session.close()
    }

    @Test func aHelperThatIsKilled() async throws {
        let rooted = try await rooted()
        // The helper is the process that sshd started.
        let script = """
            p=$$
            while q=$(ps -o ppid= -p $p | tr -d ' '); [ "$(ps -o comm= -p $q)" != sshd ]; do p=$q; done
            kill -KILL $p
            """
        await #expect {
            _ = try await rooted.session.run(RemoteCommand(["sh", "-c", script]))
            _ = try await rooted.session.run(RemoteCommand(["true"]))
        } throws: { ($0 as? TransportFailure)?.kind == .connectionLost }
        await rooted.session.close()
    }
}
