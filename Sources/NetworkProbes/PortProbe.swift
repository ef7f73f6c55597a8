import GraderCore

/// Whether somebody listens on a TCP port: one full connection, closed at once, nothing sent.
///
/// The verdicts are those of nmap's connect scan (`nmap -sT`, *Port Scanning Basics* in its manual), with one
/// more where nmap says “filtered (host-unreach)”:
///
/// | what came back | verdict |
/// | --- | --- |
/// | the connection stands, even if it is reset at once | `open` |
/// | RST to the SYN | `closed` |
/// | nothing, or a firewall's “prohibited” | `filtered` |
/// | ICMP host or network unreachable, no answer to ARP | `hostUnreachable` |
///
/// IPv4's ICMP “host administratively prohibited” reaches a program as “no route to host”, so a firewall that
/// answers with it looks like a host that is not there.
public struct PortProbe: Sendable {
    private let dialer: any StreamDialer

    /// - Parameter dialer: the vantage; with a tunnel's dialer the verdict is what the *node* sees.
    public init(dialer: any StreamDialer) {
        self.dialer = dialer
    }

    /// Probes one port. What could not be probed at all reads `filtered` with the reason in `detail`, because
    /// nothing else would be true of the port; `observe` tells the two apart.
    ///
    /// - Parameters:
    ///   - address: an IPv4 or IPv6 address.
    ///   - timeLimit: silence for this long is `filtered`; nmap's own is about a second on a LAN.
    public func probe(address: String, port: Int, timeLimit: Duration) async -> PortProbeResult {
        switch await connect(address: address, port: port, timeLimit: timeLimit) {
        case .success(let result): result
        case .failure(let failure):
            PortProbeResult(address: address, port: port, state: .filtered, detail: failure.message)
        }
    }

    /// Probes one port, as an observation's outcome: a probe that could not be made (cancelled, no file
    /// descriptor left, not an address) is `.failed`, not a word about the port.
    public func observe(address: String, port: Int, timeLimit: Duration) async -> Observation.Outcome {
        switch await connect(address: address, port: port, timeLimit: timeLimit) {
        case .success(let result): .port(result)
        case .failure(let failure): .failed(failure)
        }
    }

    private func connect(
        address: String, port: Int, timeLimit: Duration
    ) async -> Result<PortProbeResult, TransportFailure> {
        let dialer = self.dialer
        let lag = LagWatch(dialer.loops)
        let begin = lag.mark()
        let attempt = await bounded(by: timeLimit, sleep: sleepForReal) { () async -> DialFailure? in
            do throws(DialFailure) {
                let stream = try await dialer.dial(host: address, port: port, timeLimit: timeLimit)
                await stream.close()
                return nil
            } catch {
                return error
            }
        }
        func result(_ state: PortProbeResult.State, _ detail: String = "") -> PortProbeResult {
            PortProbeResult(address: address, port: port, state: state, detail: detail)
        }
        func silence(_ detail: String) -> Result<PortProbeResult, TransportFailure> {
            lag.wasLate(since: begin, waiting: timeLimit)
                ? .failure(.overloaded("\(address) port \(port)")) : .success(result(.filtered, detail))
        }
        switch attempt {
        case .cancelled:
            return .failure(
                TransportFailure(.cancelled, "\(address) port \(port) was not probed: given up by the grader")
            )
        // The connection stood; only closing it took too long.
        case .finished(nil), .timeUp(nil):
            return .success(result(.open))
        case .finished(let failure?), .timeUp(let failure?):
            switch failure.kind {
            case .refused: return .success(result(.closed, failure.message))
            // A RST to the SYN is a refusal (RFC 9293, section 3.10.7.3); what is *reset* had been accepted.
            case .reset: return .success(result(.open, failure.message))
            case .prohibited: return .success(result(.filtered, failure.message))
            case .timedOut: return silence(failure.message)
            case .overloaded: return .failure(.overloaded("\(address) port \(port)"))
            case .unreachable: return .success(result(.hostUnreachable, failure.message))
            case .other:
                if case .timeUp = attempt {
                    return silence(
                        "connecting to \(address) port \(port): nothing answered within \(timeLimit.inSeconds)"
                    )
                }
                return .failure(
                    TransportFailure(
                        .protocolError, "\(address) port \(port) could not be probed: \(failure.message)"))
            }
        }
    }
}
