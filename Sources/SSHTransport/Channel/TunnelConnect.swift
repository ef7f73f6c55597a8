import GraderCore
import NIOCore

extension SSHConnection {
    /// Connects by a stream that another log-in opens (`direct-tcpip`), then logs in. Both live on the same
    /// event loop.
    func connect(through outer: SSHConnection) {
        var stream: StreamOperation?
        let limit = endpoint.connectTimeLimit
        let begin = NIODeadline.now()
        let timer = bound(limit) { isOurs in
            self.fail(
                isOurs ? self.sentences.overloaded(.answer, limit) : self.sentences.silentHost(limit))
        }
        let carrier = Carrier(
            send: { [weak self] bytes in
                stream?.write(bytes)
                if let stream, stream.unsent > Self.unsentLimit { self?.tooMuchUnsent() }
            }, close: { stream?.abandon() }, read: { stream?.wantsData = $0 })
        let operation = StreamOperation(.direct(host: endpoint.host, port: endpoint.port)) { event in
            switch event {
            case .opened:
                timer.cancel()
                self.start(over: carrier)
            case .data(let bytes):
                let spent = self.machine.budget.spent
                self.receive(bytes)
                self.receiveDone()
                // What the node costs is not the jump host's doing.
                outer.machine.budget.add(spent - self.machine.budget.spent)
            case .ended: self.carrierEnded()
            case .failed(let reason):
                timer.cancel()
                if case .connecting = self.phase {
                    self.fail(self.refusal(reason, after: NIODeadline.now() - begin))
                } else {
                    self.carrierEnded()
                }
            case .errorData, .drained: break
            }
        }
        stream = operation
        giveUpConnecting = {
            timer.cancel()
            operation.abandon()
        }
        outer.machine.add(operation)
    }

    private func refusal(_ reason: SSHMachineEnd, after time: TimeAmount) -> TransportFailure {
        let failure = DialFailure(opening: reason, after: time, to: endpoint.address)
        return switch failure.kind {
        case .refused: sentences.closedPort
        case .prohibited: sentences.tunnelProhibited()
        default:
            sentences.unreachable(
                LocalizedText(
                    fr: "par l'hôte de rebond : \(reason.words)", en: "through the jump host: \(reason.words)"
                ))
        }
    }
}

extension DialFailure {
    /// A missing neighbour takes a second more (net.ipv4.neigh: mcast_solicit times retrans_time_ms, arp(7)).
    static let longestRefusal = TimeAmount.seconds(2)

    /// What a channel that could not be opened means. RFC 4254, section 5.1, has four reasons; libssh2 hands
    /// down only which of them, so a refused connection and a host that is not there differ by the time they
    /// took alone: a refusal comes at once, a missing neighbour after about three seconds (ARP).
    init(opening reason: SSHMachineEnd, after time: TimeAmount, to address: String) {
        guard case .library(let error) = reason, error.code == .channelFailure else {
            self.init(
                .other, fr: "la connexion passant par la machine s'est rompue (\(reason.words))",
                en: "the connection through the node broke (\(reason.words))")
            return
        }
        if error.detail.contains("prohibited") {
            self.init(
                .prohibited,
                fr: "sshd n'y laisse pas le correcteur se connecter à \(address) (AllowTcpForwarding)",
                en:
                    "the node's sshd does not let the grader connect to \(address) through it (AllowTcpForwarding)"
            )
        } else if error.detail.contains("connect failed") {
            if time < Self.longestRefusal {
                self.init(
                    .refused, fr: "\(address) refuse les connexions venant de la machine",
                    en: "\(address) refuses connections from the node")
            } else {
                self.init(
                    .unreachable, fr: "\(address) est injoignable depuis la machine",
                    en: "\(address) cannot be reached from the node")
            }
        } else {
            self.init(
                .other, fr: "sshd n'a pas pu s'y connecter à \(address) (\(error.words))",
                en: "the node's sshd could not connect to \(address) (\(error.words))")
        }
    }
}
