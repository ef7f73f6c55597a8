import GraderCore
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import NetworkProbes

@Suite struct DNSProbeTests {
    let direct = {
        var probe = DNSProbe(eventLoopGroup: .singletonMultiThreadedEventLoopGroup)
        probe.watched = []
        return probe
    }()
    let streams = DNSProbe(
        streamsOf: DirectDialer(eventLoopGroup: .singletonMultiThreadedEventLoopGroup))

    /// A server that answers as recorded.
    private func answering(_ recorded: RecordedAnswer) -> NameServerDouble.Answers {
        { query in (try? recorded.wire(answering: query)).map { [$0] } ?? [] }
    }

    @Test(arguments: ["a", "nodata", "nxdomain", "refused", "servfail", "soa", "ptr"])
    func answersComeThrough(name: String) async throws {
        let recorded = try RecordedAnswer(name)
        try await NameServerDouble.running(udp: answering(recorded)) { server in
            let exchange = await direct.query(recorded.request(to: server.port), timeLimit: .seconds(60))
            #expect(exchange.outcome == recorded.exchange.outcome)
            #expect(exchange.response?.answers == recorded.exchange.response?.answers)
            #expect(exchange.response?.transport == .udp)
        }
    }

    @Test func anAnswerFromElsewhereIsNotHeard() async throws {
        let recorded = try RecordedAnswer("a")
        let forged = try RecordedAnswer("nxdomain")
        let ports = Mutex<[Int]>([])
        let stranger = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        // The stranger sends the right id from the wrong port before the server answers.
        let server = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        Outrun(
                            by: stranger, forged: { (try? forged.wire(answering: $0)) ?? [] },
                            true: { (try? recorded.wire(answering: $0)) ?? [] },
                            note: { port in ports.withLock { $0.append(port) } }))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        for _ in 0..<8 {
            let exchange = await direct.query(recorded.request(to: port), timeLimit: .seconds(60))
            #expect(exchange.outcome == .records)
        }
        // Every question from a port of its own.
        #expect(Set(ports.withLock { $0 }).count > 4)
        try await server.close()
        try await stranger.close()
    }

    @Test func anotherIDIsNotHeardAndAnotherQuestionIsMalformed() async throws {
        let recorded = try RecordedAnswer("a")
        let other = try RecordedAnswer("soa")
        try await NameServerDouble.running(udp: { query in
            let answer = (try? recorded.wire(answering: query)) ?? []
            return [[answer[0], answer[1] ^ 1] + answer.dropFirst(2), answer]
        }) { server in
            let exchange = await direct.query(recorded.request(to: server.port), timeLimit: .seconds(60))
            #expect(exchange.outcome == .records)
        }
        try await NameServerDouble.running(udp: answering(other)) { server in
            let exchange = await direct.query(recorded.request(to: server.port), timeLimit: .seconds(60))
            guard case .malformed(let bytes, let reason) = exchange.answer else {
                Issue.record("\(exchange.answer)")
                return
            }
            #expect(reason.en == "it answers another question")
            let sent = try other.wire
            #expect(bytes.raw.dropFirst(2) == sent.dropFirst(2))
        }
    }

    @Test func anEmptyDatagramIsMalformed() async throws {
        let request = try RecordedAnswer("a")
        try await NameServerDouble.running(udp: { _ in [[]] }) { server in
            let exchange = await direct.query(request.request(to: server.port), timeLimit: .seconds(60))
            guard case .malformed = exchange.answer else {
                Issue.record("\(exchange.answer)")
                return
            }
        }
    }

    @Test func aClosedPortIsRefusedAndSilenceTimesOut() async throws {
        let recorded = try RecordedAnswer("a")
        try await NameServerDouble.withClosedPort { port in
            for probe in [direct, streams] {
                let exchange = await probe.query(recorded.request(to: port), timeLimit: .seconds(60))
                guard case .noAnswer(let failure) = exchange.answer else {
                    Issue.record("\(exchange.answer)")
                    return
                }
                #expect(failure.kind == .refused)
            }
        }
        try await NameServerDouble.running(udp: { _ in [] }) { server in
            let outcome = await direct.observe(
                recorded.request(to: server.port), timeLimit: .milliseconds(70))
            guard case .dns(let exchange) = outcome, case .noAnswer(let failure) = exchange.answer else {
                Issue.record("\(outcome)")
                return
            }
            #expect(failure.kind == .timedOut)
            #expect(failure.message.en == "asked 3 times, no answer")
        }
    }

    @Test func whatIsTruncatedComesWholeOverTCP() async throws {
        let truncated = try RecordedAnswer("truncated")
        let whole = try RecordedAnswer("long")
        try await NameServerDouble.running(
            udp: answering(truncated),
            tcp: { query in
                // In pieces, cut where it hurts: within the length.
                let message = ((try? whole.wire(answering: query)) ?? []).lengthPrefixed
                return [Array(message[..<1]), Array(message[1..<100]), Array(message[100...])]
            }
        ) { server in
            let exchange = await direct.query(truncated.request(to: server.port), timeLimit: .seconds(60))
            #expect(exchange.response?.transport == .tcp)
            #expect(exchange.response?.isTruncated == false)
            #expect(exchange.records.count == 60)
        }
    }

    @Test func whatIsTruncatedStaysSoWhereTCPIsClosed() async throws {
        let truncated = try RecordedAnswer("truncated")
        try await NameServerDouble.running(udp: answering(truncated)) { server in
            let exchange = await direct.query(truncated.request(to: server.port), timeLimit: .seconds(60))
            let response = try #require(exchange.response)
            #expect(response.isTruncated)
            #expect(response.tcpFailure?.kind == .refused)
            #expect(!exchange.records.isEmpty)
        }
        // Nothing of a message that is cut in the middle of a record can be read.
        try await NameServerDouble.running(udp: { query in
            [Array(((try? truncated.wire(answering: query)) ?? []).dropLast(3))]
        }) { server in
            let exchange = await direct.query(truncated.request(to: server.port), timeLimit: .seconds(60))
            guard case .malformed(_, let reason) = exchange.answer else {
                Issue.record("\(exchange.answer)")
                return
            }
            #expect(reason.en.contains("truncated"))
        }
    }

    @Test func overTCPAloneNoDatagramIsSent() async throws {
        let recorded = try RecordedAnswer("a")
        try await NameServerDouble.running(
            udp: { _ in
                Issue.record("a datagram came")
                return []
            }, tcp: { query in [((try? recorded.wire(answering: query)) ?? []).lengthPrefixed] }
        ) { server in
            let exchange = await streams.query(recorded.request(to: server.port), timeLimit: .seconds(60))
            #expect(exchange.outcome == .records)
            #expect(exchange.response?.transport == .tcp)
        }
    }

    @Test func aConnectionThatEndsEarlyIsBrokenOff() async throws {
        let recorded = try RecordedAnswer("a")
        for chunk: [UInt8] in [[], [0], [0, 200, 1, 2, 3]] {
            try await NameServerDouble.running(udp: { _ in [] }, tcp: { _ in [chunk] }) { server in
                let exchange = await streams.query(recorded.request(to: server.port), timeLimit: .seconds(60))
                guard case .noAnswer(let failure) = exchange.answer else {
                    Issue.record("\(exchange.answer)")
                    return
                }
                #expect(failure.kind == .reset)
            }
        }
    }

    @Test func aSilentTunnelTimesOut() async {
        let probe = DNSProbe(streamsOf: ScriptedDialer(ScriptedConnection([.deafSilence])))
        let request = DNSProbeRequest(server: "192.0.2.53", name: "www.lab", type: .a)
        let exchange = await probe.query(request, timeLimit: .milliseconds(50))
        guard case .noAnswer(let failure) = exchange.answer else {
            Issue.record("\(exchange.answer)")
            return
        }
        #expect(failure.kind == .timedOut)
        #expect(failure.message.en == "asked over TCP, no answer within 0.05 s")
        #expect(failure.message.fr == "question posée par TCP, pas de réponse en 0,05 s")
    }

    @Test(arguments: [("192.0.2.53", "a..b"), ("ns.lab", "www.lab")])
    func theGradersOwnTroubleIsNotAWordAboutTheServer(server: String, name: String) async {
        let request = DNSProbeRequest(server: server, name: name, type: .a)
        guard case .failed(let failure) = await direct.observe(request, timeLimit: .seconds(1)) else {
            Issue.record("observed")
            return
        }
        #expect(failure.kind == .protocolError)
        #expect(failure.message.contains(server == "ns.lab" ? server : name))
    }

    @Test func aCancelledQueryEndsAtOnce() async throws {
        let recorded = try RecordedAnswer("a")
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)
        try await NameServerDouble.running(udp: { _ in
            asking.yield()
            return []
        }) { server in
            let request = recorded.request(to: server.port)
            let task = Task { await direct.observe(request, timeLimit: .seconds(600)) }
            for await _ in asked { break }
            task.cancel()
            guard case .failed(let failure) = await task.value else {
                Issue.record("observed")
                return
            }
            #expect(failure.kind == .cancelled)
        }
    }
}
