import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

@Suite(.enabled(if: ScriptedServer.isInstalled, "needs python3-asyncssh for \(ScriptedServer.python)"))
struct PasswordTests {
    let connector = SSHConnector.unhurried

    @Test(arguments: ["password", "kbdint", "password,kbdint", "kbdint,long"])
    func theRightPassword(_ accept: String) async throws {
        let server = try ScriptedServer(accept: accept)
        let session = try await connector.connect(
            server.endpoint(password: "right"), knownHosts: KnownHosts(file: nil))
        await session.close()
    }

    @Test(arguments: ["password", "kbdint", "password,kbdint"])
    func aWrongPasswordIsTriedOnce(_ accept: String) async throws {
        let server = try ScriptedServer(accept: accept)
        let hosts = try KnownHosts(file: nil)
        do throws(TransportFailure) {
            _ = try await connector.connect(server.endpoint(password: "wr0ng"), knownHosts: hosts)
            Issue.record("a wrong password was taken")
        } catch {
            #expect(error.kind == .authenticationFailed)
            #expect(error.sentence.en.contains("does not let etu in"))
            #expect(error.sentence.en.contains("tried and refused: "))
            #expect(!error.sentence.en.contains("wr0ng"))
        }
        #expect(try await server.log.count(of: "attempt", atLeast: 1) == 1)
        #expect(try await server.log.count(of: "connection", atLeast: 1) == 1)
    }

    /// Whatever a server asks for next is not the password.
    @Test func thePasswordAnswersOnePrompt() async throws {
        let server = try ScriptedServer(accept: "kbdint,rounds")
        let session = try await connector.connect(
            server.endpoint(password: "right"), knownHosts: KnownHosts(file: nil))
        #expect(try await server.log.count(of: "answers ['', 'right']", atLeast: 1) == 1)
        #expect(try await server.log.count(of: "answers ['']", atLeast: 2) == 2)
        await session.close()
    }

    @Test func anEmptyPassword() async throws {
        let server = try ScriptedServer(accept: "password")
        await #expect {
            _ = try await connector.connect(server.endpoint(password: ""), knownHosts: KnownHosts(file: nil))
        } throws: { ($0 as? TransportFailure)?.kind == .authenticationFailed }
    }
}

/// Servers that are let in and then do not behave.
@Suite(.enabled(if: ScriptedServer.isInstalled, "needs python3-asyncssh for \(ScriptedServer.python)"))
struct MisbehavingServerTests {
    let connector = SSHConnector.unhurried

    private func session(_ server: ScriptedServer) async throws -> any NodeSession {
        try await connector.connect(server.endpoint(password: "right"), knownHosts: KnownHosts(file: nil))
    }

    @Test(arguments: ["nostatus", "fakesuccess"])
    func aStatusThatIsMissingIsNoSuccess(_ manner: String) async throws {
        let server = try ScriptedServer(accept: "password", commands: manner)
        let session = try await session(server)
        let result = try await session.run(RemoteCommand(["true"], asRoot: false))
        #expect(result.ending == .unknown)
        #expect(result.standardOutput.text == "out")
        await session.close()
    }

    @Test func aServerThatStartsNothing() async throws {
        let server = try ScriptedServer(accept: "password", commands: "refuse")
        let session = try await session(server)
        await #expect {
            _ = try await session.run(RemoteCommand(["crm_mon", "-1"], asRoot: false))
        } throws: {
            guard let failure = $0 as? TransportFailure else { return false }
            return failure.kind == .commandsRefused
                && failure.sentence.en.contains("would not start `crm_mon`")
        }
        await session.close()
    }

    @Test func aServerThatHangsUp() async throws {
        let server = try ScriptedServer(accept: "password", commands: "abort")
        let session = try await session(server)
        await #expect {
            _ = try await session.run(RemoteCommand(["crm_mon", "-1"], asRoot: false))
        } throws: { ($0 as? TransportFailure)?.kind == .connectionLost }
        await session.close()
    }

    @Test func aServerThatNeverAnswers() async throws {
        let server = try ScriptedServer(accept: "password", commands: "hang")
        let session = try await session(server)
        await #expect {
            _ = try await session.run(
                RemoteCommand(["crm_mon", "-1"], asRoot: false, timeLimit: .milliseconds(100)))
        } throws: {
            guard let failure = $0 as? TransportFailure else { return false }
            return failure.kind == .commandsRefused
                && failure.sentence.en.contains("never began within 0.1 s")
        }
        await session.close()
    }

    /// The flood is read no further than the bound, long before the command's time is up, and costs nobody else.
    @Test func aServerThatFloodsInPlaceOfACommand() async throws {
        let server = try ScriptedServer(accept: "password", commands: "flood")
        let session = try await session(server)
        await #expect {
            _ = try await session.run(
                RemoteCommand(["crm_mon", "-1"], asRoot: false, timeLimit: .seconds(200)))
        } throws: {
            guard let failure = $0 as? TransportFailure else { return false }
            return failure.kind == .commandsRefused
                && failure.sentence.en.contains("it said \"no mark in here")
        }
        #expect(try await server.log.count(of: "flood ends", atLeast: 1) == 1)
        await session.close()
    }
}

/// What the grader is ready to compute for somebody it does not know.
@Suite(.enabled(if: ScriptedServer.isInstalled, "needs python3-asyncssh for \(ScriptedServer.python)"))
struct KeyExchangeTests {
    let connector = SSHConnector.unhurried

    @Test(arguments: ["diffie-hellman-group-exchange-sha256", "diffie-hellman-group18-sha512"])
    func numbersOfTheServersChoiceAreRefused(_ name: String) async throws {
        let server = try ScriptedServer(accept: "password", keyExchanges: name)
        await #expect {
            _ = try await connector.connect(
                server.endpoint(password: "right"), knownHosts: KnownHosts(file: nil))
        } throws: {
            guard let failure = $0 as? TransportFailure else { return false }
            return failure.kind == .noCommonAlgorithms && failure.sentence.en.contains("(it offers \(name))")
                && failure.sentence.en.contains(
                    "add curve25519-sha256 or ecdh-sha2-nistp256 to KexAlgorithms")
        }
    }

    @Test(arguments: HandshakeOperation.keyExchanges)
    func numbersOfAFixedSizeAreTaken(_ name: String) async throws {
        let server = try ScriptedServer(accept: "password", keyExchanges: name)
        let session = try await connector.connect(
            server.endpoint(password: "right"), knownHosts: KnownHosts(file: nil))
        await session.close()
    }

    @Test func anOfferIsReadHoweverItIsCut() {
        var writer = SSHWireWriter()
        writer.byte(20)
        writer.raw(Array(repeating: 7, count: 16))
        writer.text("a,b,ext-info-s,kex-strict-s-v00@openssh.com")
        writer.text("ssh-rsa")
        var packet = SSHWireWriter()
        packet.uint32(UInt32(writer.bytes.count + 1))
        packet.byte(0)
        packet.raw(writer.bytes)
        for cut in packet.bytes.indices {
            var offer = ServerOffer()
            packet.bytes[..<cut].withUnsafeBytes { offer.feed($0) }
            packet.bytes[cut...].withUnsafeBytes { offer.feed($0) }
            #expect(offer.keyExchanges == ["a", "b"])
        }
        var offer = ServerOffer()
        for _ in 0..<100 { [UInt8](repeating: 0xFF, count: 1000).withUnsafeBytes { offer.feed($0) } }
        #expect(offer.keyExchanges.isEmpty)
    }
}
