import GraderCore
import Testing

@testable import NetworkProbes

@Suite struct PortProbeTests {
    let direct = PortProbe(dialer: DirectDialer(eventLoopGroup: .singletonMultiThreadedEventLoopGroup))

    @Test func aListeningPortIsOpen() async throws {
        try await LoopbackServer.running(handlers: { [Echo()] }) { server in
            let result = await direct.probe(address: "127.0.0.1", port: server.port, timeLimit: .seconds(10))
            #expect(result == PortProbeResult(address: "127.0.0.1", port: server.port, state: .open))
        }
    }

    /// Whether the RST comes before or after the connection is noticed to stand is chance; the verdict is not.
    @Test func aListenerThatResetsAtOnceIsOpen() async throws {
        try await LoopbackServer.running(handlers: { [ResetsAtOnce()] }) { server in
            for _ in 0..<200 {
                let result = await direct.probe(
                    address: "127.0.0.1", port: server.port, timeLimit: .seconds(10))
                #expect(result.state == .open)
            }
        }
    }

    @Test func aPortWithoutListenerIsClosed() async throws {
        try await LoopbackServer.withClosedPort { port in
            let result = await direct.probe(address: "127.0.0.1", port: port, timeLimit: .seconds(10))
            #expect(result.state == .closed)
            #expect(result.detail.contains("refused"))
        }
    }

    @Test(arguments: [
        (DialFailure.Kind.refused, PortProbeResult.State.closed), (.reset, .open), (.timedOut, .filtered),
        (.prohibited, .filtered), (.unreachable, .hostUnreachable),
    ])
    func failuresAreNmapsVerdicts(kind: DialFailure.Kind, state: PortProbeResult.State) async {
        let probe = PortProbe(dialer: ScriptedDialer(.fails(DialFailure(kind, saying: "why"))))
        let expected = PortProbeResult(address: "192.0.2.1", port: 80, state: state, detail: "why")
        #expect(await probe.probe(address: "192.0.2.1", port: 80, timeLimit: .seconds(10)) == expected)
        #expect(
            await probe.observe(address: "192.0.2.1", port: 80, timeLimit: .seconds(10)) == .port(expected))
    }

    @Test func silenceIsFilteredEvenIfTheDialerKeepsNoTime() async {
        let probe = PortProbe(dialer: ScriptedDialer(.neverAnswers))
        let result = await probe.probe(address: "192.0.2.1", port: 80, timeLimit: .milliseconds(100))
        #expect(result.state == .filtered)
        #expect(result.detail == "connecting to 192.0.2.1 port 80: nothing answered within 0.1 s")
    }

    @Test func theConnectionIsClosedAtOnceAndNothingSent() async {
        let connection = ScriptedConnection([.silence])
        let probe = PortProbe(dialer: ScriptedDialer(connection))
        #expect(await probe.probe(address: "192.0.2.1", port: 80, timeLimit: .seconds(10)).state == .open)
        #expect(connection.isClosed)
        #expect(connection.written.isEmpty)
        #expect(connection.readsDone == 0)
    }

    @Test func aConnectionThatIsSlowToCloseIsOpenAllTheSame() async {
        let probe = PortProbe(dialer: ScriptedDialer(ScriptedConnection([], closesOnlyWhenCancelled: true)))
        let result = await probe.probe(address: "192.0.2.1", port: 80, timeLimit: .milliseconds(100))
        #expect(result.state == .open)
    }

    @Test func aProbeThatCouldNotBeMadeIsNotAVerdict() async {
        let probe = PortProbe(
            dialer: ScriptedDialer(.fails(DialFailure(.other, saying: "too many open files"))))
        let outcome = await probe.observe(address: "192.0.2.1", port: 80, timeLimit: .seconds(10))
        guard case .failed(let failure) = outcome else {
            Issue.record("not failed but \(outcome)")
            return
        }
        #expect(failure.message.contains("too many open files"))
        #expect(failure.message.contains("could not be probed"))
    }

    @Test func aCancelledProbeSaysSo() async {
        let probe = PortProbe(dialer: ScriptedDialer(.neverAnswers))
        let probing = Task {
            await probe.observe(address: "192.0.2.1", port: 80, timeLimit: .seconds(3600))
        }
        probing.cancel()
        guard case .failed(let failure) = await probing.value else {
            Issue.record("a cancelled probe gave a verdict")
            return
        }
        #expect(failure.kind == .cancelled)
    }
}

extension PortProbe {
    /// The verdict; where there is none, that is recorded as an issue.
    fileprivate func probe(address: String, port: Int, timeLimit: Duration) async -> PortProbeResult {
        let outcome = await observe(address: address, port: port, timeLimit: timeLimit)
        guard case .port(let result) = outcome else {
            Issue.record("no verdict but \(outcome)")
            return PortProbeResult(address: address, port: port, state: .filtered)
        }
        return result
    }
}
