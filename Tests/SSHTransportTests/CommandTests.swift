import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

@Suite(.enabled(if: OpenSSHServer.isInstalled, "needs /usr/sbin/sshd (openssh-server)"))
struct CommandTests {
    let connector = SSHConnector.unhurried

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

    /// The caller may be gone before the connection is: nobody holds the command any more when its channel ends.
    @Test func aConnectionThatEndsForgetsNoCommandAndNeedsNone() async throws {
        let server = try OpenSSHServer()
        let session = try #require(try await session(server) as? SSHSession)
        let connection = session.connection
        let told = session.eventLoop.makePromise(of: TransportFailure.Kind?.self)
        try await session.eventLoop.submit {
            // What would give it up is thrown away.
            _ = connection.value.run(RemoteCommand(["sleep", "30"], asRoot: false)) { result in
                if case .failure(let failure) = result {
                    told.succeed(failure.kind)
                } else {
                    told.succeed(nil)
                }
            }
        }.get()
        #expect(try await session.run(RemoteCommand(["true"], asRoot: false)).ending == .exited(0))
        await session.close()
        #expect(try await told.futureResult.get() != nil)
    }

    @Test func argumentsArriveUnchanged() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let words = [
            "a b", "", "it's", "it'\u{301}s; echo", "a\r\nb", "$HOME `id` \\ \"", "line\nbreak", "é", "-n",
            "*", "!x", "~",
        ]
        let result = try await session.run(
            RemoteCommand(["printf", "%s\\0"] + words, asRoot: false))
        #expect(result.standardOutput.text == words.map { $0 + "\0" }.joined())
        await session.close()
    }

    @Test func theInputArrivesUnchanged() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        try await expectInputToArriveUnchanged(session, asRoot: false)
        await session.close()
    }

    @Test func twoHundredCommandsOnOneConnection() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let result = try await session.run(RemoteCommand(["echo", "\(number)"], asRoot: false))
                    #expect(result.ending == .exited(0))
                    return result.standardOutput.text
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(texts == Set((0..<200).map { "\($0)\n" }))
        await session.close()
    }

    @Test func aFloodIsCutAndHarmsNobody() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        async let flood = session.run(
            RemoteCommand(["yes", "flood"], asRoot: false, timeLimit: .seconds(6), outputLimit: 1000))
        async let flood2 = session.run(
            RemoteCommand(
                ["sh", "-c", "yes flood >&2"], asRoot: false, timeLimit: .seconds(6), outputLimit: 1000))
        let other = try await session.run(RemoteCommand(["echo", "here"], asRoot: false))
        #expect(other.standardOutput.text == "here\n")
        let result = try await flood
        #expect(result.standardOutput.raw.count == 1000)
        #expect(result.outputTruncated)
        #expect(!result.errorTruncated)
        #expect(result.ending == .timedOut)
        let result2 = try await flood2
        #expect(result2.standardError.raw.count == 1000)
        #expect(result2.errorTruncated)
        #expect(!result2.outputTruncated)
        #expect(result2.ending == .timedOut)
        #expect(try await session.run(RemoteCommand(["true"], asRoot: false)).ending == .exited(0))
        await session.close()
    }

    @Test func outputThatIsJustOverTheBoundKeepsItsStatus() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let result = try await session.run(
            RemoteCommand(
                ["sh", "-c", "head -c 300000 /dev/zero; head -c 2000 /dev/zero >&2"], asRoot: false,
                outputLimit: 1000))
        #expect(result.ending == .exited(0))
        #expect(result.outputTruncated && result.errorTruncated)
        #expect(result.standardOutput.raw.count == 1000)
        #expect(result.standardError.raw.count == 1000)
        let exact = try await session.run(
            RemoteCommand(["head", "-c", "1000", "/dev/zero"], asRoot: false, outputLimit: 1000))
        #expect(exact.ending == .exited(0))
        #expect(!exact.outputTruncated)
        let exactError = try await session.run(
            RemoteCommand(["sh", "-c", "head -c 1000 /dev/zero >&2"], asRoot: false, outputLimit: 1000))
        #expect(exactError.ending == .exited(0))
        #expect(exactError.standardError.raw.count == 1000 && !exactError.errorTruncated)
        let over = try await session.run(
            RemoteCommand(["sh", "-c", "head -c 1001 /dev/zero >&2"], asRoot: false, outputLimit: 1000))
        #expect(over.ending == .exited(0))
        #expect(over.standardError.raw.count == 1000 && over.errorTruncated)
        await session.close()
    }

    @Test func bothOutputsInterleavedAndLarge() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let loop = "i=0; while [ $i -lt 2000 ]; do echo $i; printf '%0500d\n' $i >&2; i=$((i+1)); done"
        let result = try await session.run(
            RemoteCommand(["sh", "-c", loop], asRoot: false, outputLimit: 4 << 20))
        #expect(result.ending == .exited(0))
        #expect(result.standardOutput.text == (0..<2000).map { "\($0)\n" }.joined())
        #expect(result.standardError.raw.count == 2000 * 501)
        await session.close()
    }

    @Test func aCommandThatNeverEnds() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let result = try await session.run(
            RemoteCommand(
                ["sh", "-c", "echo begun; exec sleep 1000"], asRoot: false, timeLimit: .seconds(2)))
        #expect(result.ending == .timedOut)
        #expect(result.standardOutput.text == "begun\n")
        // One that does not go when it is told to.
        let stubborn = try await session.run(
            RemoteCommand(
                ["sh", "-c", "trap '' TERM; echo stays; while :; do sleep 0.1; done"], asRoot: false,
                timeLimit: .seconds(2)))
        #expect(stubborn.ending == .timedOut)
        #expect(stubborn.standardOutput.text == "stays\n")
        // One whose child holds the outputs open longer than any limit.
        let child = try await session.run(
            RemoteCommand(
                ["sh", "-c", "setsid sleep 30 & echo left"], asRoot: false, timeLimit: .seconds(2)))
        #expect(child.standardOutput.text == "left\n")
        #expect(child.ending == .exited(0))
        let failing = try await session.run(
            RemoteCommand(
                ["sh", "-c", "setsid sleep 30 & exit 5"], asRoot: false, timeLimit: .seconds(2)))
        #expect(failing.ending == .exited(5))
        #expect(try await session.run(RemoteCommand(["true"], asRoot: false)).ending == .exited(0))
        await session.close()
    }

    @Test func aSignalIsAValue() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        for name in ["KILL", "SEGV", "TERM"] {
            let result = try await session.run(
                RemoteCommand(["sh", "-c", "kill -\(name) $$"], asRoot: false))
            #expect(result.ending == .signalled(name))
            #expect(result.standardError.raw.isEmpty)
        }
        let missing = try await session.run(RemoteCommand(["no-such-command"], asRoot: false))
        #expect(missing.ending == .exited(127))
        await session.close()
    }

    @Test func aCancelledCommandLeavesTheSessionUsable() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        let endless = (0..<12).map { _ in
            Task {
                try await session.run(
                    RemoteCommand(["sleep", "1000"], asRoot: false, timeLimit: .seconds(20)))
            }
        }
        for task in endless { task.cancel() }
        for task in endless {
            await #expect {
                _ = try await task.value
            } throws: { ($0 as? TransportFailure)?.kind == .cancelled }
        }
        let result = try await session.run(RemoteCommand(["echo", "still"], asRoot: false))
        #expect(result.standardOutput.text == "still\n")
        await session.close()
    }

    @Test func aConnectionThatBreaks() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        // The command ends the server's process of this connection: its parent's parent is the shell's sshd.
        do throws(TransportFailure) {
            let result = try await session.run(
                RemoteCommand(["sh", "-c", "kill -KILL $(ps -o ppid= $(ps -o ppid= $PPID))"], asRoot: false))
            Issue.record("the connection did not break: \(result)")
        } catch {
            #expect(error.kind == .connectionLost)
            #expect(error.sentence.en.contains("while `sh` ran"))
        }
        await #expect {
            _ = try await session.run(RemoteCommand(["true"], asRoot: false))
        } throws: { ($0 as? TransportFailure)?.kind == .connectionLost }
        await session.close()
        await session.close()
    }

    @Test func aCommandLineNoNodeCanRun() async throws {
        let server = try OpenSSHServer()
        let session = try await session(server)
        for words in [[], ["echo", "a\0b"]] {
            await #expect(throws: TransportFailure.self) {
                _ = try await session.run(RemoteCommand(words, asRoot: false))
            }
        }
        await session.close()
    }
}
