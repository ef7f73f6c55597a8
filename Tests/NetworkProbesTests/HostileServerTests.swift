import GraderCore
import NIOPosix
import Testing

@testable import NetworkProbes

/// Servers that mean no good, or do not know what they do. Each gets its own outcome within its bounds.
@Suite struct HostileServerTests {
    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    // MARK: Before there is a response head

    @Test func silenceEndsAtTheTimeLimit() async {
        let exchange = await exchange([.silence])
        #expect(exchange.noResponseReason == "connected, but not a byte came back within 5 s")
        #expect(exchange.answer.ranOutOfTime)
    }

    @Test func silenceThatIgnoresCancellationIsEndedByClosing() async {
        let exchange = await exchange([.deafSilence])
        #expect(exchange.noResponseReason == "connected, but not a byte came back within 5 s")
    }

    @Test func aDialerThatKeepsNoTimeIsATimeOut() async {
        let exchange = await HTTPProbe(dialer: ScriptedDialer(.neverAnswers))
            .get(.plain(), timeLimit: .milliseconds(100), bodyLimit: 10)
        guard case .notConnected(let failure) = exchange.answer else {
            Issue.record("\(exchange.answer)")
            return
        }
        #expect(failure.kind == .timedOut)
        #expect(failure.message.en == "no connection within 0.1 s")
    }

    @Test func aHeadThatNeverEndsIsNoResponse() async {
        let exchange = await exchange(
            [.text("HTTP/1.1 200 OK\r\nA: b\r\n"), .silence])
        #expect(exchange.noResponseReason == "connected, but only 23 bytes came back within 5 s")
        #expect(exchange.answer.ranOutOfTime)
    }

