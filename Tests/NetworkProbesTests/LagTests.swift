import Foundation
import GraderCore
import NIOCore
import NIOPosix
import Testing

@testable import NetworkProbes

/// Silence while the grader itself could not listen is no evidence.
@Suite struct LagTests {
    /// A dialer whose loop does not come back; what it says of the other side is what a test says.
    private struct BusyDialer: StreamDialer {
        var answer: ScriptedDialer.Answer
        var loops: [LoopClock] { [LoopClock { _, _ in }] }

        func dial(
            host: String, port: Int, timeLimit: Duration
        ) async throws(DialFailure) -> any ByteStream {
            // A second is what a grader may be late.
            try? await Task.sleep(for: .milliseconds(1300))
            return try await ScriptedDialer(answer).dial(host: host, port: port, timeLimit: timeLimit)
        }
    }

    private let limit = Duration.seconds(3)

    private func kind(_ outcome: Observation.Outcome) -> TransportFailure.Kind? {
        if case .failed(let failure) = outcome { failure.kind } else { nil }
    }

    private func port(_ answer: ScriptedDialer.Answer) async -> Observation.Outcome {
        await PortProbe(dialer: BusyDialer(answer: answer))
            .observe(address: "192.0.2.1", port: 80, timeLimit: limit)
    }

    private func page(_ answer: ScriptedDialer.Answer) async -> Observation.Outcome {
        await HTTPProbe(dialer: BusyDialer(answer: answer)).observe(
            .plain(), timeLimit: limit, bodyLimit: 1000)
    }

    private func name(_ answer: ScriptedDialer.Answer) async -> Observation.Outcome {
        await DNSProbe(streamsOf: BusyDialer(answer: answer)).observe(
            DNSProbeRequest(server: "192.0.2.1", name: "www.example.org", type: .a), timeLimit: limit)
    }

    @Test func aTimeOutIsNobodysSilence() async {
        for answer in [
            ScriptedDialer.Answer.fails(DialFailure(.timedOut, saying: "why")),
            .fails(DialFailure(.overloaded, saying: "why")), .neverAnswers,
        ] {
            #expect(kind(await port(answer)) == .graderOverloaded)
            #expect(kind(await page(answer)) == .graderOverloaded)
            #expect(kind(await name(answer)) == .graderOverloaded)
        }
    }

    /// Nothing, a part of a page, and a server that got tired of waiting for us.
    @Test(arguments: [
        [Step.silence], [.text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"), .silence], [.end],
        [.fail(DialFailure(.reset, saying: "why"))],
    ])
    func aPageThatIsNotWhole(_ steps: [Step]) async {
        #expect(kind(await page(.connects(ScriptedConnection(steps)))) == .graderOverloaded)
    }

    /// What the other side's system says is its own word, however late it is heard; so is a whole page.
    @Test func whatWasSaidCounts() async {
        let refusal = ScriptedDialer.Answer.fails(DialFailure(.refused, saying: "why"))
        #expect(kind(await port(refusal)) == nil)
        #expect(kind(await page(refusal)) == nil)
        #expect(kind(await name(refusal)) == nil)
        let whole = Step.text("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        #expect(kind(await page(.connects(ScriptedConnection([whole, .end])))) == nil)
        #expect(kind(await port(.connects(ScriptedConnection([])))) == nil)
    }

    @Test func aNameServerThatSaidNothingToABusyGrader() async throws {
        let recorded = try RecordedAnswer("a")
        try await NameServerDouble.running(udp: { _ in [] }) { server in
            var probe = DNSProbe(eventLoopGroup: .singletonMultiThreadedEventLoopGroup)
            probe.watched = [LoopClock { _, _ in }]
            let outcome = await probe.observe(
                recorded.request(to: server.port), timeLimit: .milliseconds(1500))
            #expect(kind(outcome) == .graderOverloaded)
        }
    }

    @Test(arguments: [
        (ServiceSample.Outcome.silent, 900, ServiceSample.Outcome.silent), (.silent, 1151, .ownFailure),
        (.noAnswer, 2000, .noAnswer), (.noAnswer, 2251, .ownFailure), (.refused, 5000, .refused),
    ])
    func anAttemptOfALateSampler(
        _ outcome: ServiceSample.Outcome, _ milliseconds: Int, _ counted: ServiceSample.Outcome
    ) {
        #expect(SamplerAttempt.counted(outcome, after: .milliseconds(Int64(milliseconds))) == counted)
    }

    /// The kernel would say that somebody answered; nobody asks it while the loop is held up.
    @Test func aConnectionOfABusyLoop() async throws {
        // Nobody takes the connections, and the queue is full: the next one is not answered.
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 0).serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(server.localAddress?.port)
        let fillers = DirectDialer(eventLoopGroup: MultiThreadedEventLoopGroup.singleton)
        var streams: [any ByteStream] = []
        while let stream = try? await fillers.dial(
            host: "127.0.0.1", port: port, timeLimit: .milliseconds(300))
        {
            streams.append(stream)
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let blocking = group.next().scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(5)) { _ in
            Thread.sleep(forTimeInterval: 1.5)
        }
        let failure = await #expect(throws: DialFailure.self) {
            _ = try await DirectDialer(eventLoopGroup: group).dial(
                host: "127.0.0.1", port: port, timeLimit: .milliseconds(300))
        }
        blocking.cancel()
        #expect(failure?.kind == .overloaded)
        for stream in streams { await stream.close() }
        try await server.close()
        try await group.shutdownGracefully()
    }
}
