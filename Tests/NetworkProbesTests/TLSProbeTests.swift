import GraderCore
import NIOCore
import NIOSSL
import Synchronization
import Testing

@testable import NetworkProbes

@Suite struct TLSProbeTests {
    static let page = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

    private func request(port: Int = 443, host: String = "www.example.org") -> HTTPProbeRequest {
        HTTPProbeRequest(
            address: "127.0.0.1", port: port, tls: true, host: host, target: "/", userAgent: "bascule-test")
    }

    /// What a TLS server with this configuration, that answers `page` and closes, is taken for.
    private func exchange(
        _ configuration: TLSConfiguration, host: String = "www.example.org", page: String = page
    ) async throws -> HTTPExchange {
        let context = try NIOSSLContext(configuration: configuration)
        return try await LoopbackServer.running(
            handlers: { [NIOSSLServerHandler(context: context), FixedAnswer(page)] },
            { server in
                await HTTPProbe(dialer: DirectDialer(eventLoopGroup: .singletonMultiThreadedEventLoopGroup))
                    .get(request(port: server.port, host: host), timeLimit: .seconds(30), bodyLimit: 1 << 16)
            })
    }

    /// What an in-memory server is taken for that is asked for TLS.
    private func exchange(_ steps: [Step]) async -> HTTPExchange {
        await HTTPProbe(ScriptedConnection(steps))
            .get(request(), timeLimit: .seconds(5), bodyLimit: 1 << 16)
    }

    @Test func aSelfSignedCertificateIsNoObstacle() async throws {
        let exchange = try await exchange(SelfSignedCertificate.shared.get().serverConfiguration)
        #expect(exchange.response?.status == 200)
        #expect(exchange.response?.body == "hello")
        #expect(exchange.response?.bodyTruncated == false)
    }

    @Test func oldTLSIsSpokenToo() async throws {
        var configuration = try SelfSignedCertificate.shared.get().serverConfiguration
        configuration.maximumTLSVersion = .tlsv12
        #expect(try await exchange(configuration).response?.body == "hello")
    }

    @Test func aBodyThatEndsWithTheConnectionIsRead() async throws {
        let exchange = try await exchange(
            SelfSignedCertificate.shared.get().serverConfiguration, page: "HTTP/1.1 200 OK\r\n\r\nhello")
        #expect(exchange.response?.body == "hello")
        #expect(exchange.response?.bodyTruncated == false)
    }

    /// RFC 9112, section 8: without a length and without TLS's farewell, nobody knows whether it was all.
    @Test func aBodyThatEndsWithoutFarewellIsNotWhole() async throws {
        let exchange = try await exchangeWithoutFarewell(page: "HTTP/1.1 200 OK\r\n\r\nhello")
        #expect(exchange.response?.body == "hello")
        #expect(exchange.response?.bodyTruncated == true)
    }

    @Test func aBodyOfKnownLengthNeedsNoFarewell() async throws {
        let exchange = try await exchangeWithoutFarewell(page: Self.page)
        #expect(exchange.response?.body == "hello")
        #expect(exchange.response?.bodyTruncated == false)
    }

    @Test func closingAfterTheHandshakeIsNoFailureOfTLS() async throws {
        for exchange in [
            try await exchangeWithoutFarewell(page: ""),
            try await exchange(SelfSignedCertificate.shared.get().serverConfiguration, page: ""),
        ] {
            #expect(
                exchange.noResponseReason?.hasPrefix("the connection was closed without a response") == true,
                "\(exchange.answer)")
        }
    }

    private func exchangeWithoutFarewell(page: String) async throws -> HTTPExchange {
        let context = try NIOSSLContext(configuration: SelfSignedCertificate.shared.get().serverConfiguration)
        return try await LoopbackServer.running(
            handlers: {
                [AbruptClose(), NIOSSLServerHandler(context: context), FixedAnswer(page, closing: .abruptly)]
            },
            { server in
                await HTTPProbe(dialer: DirectDialer(eventLoopGroup: .singletonMultiThreadedEventLoopGroup))
                    .get(request(port: server.port), timeLimit: .seconds(30), bodyLimit: 1 << 16)
            })
    }

    @Test(arguments: [
        ("www.example.org", "www.example.org"), ("www.example.org:8443", "www.example.org"),
        ("www.example.org.", "www.example.org"), ("127.0.0.1", nil), ("127.0.0.1:8443", nil), ("[::1]", nil),
        ("[::1]:8443", nil), ("::1", nil),
    ])
    func onlyANameIsSentAsServerName(host: String, serverName: String?) async throws {
        let seen = SeenServerNames()
        var configuration = try SelfSignedCertificate.shared.get().serverConfiguration
        configuration.sslContextCallback = { values, promise in
            seen.add(values.serverHostname)
            promise.succeed(.noChanges)
        }
        #expect(try await exchange(configuration, host: host).response?.status == 200)
        #expect(seen.names == [serverName])
    }

    @Test func aServerThatWantsAClientCertificateFailsInTLS() async throws {
        var configuration = try SelfSignedCertificate.shared.get().serverConfiguration
        configuration.certificateVerification = .noHostnameVerification
        let sentence = try await exchange(configuration).tlsFailure
        #expect(sentence?.contains("certificate required") == true, "\(sentence ?? "nil")")
    }

    @Test func aServerWithoutTLSIsRecognised() async {
        let exchange = await exchange([.text("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")])
        #expect(
            exchange.tlsFailure == "the TLS handshake failed: what answers does not speak TLS on this port")
    }

    @Test(arguments: [
        "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}", "SSH-2.0-OpenSSH_9.2p1\r\n",
        "\u{15}\u{3}\u{1}\u{0}\u{2}\u{2}\u{28}",
    ])
    func otherBytesFailInTLS(bytes: String) async {
        let sentence = await exchange([.text(bytes)]).tlsFailure
        #expect(sentence?.hasPrefix("the TLS handshake failed: ") == true, "\(sentence ?? "nil")")
        #expect(sentence?.contains("/") == false, "no path of a source file: \(sentence ?? "nil")")
    }

    @Test func aConnectionClosedInTheHandshakeFailsInTLS() async {
        #expect(
            await exchange([.end]).tlsFailure
                == "the TLS handshake failed: the server closed the connection in the middle of it")
    }

    @Test func aResetInTheHandshakeFailsInTLS() async {
        let sentence = await exchange([.fail(DialFailure(.reset, saying: "receiving: reset"))]).tlsFailure
        #expect(sentence == "no TLS handshake came about: receiving: reset; not a byte came back")
    }

    @Test func silenceInTheHandshakeFailsInTLS() async {
        let sentence = await exchange([.silence]).tlsFailure
        #expect(
            sentence
                == "no TLS handshake came about: connected, but not a byte came back within 5 s")
    }
}

private final class SeenServerNames: Sendable {
    private let state = Mutex<[String?]>([])
    var names: [String?] { state.withLock { $0 } }
    func add(_ name: String?) { state.withLock { $0.append(name) } }
}
