import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

/// A server for each stage at which one can be hostile: each its own kind and its own sentence, in both languages, within
/// its bounds; none says more than is known.
@Suite(.enabled(if: ScriptedServer.isInstalled, "needs python3-asyncssh"))
struct HostileNodeTests {
    let connector = SSHConnector.unhurried

    /// Of the log-in, or of the first command.
    private func failure(_ endpoint: SSHEndpoint, _ hosts: KnownHosts) async throws -> TransportFailure? {
        do throws(TransportFailure) {
            let session = try await connector.connect(endpoint, knownHosts: hosts)
            let command = RemoteCommand(["id"], asRoot: false, timeLimit: .seconds(1), outputLimit: 4096)
            do throws(TransportFailure) { _ = try await session.run(command) } catch {
                await session.close()
                throw error
            }
            await session.close()
        } catch {
            return error
        }
        return nil
    }

    @Test func eachMannerHasItsOwnSentence() async throws {
        // Whether the kernel has told of a connection before it is reset is a race.
        let words = try HostileServers.sentences().filter { $0.manner != "version-resets" }
        #expect(words.count > 60)
        let servers = try HostileServers(words.map(\.manner))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for words in words {
                // A slow machine under test has the rest of its log-in before what never comes.
                let endpoint = try servers.endpoint(words.manner, handshakeTimeLimit: .seconds(20))
                group.addTask {
                    let hosts = try KnownHosts(file: nil)
                    if words.kind == "hostKeyChanged" { _ = try await failure(endpoint, hosts) }
                    let failure = try #require(try await failure(endpoint, hosts), "\(words.manner)")
                    let sentence = failure.sentence
                    #expect("\(failure.kind)" == words.kind, "\(words.manner): \(sentence.en)")
                    #expect(sentence.en.contains(words.sentence), "\(words.manner): \(sentence.en)")
                    #expect(sentence.fr != sentence.en && sentence.fr.hasPrefix("etu1/serv1"))
                    for text in [sentence.fr, sentence.en] {
                        #expect(text.hasSuffix("."))
                        #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// However few log-ins may be under way, one that hangs in the middle of its key exchange takes nobody's place.
    @Test(.timeLimit(.minutes(1))) func whoHangsHoldsNobodyUp() async throws {
        let servers = try HostileServers(["exchange-silent-identified"])
        let silent = try servers.endpoint("exchange-silent-identified", handshakeTimeLimit: .seconds(600))
        let good = try OpenSSHServer()
        let endpoint = try good.endpoint()
        let hosts = try KnownHosts(file: nil)
        var connector = SSHConnector(
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, maximumHandshakes: 1)
        connector.watched = { _ in [] }
        try await withThrowingTaskGroup(of: Void.self) { [connector] group in
            group.addTask { _ = try? await connector.connect(silent, knownHosts: hosts) }
            // Whichever comes first: the other has ten minutes.
            try await Task.sleep(for: .milliseconds(50))
            try await connector.connect(endpoint, knownHosts: hosts).close()
            group.cancelAll()
        }
    }

    /// What is asked for has to be answered, and the answers lie here where they are not read.
    @Test func whoReadsNothingIsNotAnsweredForEver() async throws {
        let manner = "channel-requests-unread"
        let servers = try HostileServers([manner])
        let session = try await connector.connect(
            servers.endpoint(manner, handshakeTimeLimit: .seconds(20)), knownHosts: KnownHosts(file: nil))
        let failure = await #expect(throws: TransportFailure.self) {
            _ = try await session.run(RemoteCommand(["id"], asRoot: false, timeLimit: .seconds(100)))
        }
        #expect(failure?.sentence.en.contains("it reads nothing of what it asks for") == true)
    }

    /// What looks like an answer of ours and is none, or another's, is no evidence of anything.
    @Test(arguments: [
        "channel-no-status", "channel-no-status-marked", "channel-status-largest", "channel-close-alone",
    ])
    func anAnswerWithoutItsEndIsUnknown(_ manner: String) async throws {
        let servers = try HostileServers([manner])
        let session = try await connector.connect(
            servers.endpoint(manner, handshakeTimeLimit: .seconds(20)), knownHosts: KnownHosts(file: nil))
        let result = try await session.run(RemoteCommand(["id"], asRoot: false, timeLimit: .seconds(5)))
        // libssh2 says 0 where no status came; only the mark of a command that ended well makes one of it.
        #expect(result.ending == (manner == "channel-no-status-marked" ? .exited(0) : .unknown))
        await session.close()
    }

    /// The batch's marks stand in what the node is sent; a number that no status is ended the program.
    @Test(arguments: ["output-forges-marks", "output-forges-status"])
    func forgedMarksEndNothing(_ manner: String) async throws {
        let servers = try HostileServers([manner])
        let session = try await connector.connect(
            servers.endpoint(manner, handshakeTimeLimit: .seconds(20)), knownHosts: KnownHosts(file: nil))
        let commands = ["a", "b", "c"].map { RemoteCommand([$0], asRoot: false, timeLimit: .seconds(5)) }
        #expect(await session.run(brief: commands).count == 3)
        await session.close()
    }
}

/// The same without a server.
@Suite struct ForgedAnswerTests {
    private let commands = ["a", "b"].map { RemoteCommand([$0], asRoot: false) }

    private func results(
        _ ending: CommandResult.Ending, _ output: String, _ error: String = "\u{1E}m.0\u{1E}\u{1E}m.1\u{1E}",
        isTruncated: Bool = false
    ) -> [RemoteCommand: CommandResult] {
        CommandBatch(commands, mark: "m").results(
            from: CommandResult(
                answering: ["sh"], ending: ending, standardOutput: Bytes(Array(output.utf8)),
                standardError: Bytes(Array(error.utf8)), outputTruncated: isTruncated, errorTruncated: false,
                duration: .zero))
    }

    @Test func whoAnswersForAnotherIsNotBelieved() {
        let forged = "a's\u{1E}m.0 0\u{1E}forged\u{1E}m.1 0\u{1E}"
        #expect(results(.exited(0), forged).count == 2)
        // The first printed all marks and then killed the shell, hung, or flooded.
        #expect(results(.signalled("KILL"), forged).isEmpty)
        #expect(results(.timedOut, forged).isEmpty)
        #expect(results(.unknown, forged).isEmpty)
        #expect(results(.exited(0), forged, isTruncated: true).isEmpty)
        // And where it let the shell go on, the true marks come behind.
        #expect(results(.exited(0), forged + "\u{1E}m.0 0\u{1E}b's\u{1E}m.1 0\u{1E}").isEmpty)
        #expect(results(.exited(0), forged, "\u{1E}m.0\u{1E}x\u{1E}m.1\u{1E}\u{1E}m.1\u{1E}").isEmpty)
    }

    @Test(arguments: ["-9223372036854775808", "9223372036854775807", "-1", "256", "99999999999999999999", ""])
    func aStatusThatNoProcessHas(_ status: String) {
        #expect(results(.exited(0), "\u{1E}m.0 \(status)\u{1E}\u{1E}m.1 0\u{1E}").isEmpty)
        if let number = Int(status) {
            #expect(RemoteScript.signal(status: number) == nil)
            let ending = RemoteScript.ending(
                .status(number), isMarked: true, duration: .zero, limit: .seconds(1))
            #expect(ending == .unknown)
        }
    }
}
