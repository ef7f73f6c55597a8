import GraderCore

/// Whether somebody listens on a TCP port: one full connection, closed at once, nothing sent.
/// The verdicts are those of nmap's connect scan (`nmap -sT`, *Port Scanning Basics* in its manual), with
/// `hostUnreachable` (ICMP host or network unreachable, no answer to ARP) where nmap says “filtered (host-unreach)”.
/// IPv4's ICMP “host administratively prohibited” reaches a program as “no route to host”, so a firewall that answers
/// with it looks like a host that is not there.
public struct PortProbe: Sendable {
    private let dialer: any StreamDialer

    /// - Parameter dialer: the vantage; with a tunnel's dialer the verdict is what the *node* sees.
    public init(dialer: any StreamDialer) {
        self.dialer = dialer
    }

    /// Probes one port. A probe that could not be made (cancelled, no file descriptor left, not an address) is
    /// `.failed`, not a word about the port.
    /// - Parameter timeLimit: silence for this long is `filtered`; nmap's own is about a second on a LAN.
    public func observe(address: String, port: Int, timeLimit: Duration) async -> Observation.Outcome {
        do throws(DialFailure) {
            return try await dialer.inTurn(at: address) {
                await Self.observe(address: address, port: port, timeLimit: timeLimit, dialer: $0)
            }
        } catch {
            return .failed(Self.notProbed(LocalizedText(verbatim: "\(address) port \(port)"), error))
        }
    }

    private static func notProbed(_ place: LocalizedText, _ failure: DialFailure) -> TransportFailure {
        if Task.isCancelled {
            return TransportFailure(
                .cancelled, fr: "\(place) n'a pas été sondé : abandonné par le correcteur",
                en: "\(place) was not probed: given up by the grader")
        }
        return TransportFailure(
            .protocolError, fr: "\(place) n'a pas pu être sondé : \(failure.message)",
            en: "\(place) could not be probed: \(failure.message)")
    }

    private static func observe(
        address: String, port: Int, timeLimit: Duration, dialer: any StreamDialer
    ) async -> Observation.Outcome {
        let lag = LagWatch(dialer.loops)
        let begin = lag.mark()
        let attempt = await bounded(by: timeLimit) { () async -> DialFailure? in
            do throws(DialFailure) {
                let stream = try await dialer.dial(host: address, port: port, timeLimit: timeLimit)
                await stream.close()
                return nil
            } catch {
                return error
            }
        }
        func found(_ state: PortProbeResult.State, _ detail: LocalizedText? = nil) -> Observation.Outcome {
            .port(PortProbeResult(address: address, port: port, state: state, detail: detail?.en ?? ""))
        }
        let place = LocalizedText(verbatim: "\(address) port \(port)")
        func silence(_ detail: LocalizedText) -> Observation.Outcome {
            lag.wasLate(since: begin, waiting: timeLimit)
                ? .failed(.overloaded(place)) : found(.filtered, detail)
        }
        switch attempt {
        case .cancelled:
            return .failed(notProbed(place, .cancelled))
        // The connection stood; only closing it took too long.
        case .finished(nil), .timeUp(nil):
            return found(.open)
        case .finished(let failure?), .timeUp(let failure?):
            switch failure.kind {
            case .refused: return found(.closed, failure.message)
            // A RST to the SYN is a refusal (RFC 9293, section 3.10.7.3); what is *reset* had been accepted.
            case .reset: return found(.open, failure.message)
            case .prohibited: return found(.filtered, failure.message)
            case .timedOut: return silence(failure.message)
            case .overloaded: return .failed(.overloaded(place))
            case .unreachable: return found(.hostUnreachable, failure.message)
            case .other:
                if case .timeUp = attempt {
                    return silence(
                        LocalizedText(
                            fr: "connexion à \(place) : aucune réponse en \(timeLimit.inSeconds)",
                            en: "connecting to \(place): nothing answered within \(timeLimit.inSeconds)")
                    )
                }
                return .failed(notProbed(place, failure))
            }
        }
    }
}
