import GraderCore
import Testing

@testable import NetworkProbes

extension HTTPProbeRequest {
    static func plain(_ target: String = "/", port: Int = 80, host: String = "www.example.org") -> Self {
        HTTPProbeRequest(
            address: "127.0.0.1", port: port, tls: false, host: host, target: target,
            userAgent: "bascule-test")
    }
}

extension HTTPExchange {
    var response: Response? {
        if case .response(let response) = answer { response } else { nil }
    }
    var noResponseReason: String? {
        if case .noResponse(let reason) = answer { reason.sentence.en } else { nil }
    }
    var tlsFailure: String? {
        if case .tlsFailed(let failure) = answer { failure.sentence.en } else { nil }
    }
}

/// What a server that follows `steps` is taken for.
func exchange(_ steps: [Step], bodyLimit: Int = 1 << 16) async -> HTTPExchange {
    await HTTPProbe(ScriptedConnection(steps))
        .get(.plain(), timeLimit: .seconds(5), bodyLimit: bodyLimit)
}

@Suite struct HTTPProbeTests {
    /// A page may be slow; a connection to a machine that is there is not.
    @Test func connectingHasALimitOfItsOwn() async {
        struct LimitTeller: StreamDialer {
            func dial(
                host: String, port: Int, timeLimit: Duration
            ) async throws(DialFailure) -> any ByteStream {
                throw DialFailure(.timedOut, timeLimit.inSeconds)
            }
        }
        for (whole, connecting) in [(Duration.seconds(15), "5 s"), (.seconds(2), "2 s")] {
            let exchange = await HTTPProbe(dialer: LimitTeller())
                .get(.plain(), timeLimit: whole, bodyLimit: 10)
            #expect(exchange.answer == .notConnected(DialFailure(.timedOut, saying: connecting)))
        }
    }

