import Foundation
import GraderCore
import NIOPosix
import Testing

@testable import SSHTransport

/// Hosts that are not there, or are not what they should be: each its own kind and its own sentence.
@Suite struct ConnectFailureTests {
    let connector = SSHConnector.unhurried

    private func failure(_ endpoint: SSHEndpoint) async throws -> TransportFailure {
        let hosts = try KnownHosts(file: nil)
        do throws(TransportFailure) {
            _ = try await connector.connect(endpoint, knownHosts: hosts)
        } catch {
            #expect(error.sentence.en.hasPrefix("etu1/serv1: "))
            #expect(error.sentence.en.hasSuffix("."))
            return error
        }
        throw ToolFailed(description: "the log-in to \(endpoint.address) did not fail")
    }

    @Test func aClosedPort() async throws {
        var endpoint = try await FakeServer(.accepts).endpoint()
        endpoint.port = try freePort()
        let failure = try await failure(endpoint)
        #expect(failure.kind == .connectionRefused)
        #expect(failure.sentence.en.contains("port is closed"))
    }

    /// Where the grader has no file left, nothing is known of the machine.
    @Test func whatIsOurOwnDoingIsNoMachineThatCannotBeReached() {
        let sentences = FailureSentences(
            SSHEndpoint(who: "etu1/serv1", host: "10.0.0.1", user: "root", credentials: SSHCredentials()))
        for code in [EMFILE, ENFILE, ENOBUFS, ENOMEM] {
            let failure = sentences.notConnected(errno: code, within: .seconds(1))
            #expect(failure.kind == .graderOverloaded)
            #expect(failure.sentence.en.contains("the grader could open no connection to 10.0.0.1:22"))
        }
        #expect(sentences.notConnected(errno: EHOSTUNREACH, within: .seconds(1)).kind == .unreachable)
        #expect(sentences.notConnected(errno: ECONNREFUSED, within: .seconds(1)).kind == .connectionRefused)
    }

    @Test func aSilentHost() async throws {
        let server = try DeafServer()
        let endpoint = SSHEndpoint(
            who: "etu1/serv1", host: "127.0.0.1", port: server.port, user: "root",
            credentials: SSHCredentials(), connectTimeLimit: .milliseconds(200))
        let failure = try await failure(endpoint)
        #expect(failure.kind == .timedOut)
        #expect(failure.sentence.en.contains("did not answer within 0.2 s"))
    }

    @Test func aNameThatIsNotKnown() async throws {
        let endpoint = SSHEndpoint(
            who: "etu1/serv1", host: "serv1.invalid", port: 22, user: "root", credentials: SSHCredentials())
        #expect(try await failure(endpoint).kind == .unreachable)
    }

    @Test func aHostThatAcceptsAndSaysNothing() async throws {
        let server = try await FakeServer(.accepts)
        let failure = try await failure(server.endpoint())
        #expect(failure.kind == .notSSH)
        #expect(failure.sentence.en.contains("said nothing within 0.3 s"))
    }

    @Test func aHostThatClosesAtOnce() async throws {
        let server = try await FakeServer(.closesAtOnce)
        let failure = try await failure(server.endpoint(handshakeTimeLimit: .seconds(20)))
        #expect(failure.kind == .notSSH)
        #expect(failure.sentence.en.contains("without a word"))
    }

    @Test func aHostThatResets() async throws {
        let server = try await FakeServer(.resets)
        let failure = try await failure(server.endpoint(handshakeTimeLimit: .seconds(20)))
        // The reset may come before the grader's connect(2) is through.
        #expect(failure.kind == .notSSH || failure.kind == .connectionRefused)
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad Request\r\n\r\n", "220 mail ESMTP\r\n", "SSH-1.5-old\r\n", "no line end",
    ])
    func aHostThatSpeaksSomethingElse(_ banner: String) async throws {
        let server = try await FakeServer(.says(banner, thenCloses: true))
        let failure = try await failure(server.endpoint(handshakeTimeLimit: .seconds(20)))
        #expect(failure.kind == .notSSH)
        #expect(failure.sentence.en.contains(banner.prefix(11).replacing("\r\n", with: "")))
    }

    @Test func aHostThatFloodsInsteadOfABanner() async throws {
        for line in ["hello\r\n", "x"] {
            let server = try await FakeServer(.floods(line))
            #expect(try await failure(server.endpoint(handshakeTimeLimit: .seconds(20))).kind == .notSSH)
        }
    }

    @Test(arguments: ["Exceeded MaxStartups\r\n", "Not allowed at this time\r\n"])
    func aServerThatRefusesForNow(_ banner: String) async throws {
        let server = try await FakeServer(.says(banner, thenCloses: true))
        let failure = try await failure(server.endpoint(handshakeTimeLimit: .seconds(20)))
        #expect(failure.kind == .refusedByPenalty)
        #expect(failure.sentence.en.contains("takes no log-ins from here for now"))
    }

    @Test func garbageAfterTheBanner() async throws {
        let server = try await FakeServer(
            .says("SSH-2.0-Fake\r\n" + String(repeating: "z", count: 4000), thenCloses: false))
        let failure = try await failure(server.endpoint(handshakeTimeLimit: .seconds(20)))
        #expect([.protocolError, .connectionLost].contains(failure.kind))
    }

    @Test func aServerThatStopsAfterTheBanner() async throws {
        let server = try await FakeServer(.says("SSH-2.0-Fake\r\n", thenCloses: false))
        let failure = try await failure(server.endpoint(handshakeTimeLimit: .seconds(2)))
        #expect(failure.kind == .timedOut)
        #expect(failure.sentence.en.contains("did not begin the key exchange within 2 s"))
    }

    @Test func givingUpDuringTheLogIn() async throws {
        let server = try await FakeServer(.accepts)
        let endpoint = server.endpoint(handshakeTimeLimit: .seconds(60))
        let hosts = try KnownHosts(file: nil)
        let connecting = Task { try await connector.connect(endpoint, knownHosts: hosts) }
        connecting.cancel()
        await #expect {
            _ = try await connecting.value
        } throws: { ($0 as? TransportFailure)?.kind == .cancelled }
    }
}
