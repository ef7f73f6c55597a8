import GraderCore
import NIOCore
import NIOSSL
import Testing

@testable import NetworkProbes

@Suite(.timeLimit(.minutes(3))) struct AvailabilitySamplerTests {
    /// What requests to a server with these handlers came to until one came to `wanted`; those that only say that this
    /// machine was busy are left out.
    private func outcomes(
        until wanted: ServiceSample.Outcome, tls: Bool,
        of handlers: @escaping @Sendable () throws -> [any ChannelHandler]
    ) async throws -> Set<ServiceSample.Outcome> {
        try await LoopbackServer.running(handlers: handlers) { server in
            let request = HTTPProbeRequest(
                address: "127.0.0.1", port: server.port, tls: tls, host: "www.example.org", target: "/",
                userAgent: "bascule-test")
            let running = try await AvailabilitySampler().start(
                SamplingTarget(
                    address: "127.0.0.1", port: server.port, request: request, acceptedStatuses: [200]),
                connectsPerSecond: 20, requestsPerSecond: 20)
            while await !running.samples(since: .zero).requests.contains(where: { $0.outcome == wanted }) {
                try await Task.sleep(for: .milliseconds(20))
            }
            let trace = await running.stop()
            #expect(!trace.connects.contains { $0.outcome == .refused })
            return Set(trace.requests.map(\.outcome)).subtracting([.noAnswer, .silent])
        }
    }

    @Test func asksOverTCP() async throws {
        let outcomes = try await outcomes(until: .answered(200), tls: false) {
            [FixedAnswer(TLSProbeTests.page)]
        }
        #expect(outcomes == [.answered(200)])
    }

    @Test func asksOverTLSWhateverTheCertificate() async throws {
        let configuration = try SelfSignedCertificate.shared.get().serverConfiguration
        let outcomes = try await outcomes(until: .answered(200), tls: true) {
            [
                NIOSSLServerHandler(context: try NIOSSLContext(configuration: configuration)),
                FixedAnswer(TLSProbeTests.page),
            ]
        }
        #expect(outcomes == [.answered(200)])
    }

    /// Interim responses have no end by themselves.
    @Test func whatComesBeforeAnAnswerIsBounded() async throws {
        let hint = "HTTP/1.1 103 Early Hints\r\nX: \(String(repeating: "x", count: 60_000))\r\n\r\n"
        let many = String(repeating: hint, count: SamplerAttempt.arrivalLimit / hint.utf8.count + 1)
        let outcomes = try await outcomes(until: .noAnswer, tls: false) {
            [FixedAnswer(many + TLSProbeTests.page)]
        }
        #expect(outcomes == [])
    }

    /// A port that accepts and does not speak TLS is no answer.
    @Test func aServerWithoutTLSDoesNotAnswer() async throws {
        let outcomes = try await outcomes(until: .noAnswer, tls: true) { [FixedAnswer(TLSProbeTests.page)] }
        #expect(outcomes == [])
    }
}
