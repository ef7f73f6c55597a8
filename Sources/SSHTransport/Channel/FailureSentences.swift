import GraderCore

/// The sentences for everything that can keep the grader from a node: who, what, what to do. Text from the server is
/// made printable and cut before it gets here.
struct FailureSentences: Sendable {
    let who: String
    let address: String
    let user: String

    init(_ endpoint: SSHEndpoint) {
        who = endpoint.who
        address = endpoint.address
        user = endpoint.user
    }

    private func failure(_ kind: TransportFailure.Kind, _ what: String) -> TransportFailure {
        TransportFailure(kind, "\(who): \(what)")
    }

    func silentHost(_ limit: Duration) -> TransportFailure {
        failure(
            .timedOut,
            "\(address) did not answer within \(limit.inSeconds): check that the machine is on, and its address "
                + "and firewall.")
    }

    var closedPort: TransportFailure {
        failure(
            .connectionRefused,
            "\(address) refuses connections (the port is closed): check that sshd runs there, and the port.")
    }

    func unreachable(_ detail: String) -> TransportFailure {
        failure(
            .unreachable,
            "\(address) cannot be reached (\(detail)): check the address and the network between.")
    }

    func tunnelProhibited() -> TransportFailure {
        failure(
            .unreachable,
            "the jump host does not let connections through to \(address): check AllowTcpForwarding and "
                + "PermitOpen of its sshd.")
    }

    func saysNothing(_ limit: Duration) -> TransportFailure {
        failure(
            .notSSH,
            "\(address) accepts connections but said nothing within \(limit.inSeconds): its sshd hangs, or "
                + "something else listens there; try `ssh -v` from here.")
    }

    var closesAtOnce: TransportFailure {
        failure(
            .notSSH,
            "\(address) accepted the connection and closed it without a word: behind a port forward the machine "
                + "is off or its sshd is not running, otherwise its sshd refuses this address.")
    }

    func notSSH(_ line: String) -> TransportFailure {
        failure(.notSSH, "\(address) does not speak SSH 2 (it said \"\(line)\"): check the port.")
    }

    func penalty(_ line: String) -> TransportFailure {
        failure(
            .refusedByPenalty,
            "\(address) takes no log-ins from here for now (it said \"\(line)\"): wait some minutes, then "
                + "grade this one again; sshd's MaxStartups and PerSourcePenalties do this after many or failed "
                + "log-ins.")
    }

    func handshakeTooSlow(_ limit: Duration) -> TransportFailure {
        failure(
            .timedOut,
            "\(address) did not finish the log-in within \(limit.inSeconds): the machine is overloaded or its "
                + "sshd waits for something (DNS, PAM); log in by hand to see.")
    }

    func handshakeBroke(_ detail: String, _ offer: ServerOffer) -> TransportFailure {
        let wanted = HandshakeOperation.keyExchanges
        guard !offer.keyExchanges.isEmpty, !offer.keyExchanges.contains(where: wanted.contains) else {
            return failure(
                .noCommonAlgorithms,
                "\(address) and the grader could not agree on a secure connection (\(detail)): the server may offer "
                    + "only an RSA host key or old algorithms; `ssh-keygen -A` on the node makes an Ed25519 one."
            )
        }
        // Where the server chooses the size of the numbers, it decides how long the grader computes.
        return failure(
            .noCommonAlgorithms,
            "\(address) offers no key exchange that the grader takes (it offers "
                + "\(offer.keyExchanges.prefix(5).joined(separator: ", "))): add \(wanted[0]) or \(wanted[2]) to "
                + "KexAlgorithms in sshd_config on the node.")
    }

    func tooMuch(_ detail: String) -> TransportFailure {
        failure(
            .protocolError,
            "\(address) does not keep to what an SSH server sends (\(detail)): see what answers there; it is no "
                + "ordinary sshd.")
    }

    func closedDuringLogIn(_ detail: String) -> TransportFailure {
        failure(
            .connectionLost,
            "\(address) closed the connection during the log-in (\(detail)): see `journalctl -u ssh` on the node."
        )
    }