    @Test func getsAPageOverTCP() async throws {
        let page = "HTTP/1.1 200 OK\r\nServer: Apache\r\nContent-Length: 5\r\n\r\nhello"
        try await LoopbackServer.running(handlers: { [FixedAnswer(page)] }) { server in
            let probe = HTTPProbe(
                dialer: DirectDialer(eventLoopGroup: .singletonMultiThreadedEventLoopGroup))
            let exchange = await probe.get(
                .plain(port: server.port), timeLimit: .seconds(10), bodyLimit: 1 << 16)
            let headers = [
                HTTPExchange.Header(name: "Server", value: "Apache"),
                HTTPExchange.Header(name: "Content-Length", value: "5"),
            ]
            #expect(
                exchange.answer
                    == .response(
                        HTTPExchange.Response(
                            status: 200, headers: headers, body: "hello", bodyTruncated: false)))
        }
    }

    @Test func theRequestIsWhatTheDesignSays() async {
        let connection = ScriptedConnection([.end])
        _ = await HTTPProbe(connection)
            .get(.plain("/?bascule=3f2a"), timeLimit: .seconds(30), bodyLimit: 0)
        #expect(
            connection.written
                == "GET /?bascule=3f2a HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: bascule-test\r\n"
                + "Accept: */*\r\nConnection: close\r\n\r\n")
        #expect(connection.isClosed)
    }

    @Test func aRedirectIsAnAnswer() async {
        let connection = ScriptedConnection([
            .text("HTTP/1.1 301 Moved\r\nLocation: https://elsewhere/\r\nContent-Length: 0\r\n\r\n")
        ])
        let exchange = await HTTPProbe(connection)
            .get(.plain(), timeLimit: .seconds(30), bodyLimit: 10)
        #expect(exchange.response?.status == 301)
        #expect(exchange.response?.headers.first?.value == "https://elsewhere/")
        #expect(connection.written.ranges(of: "GET ").count == 1, "one request only")
    }

    @Test(arguments: [
        // Content-Length, in one piece and byte by byte.
        ["HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"],
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody".map(String.init),
        // Chunked, with an extension and a trailer.
        ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n3;x=y\r\nody\r\n0\r\nT: t\r\n\r\n"],
        // Neither: the connection's end is the body's.
        ["HTTP/1.1 200 OK\r\n\r\nbo", "dy"],
        ["HTTP/1.0 200 OK\r\n\r\nbody"],
        // Interim responses come first (RFC 9110, section 15.2).
        [
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        ],
        // A second response nobody asked for.
        ["HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"],
    ])
    func everyFramingIsRead(parts: [String]) async {
        let exchange = await exchange(parts.map(Step.text))
        #expect(exchange.response?.status == 200)
        #expect(exchange.response?.body == "body")
        #expect(exchange.response?.bodyTruncated == false)
    }

    @Test func contentCodingIsNotUndone() async {
        let gzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0xFF]
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n"
        let exchange = await exchange([.text(head), .bytes(gzip)])
        #expect(exchange.response?.body == Bytes(gzip))
        #expect(exchange.response?.headers.first?.value == "gzip")
    }

    @Test(arguments: [
        DialFailure(.refused, saying: "nobody"), DialFailure(.unreachable, saying: "no route"),
        DialFailure(.other, saying: "?"),
    ])
    func noConnectionIsSaidAsTheDialerSaysIt(failure: DialFailure) async {
        let exchange = await HTTPProbe(dialer: ScriptedDialer(.fails(failure)))
            .get(.plain(), timeLimit: .seconds(30), bodyLimit: 10)
        #expect(exchange.answer == .notConnected(failure))
    }

    @Test(arguments: [
        HTTPProbeRequest.plain("/a b"), .plain("/\r\nX: y"), .plain("no-slash"), .plain("/é"),
        .plain(host: "a\r\nX: y"), .plain(host: ""), .plain(host: "a b"), .plain(host: "café.example"),
    ])
    func aRequestThatWouldBeTwoIsNotMade(request: HTTPProbeRequest) async {
        let connection = ScriptedConnection([.end])
        let exchange = await HTTPProbe(connection)
            .get(request, timeLimit: .seconds(30), bodyLimit: 10)
        guard case .notConnected(let failure) = exchange.answer else {
            Issue.record("made: \(exchange)")
            return
        }
        #expect(failure.message.en.hasPrefix("the request was not made: "))
        #expect(connection.written.isEmpty)
    }

    // MARK: As an observation

    @Test func anAnswerIsObserved() async {
        let steps = [Step.text("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")]
        let outcome = await HTTPProbe(ScriptedConnection(steps))
            .observe(.plain(), timeLimit: .seconds(5), bodyLimit: 10)
        #expect(outcome == .http(await exchange(steps, bodyLimit: 10)))
    }

    @Test(arguments: [
        DialFailure(.refused, saying: "nobody"), DialFailure(.timedOut, saying: "silence"),
        DialFailure(.unreachable, saying: "no route"),
        DialFailure(.prohibited, saying: "firewall"),
    ])
    func aFailureToConnectIsObserved(failure: DialFailure) async {
        let outcome = await HTTPProbe(dialer: ScriptedDialer(.fails(failure)))
            .observe(.plain(), timeLimit: .seconds(30), bodyLimit: 10)
        #expect(outcome == .http(HTTPExchange(request: .plain(), answer: .notConnected(failure))))
    }

    @Test(arguments: [
        (ScriptedDialer(.fails(DialFailure(.other, saying: "too many open files"))), "too many open files"),
        (
            ScriptedDialer(ScriptedConnection([.fail(DialFailure(.other, saying: "the tunnel broke"))])),
            "the tunnel broke"
        ),
    ])
    func theGradersOwnTroubleIsNoWordAboutTheServer(dialer: ScriptedDialer, words: String) async {
        let outcome = await HTTPProbe(dialer: dialer)
            .observe(.plain(), timeLimit: .seconds(30), bodyLimit: 10)
        guard case .failed(let failure) = outcome else {
            Issue.record("not failed but \(outcome)")
            return
        }
        #expect(failure.message.contains("HTTP on 127.0.0.1 port 80"))
        #expect(failure.message.contains(words))
    }

    @Test func aCancelledProbeIsNoWordAboutTheServer() async {
        let connection = ScriptedConnection([.silence])
        let probing = Task {
            await HTTPProbe(dialer: ScriptedDialer(connection))
                .observe(.plain(), timeLimit: .seconds(3600), bodyLimit: 10)
        }
        while !connection.isSilent { await Task.yield() }
        probing.cancel()
        guard case .failed(let failure) = await probing.value else {
            Issue.record("a cancelled probe gave an answer")
            return
        }
        #expect(failure.kind == .cancelled)
    }
}
