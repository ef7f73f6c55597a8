import GraderCore
import NIOCore
import NIOSSL
import Testing

@testable import NetworkProbes

@Suite(.timeLimit(.minutes(1))) struct AvailabilitySamplerTests {
    /// What the first requests to a server with these handlers came to.
    private func outcomes(
        tls: Bool, of handlers: @escaping @Sendable () throws -> [any ChannelHandler]
    ) async throws -> [ServiceSample.Outcome] {
        try await LoopbackServer.running(handlers: handlers) { server in
            let request = HTTPProbeRequest(
                address: "127.0.0.1", port: server.port, tls: tls, host: "www.example.org", target: "/",
                userAgent: "bascule-test")
            let running = try await AvailabilitySampler().start(
                SamplingTarget(
                    address: "127.0.0.1", port: server.port, request: request, acceptedStatuses: [200]),
                connectsPerSecond: 20, requestsPerSecond: 20)
            while await running.samples(since: .zero).requests.count < 5 {
                try await Task.sleep(for: .milliseconds(20))
            }
            let trace = await running.stop()
            #expect(trace.connects.map(\.outcome).allSatisfy { $0 == .accepted })
            return trace.requests.map(\.outcome)
        }
    }

    @Test func asksOverTCP() async throws {
        let outcomes = try await outcomes(tls: false) { [FixedAnswer(TLSProbeTests.page)] }
        #expect(Set(outcomes) == [.answered(200)])
    }

    @Test func asksOverTLSWhateverTheCertificate() async throws {
        let configuration = try SelfSignedCertificate.shared.get().serverConfiguration
        let outcomes = try await outcomes(tls: true) {
            [
                NIOSSLServerHandler(context: try NIOSSLContext(configuration: configuration)),
                FixedAnswer(TLSProbeTests.page),
            ]
        }
        #expect(Set(outcomes) == [.answered(200)])
    }

    /// A port that accepts and does not speak TLS is no answer.
    @Test func aServerWithoutTLSDoesNotAnswer() async throws {
        let outcomes = try await outcomes(tls: true) { [FixedAnswer(TLSProbeTests.page)] }
        #expect(Set(outcomes) == [.noAnswer])
    }
}