    func hostKeyChanged(shown: HostKey, student: Substring) -> TransportFailure {
        failure(
            .hostKeyChanged,
            "\(address) shows another host key (\(shown.type)) than the one on file: if the machine was rebuilt, run "
                + "`bascule enroll --replace \(student)`; otherwise another machine answers there.")
    }

    func hostKeyUnreadable() -> TransportFailure {
        failure(.protocolError, "\(address) shows a host key that cannot be read: check its sshd.")
    }

    func authenticationFailed(offered: [String], tried: [String]) -> TransportFailure {
        let offers = offered.isEmpty ? "no way to log in" : offered.joined(separator: ", ")
        let what =
            tried.isEmpty
            ? "nothing in the roster fits" : "tried and refused: \(tried.joined(separator: ", "))"
        return failure(
            .authenticationFailed,
            "\(address) does not let \(user) in (the server offers \(offers); \(what)): check user, key and "
                + "password in the roster; it was not tried again.")
    }

    func connectionLost(_ detail: String, during command: String?) -> TransportFailure {
        let when = command.map { " while `\($0)` ran" } ?? ""
        return failure(
            .connectionLost,
            "the connection to \(address) broke\(when) (\(detail)): see whether the machine went down, then "
                + "grade this one again.")
    }

    func commandRefused(_ command: String, _ detail: String) -> TransportFailure {
        failure(
            .commandsRefused,
            "\(address) would not start `\(command)` (\(detail)): check MaxSessions and ForceCommand of its sshd."
        )
    }

    /// - Parameters:
    ///   - said: what came in place of the command's outputs.
    ///   - limit: nil where it ended by itself.
    func commandNotBegun(_ command: String, said: [UInt8], within limit: Duration?) -> TransportFailure {
        let lines = said.prefix(4096).split { $0 == 0x0A || $0 == 0x0D }.map(BannerGate.printable)
        let words = lines.joined(separator: " ").prefix(200)
        let answer = words.isEmpty ? "it said nothing" : "it said \"\(words)\""
        let when = limit.map { " within \($0.inSeconds)" } ?? ""
        return failure(
            .commandsRefused,
            "\(address) lets \(user) in, but `\(command)` never began\(when) (\(answer)): log in by hand to see; an "
                + "expired password, ForceCommand or a shell like nologin does this.")
    }

    /// - Parameter what: what was waited for.
    func overloaded(_ what: String, _ limit: Duration) -> TransportFailure {
        failure(
            .graderOverloaded,
            "\(what) on \(address) did not come within \(limit.inSeconds), but the grader was too busy to listen: "
                + "nothing is known; grade this one again, with fewer at once (--jobs).")
    }

    func rootRefused(_ become: Become, _ reason: String) -> TransportFailure {
        failure(
            .rootRefused,
            "logged in as \(user) on \(address), but not root by \(become.tool): \(reason); tried once.")
    }

    func rootShellEnded() -> TransportFailure {
        failure(
            .connectionLost,
            "the root shell on \(address) ended before the grader was done: see whether somebody killed it, then "
                + "grade this one again.")
    }

    func commandUnspeakable() -> TransportFailure {
        failure(
            .protocolError,
            "a command without words, with a NUL byte, or with too long an input was not sent: this is a bug."
        )
    }

    func sessionClosed() -> TransportFailure {
        failure(.connectionLost, "the log-in to \(address) was already closed.")
    }

    var cancelled: TransportFailure {
        failure(.cancelled, "given up by the grader before \(address) was done.")
    }
}

extension Duration {
    /// `5 s`, `0.5 s`.
    var inSeconds: String {
        let tenths = (components.seconds * 10) + components.attoseconds / 100_000_000_000_000_000
        return tenths % 10 == 0 ? "\(tenths / 10) s" : "\(tenths / 10).\(tenths % 10) s"
    }
}

extension SSHMachineEnd {
    var detail: String {
        switch self {
        case .closedHere: "closed by the grader"
        case .closedByPeer: "closed by the other side"
        case .library(let error):
            error.detail.isEmpty
                ? "libssh2 error \(error.code.rawValue)" : BannerGate.printable(error.detail.utf8)
        }
    }
}