    @Test func closingWithoutAWordIsNoResponse() async {
        let exchange = await exchange([.end])
        #expect(
            exchange.noResponseReason
                == "the connection was closed without a response; not a byte came back")
        #expect(!exchange.answer.ranOutOfTime)
    }

    @Test func closingInTheHeadIsNoResponse() async {
        #expect(
            await exchange([.text("HTTP/1.1 200 OK\r\nServer: Apa"), .end]).noResponseReason
                == "the connection was closed in the middle of the response head")
    }

    @Test func aResetIsNoResponse() async {
        let reset = DialFailure(.reset, saying: "receiving: Connection reset by peer")
        #expect(
            await exchange([.fail(reset)]).noResponseReason
                == "receiving: Connection reset by peer; not a byte came back")
    }

    @Test func interimResponsesOnlyAreNoResponse() async {
        #expect(
            await exchange([.text("HTTP/1.1 100 Continue\r\n\r\n"), .end]).noResponseReason
                == "the connection was closed without a response; only 25 bytes came back")
    }

    @Test func interimResponsesWithoutEndAreCutOff() async {
        let many = String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 1000)
        let reason = await exchange([.text(many), .forever]).noResponseReason
        #expect(reason?.hasSuffix("bytes came, and no response head was complete") == true, "\(reason ?? "")")
    }

    @Test func aReasonPhraseWithoutEndIsCutOff() async {
        let start = Step.text("HTTP/1.1 200 ")
        let exchange = await exchange([start, .text(String(repeating: "O", count: 50_000)), .forever])
        #expect(exchange.noResponseReason?.hasSuffix("no response head was complete") == true)
    }

    @Test(arguments: [
        // HTTP/0.9: a body and nothing else.
        "<html><body>It works!</body></html>",
        "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nNo colon here\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
        "\u{0}\u{1}\u{2}\u{3}",
        "GET / HTTP/1.1\r\nHost: you\r\n\r\n",
    ])
    func whatIsNotHTTPIsNoResponse(bytes: String) async {
        let reason = await exchange([.text(bytes), .end]).noResponseReason
        #expect(reason?.hasPrefix("what came back is not") == true, "\(reason ?? "a response")")
    }

    @Test(arguments: [
        // Too many, one too long, all too long, a name too long.
        String(repeating: "A: b\r\n", count: 300),
        "A: " + String(repeating: "b", count: 20_000) + "\r\n",
        String(repeating: "A: " + String(repeating: "b", count: 10_000) + "\r\n", count: 20),
        String(repeating: "A", count: 20_000) + ": b\r\n",
    ])
    func floodedHeadersAreNoResponse(lines: String) async {
        let reason = await exchange([.text("HTTP/1.1 200 OK\r\n" + lines + "\r\n"), .end]).noResponseReason
        #expect(reason?.hasPrefix("the response head is larger than any real one") == true, "\(reason ?? "")")
    }

    // MARK: In the body

    @Test func aBodyOverTheLimitIsCutAndReadingStops() async {
        let connection = ScriptedConnection([
            .text("HTTP/1.1 200 OK\r\n\r\n"), .text(String(repeating: "x", count: 1000)), .forever,
        ])
        let exchange = await HTTPProbe(connection)
            .get(.plain(), timeLimit: .seconds(30), bodyLimit: 2500)
        #expect(exchange.response?.body == Bytes(String(repeating: "x", count: 2500)))
        #expect(exchange.response?.bodyTruncated == true)
        #expect(connection.readsDone == 4, "the head and three times 1000 bytes")
        #expect(connection.isClosed)
    }

    @Test(arguments: [(0, 4, true), (3, 4, true), (4, 4, false), (5, 4, false), (0, 0, false), (-1, 1, true)])
    func theLimitIsExact(limit: Int, length: Int, truncated: Bool) async {
        let body = String(repeating: "x", count: length)
        let exchange = await exchange(
            [.text("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n\(body)")], bodyLimit: limit)
        #expect(exchange.response?.body.raw.count == max(0, min(limit, length)))
        #expect(exchange.response?.bodyTruncated == truncated)
    }

    @Test func aBodyThatStallsIsAResponseCutShort() async {
        let exchange = await exchange(
            [.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel"), .silence])
        #expect(exchange.response?.body == "hel")
        #expect(exchange.response?.bodyTruncated == true)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhel",
        chunked + "3\r\nhel\r\n", chunked + "a\r\nhel", chunked + "3\r\nhel\r\nNOT A SIZE\r\n",
        chunked + "3\r\nhel\r\nffffffffffffffffffff\r\n",
    ])
    func aBodyBrokenOffIsAResponseCutShort(bytes: String) async {
        let exchange = await exchange([.text(bytes), .end])
        #expect(exchange.response?.status == 200)
        #expect(exchange.response?.body == "hel")
        #expect(exchange.response?.bodyTruncated == true)
    }

    @Test func aResetInTheBodyIsAResponseCutShort() async {
        let exchange = await exchange([
            .text("HTTP/1.1 200 OK\r\n\r\nhel"), .fail(DialFailure(.reset, saying: "receiving: reset")),
        ])
        #expect(exchange.response?.body == "hel")
        #expect(exchange.response?.bodyTruncated == true)
    }

    @Test func chunkExtensionsWithoutEndAreCutOff() async {
        let extensions = String(repeating: "e", count: 50_000)
        let exchange = await exchange(
            [.text(Self.chunked + "1;"), .text(extensions), .forever], bodyLimit: 10)
        #expect(exchange.response?.bodyTruncated == true)
    }

    @Test func trailersWithoutEndAreCutOff() async {
        let trailers = String(repeating: "A: b\r\n", count: 300)
        let exchange = await exchange([.text(Self.chunked + "3\r\nhel\r\n0\r\n"), .text(trailers), .forever])
        #expect(exchange.response?.body == "hel")
        #expect(exchange.response?.bodyTruncated == true)
    }

    @Test func anAnswerSentWithoutReadingTheRequestIsRead() async {
        let connection = ScriptedConnection(
            [.text("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")],
            writeFailure: DialFailure(.reset, saying: "sending: Broken pipe"))
        let exchange = await HTTPProbe(connection)
            .get(.plain(), timeLimit: .seconds(30), bodyLimit: 10)
        #expect(exchange.response?.status == 503)
    }

    @Test func aFloodOverTCPIsCutOff() async throws {
        let flood = Flood.Count()
        try await LoopbackServer.running(handlers: { [Flood(flood)] }) { server in
            let probe = HTTPProbe(
                dialer: DirectDialer(eventLoopGroup: .singletonMultiThreadedEventLoopGroup))
            let exchange = await probe.get(
                .plain(port: server.port), timeLimit: .seconds(30), bodyLimit: 10)
            #expect(exchange.noResponseReason?.hasPrefix("what came back is not HTTP") == true)
            #expect(flood.accepted < 16 << 20, "of \(Flood.total) bytes")
        }
    }

    // MARK: What is kept

    @Test func headersAreBoundedAndValidText() async {
        var head = Array("HTTP/1.1 200 OK\r\nLatin: caf".utf8)
        head += [0xE9] + Array("\r\nLong: \(String(repeating: "é", count: 2000))\r\n".utf8)
        head += Array(String(repeating: "A: b\r\n", count: 100).utf8) + Array("\r\n".utf8)
        let headers = await exchange([.bytes(head), .end]).response?.headers ?? []
        #expect(headers.count == 64)
        #expect(headers.first == HTTPExchange.Header(name: "Latin", value: "caf\u{FFFD}"))
        #expect(headers.dropFirst().first?.value == String(repeating: "é", count: 510))
    }

    @Test func aLongHeaderNameIsCutToo() async {
        let name = String(repeating: "N", count: 2000)
        let header = await exchange([.text("HTTP/1.1 200 OK\r\n\(name): v\r\n\r\n"), .end]).response?.headers
            .first
        #expect(header == HTTPExchange.Header(name: String(repeating: "N", count: 1024), value: ""))
    }

    // MARK: Giving up

    @Test(arguments: [[Step.silence], [.deafSilence], [.text("HTTP/1.1 200 OK\r\n"), .silence]])
    func cancellingEndsTheExchangeAndClosesTheConnection(steps: [Step]) async {
        let connection = ScriptedConnection(steps)
        let probing = Task {
            await HTTPProbe(dialer: ScriptedDialer(connection))
                .get(.plain(), timeLimit: .seconds(3600), bodyLimit: 10)
        }
        while !connection.isSilent { await Task.yield() }
        probing.cancel()
        let reason = await probing.value.noResponseReason
        #expect(reason?.hasPrefix("given up by the grader") == true, "\(reason ?? "")")
        #expect(connection.isClosed)
    }
}
