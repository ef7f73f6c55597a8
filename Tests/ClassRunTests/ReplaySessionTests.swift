import Exercises
import Foundation
import GraderCore
import Testing

@testable import ClassRun

@Suite struct ReplaySessionTests {
    private let evidence = sampleEvidence()

    @Test func commandsAnswerAsTheyDidThen() async throws {
        let session = try ReplaySession(evidence, node: .serv1)
        let first = try await session.run(RemoteCommand(["hostname"]))
        #expect(first.standardOutput == "serv1\n")
        // The closing look at the same thing.
        #expect(try await session.run(RemoteCommand(["hostname"])).standardOutput == "again")
        #expect(try await session.run(RemoteCommand(["hostname"])).ending == .signalled("KILL"))
        #expect(try await session.run(RemoteCommand(["crm", "status"])).ending == .timedOut)
        #expect(session.hostKey == nil)
    }

    @Test func whatWasNotAskedCannotBeAnswered() async throws {
        let session = try ReplaySession(evidence, node: .serv1)
        for arguments in [["crm"], ["crm", "status", "-1"], ["hostname "]] {
            let failure = await #expect(throws: TransportFailure.self) {
                try await session.run(RemoteCommand(arguments))
            }
            #expect(failure?.kind == .connectionLost)
        }
        await #expect(throws: DialFailure.self) {
            try await session.dialer.dial(host: "172.16.1.12", port: 80, timeLimit: .seconds(1))
        }
    }

    @Test func aNodeThatWasUnreachableStillIs() throws {
        let failure = try #require(throws: TransportFailure.self) {
            try ReplaySession(evidence, node: .serv2)
        }
        #expect(
            failure == TransportFailure(.connectionRefused, LocalizedText(verbatim: "etu1/serv2: closed.")))
    }

    @Test func theNetworkAnswersAsItDidThen() async throws {
        let prober = ReplayProber(evidence)
        guard case .port(let port) = await prober.port(address: "172.16.1.12", port: 80, timeLimit: .zero)
        else {
            Issue.record("the port was probed then")
            return
        }
        #expect(port.state == .hostUnreachable)
        let other = await prober.port(address: "172.16.1.12", port: 81, timeLimit: .zero)
        #expect(other.isFailure(.connectionLost))
        #expect(await prober.neighbours() == "serv1\n")
        guard case .http(let exchange)? = evidence[.network("http")]?.outcome else {
            Issue.record("the sample has no exchange")
            return
        }
        #expect(await prober.http(exchange.request, timeLimit: .zero, bodyLimit: 0) == .http(exchange))
        var request = exchange.request
        request.target = "/"
        let answer = await prober.http(request, timeLimit: .zero, bodyLimit: 0)
        #expect(answer.isFailure(.connectionLost))
    }
}

extension Observation.Outcome {
    fileprivate func isFailure(_ kind: TransportFailure.Kind) -> Bool {
        guard case .failed(let failure) = self else { return false }
        return failure.kind == kind
    }
}
