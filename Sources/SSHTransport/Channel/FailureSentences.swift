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

    func failure(
        _ kind: TransportFailure.Kind, fr: LocalizedText.Wording, en: LocalizedText.Wording
    ) -> TransportFailure {
        let what = LocalizedText(fr: fr, en: en)
        return TransportFailure(kind, fr: "\(who) : \(what)", en: "\(who): \(what)")
    }

    func silentHost(_ limit: Duration) -> TransportFailure {
        failure(
            .timedOut,
            fr: """
                \(address) n'a pas répondu en \(limit.inSeconds) : vérifier que la machine est allumée, son \
                adresse et son pare-feu.
                """,
            en: """
                \(address) did not answer within \(limit.inSeconds): check that the machine is on, and its \
                address and firewall.
                """)
    }

    var closedPort: TransportFailure {
        failure(
            .connectionRefused,
            fr: """
                \(address) refuse les connexions (le port est fermé) : vérifier que sshd y tourne, et le \
                port.
                """,
            en: """
                \(address) refuses connections (the port is closed): check that sshd runs there, and the \
                port.
                """)
    }

    func unreachable(_ detail: LocalizedText) -> TransportFailure {
        failure(
            .unreachable,
            fr: "\(address) est injoignable (\(detail)) : vérifier l'adresse et le réseau qui y mène.",
            en: "\(address) cannot be reached (\(detail)): check the address and the network between.")
    }

    func tunnelProhibited() -> TransportFailure {
        failure(
            .unreachable,
            fr: """
                l'hôte de rebond ne laisse pas passer les connexions vers \(address) : vérifier \
                AllowTcpForwarding et PermitOpen de son sshd.
                """,
            en: """
                the jump host does not let connections through to \(address): check AllowTcpForwarding and \
                PermitOpen of its sshd.
                """)
    }

    func saysNothing(_ limit: Duration) -> TransportFailure {
        failure(
            .notSSH,
            fr: """
                \(address) accepte les connexions mais n'a rien dit en \(limit.inSeconds) : son sshd est \
                bloqué, ou autre chose écoute sur ce port ; essayer `ssh -v` d'ici.
                """,
            en: """
                \(address) accepts connections but said nothing within \(limit.inSeconds): its sshd hangs, \
                or something else listens there; try `ssh -v` from here.
                """)
    }

    var closesAtOnce: TransportFailure {
        failure(
            .notSSH,
            fr: """
                \(address) a accepté la connexion et l'a fermée sans un mot : derrière une redirection de \
                port, la machine est éteinte ou sshd n'y tourne pas ; sinon, son sshd refuse l'adresse du \
                correcteur.
                """,
            en: """
                \(address) accepted the connection and closed it without a word: behind a port forward the \
                machine is off or its sshd is not running, otherwise its sshd refuses this address.
                """)
    }

    func notSSH(_ line: String) -> TransportFailure {
        failure(
            .notSSH,
            fr: "\(address) ne parle pas SSH 2 (réponse : « \(line) ») : vérifier le port.",
            en: "\(address) does not speak SSH 2 (it said \"\(line)\"): check the port.")
    }

    func penalty(_ line: String) -> TransportFailure {
        failure(
            .refusedByPenalty,
            fr: """
                \(address) n'accepte pour le moment aucune connexion d'ici (réponse : « \(line) ») : \
                attendre quelques minutes, puis évaluer cet étudiant à nouveau ; MaxStartups et \
                PerSourcePenalties de sshd font cela après des connexions trop nombreuses ou refusées.
                """,
            en: """
                \(address) takes no log-ins from here for now (it said "\(line)"): wait some minutes, then \
                grade this one again; sshd's MaxStartups and PerSourcePenalties do this after many or failed \
                log-ins.
                """)
    }

    func tooMuch(_ detail: LocalizedText) -> TransportFailure {
        failure(
            .protocolError,
            fr: """
                \(address) ne s'en tient pas à ce qu'envoie un serveur SSH (\(detail)) : regarder ce qui \
                répond là ; ce n'est pas un sshd ordinaire.
                """,
            en: """
                \(address) does not keep to what an SSH server sends (\(detail)): see what answers there; it \
                is no ordinary sshd.
                """)
    }

    func hostKeyChanged(shown: HostKey, student: Substring) -> TransportFailure {
        failure(
            .hostKeyChanged,
            fr: """
                \(address) présente une autre clé d'hôte (\(shown.type)) que celle enregistrée : si la \
                machine a été réinstallée, lancer `bascule enroll --replace \(student)` ; sinon, c'est une \
                autre machine qui répond.
                """,
            en: """
                \(address) shows another host key (\(shown.type)) than the one on file: if the machine was \
                rebuilt, run `bascule enroll --replace \(student)`; otherwise another machine answers there.
                """)
    }

    func hostKeyRevoked(shown: HostKey, student: Substring) -> TransportFailure {
        failure(
            .hostKeyChanged,
            fr: """
                \(address) présente une clé d'hôte (\(shown.type)) qu'une ligne @revoked de known_hosts révoque : \
                donner de nouvelles clés à la machine, puis lancer `bascule enroll --replace \(student)` ; si la clé \
                est bonne, effacer cette ligne.
                """,
            en: """
                \(address) shows a host key (\(shown.type)) that a line @revoked of known_hosts takes back: give the \
                machine new keys, then run `bascule enroll --replace \(student)`; if the key is good, delete that line.
                """)
    }

    func hostKeyUnreadable() -> TransportFailure {
        failure(
            .protocolError,
            fr: "\(address) présente une clé d'hôte illisible : vérifier son sshd.",
            en: "\(address) shows a host key that cannot be read: check its sshd.")
    }
}

extension LocalizedText {
    /// What is waited for where a connection is to stand.
    static var answer: LocalizedText { LocalizedText(fr: "une réponse", en: "an answer") }

    /// The other side's own words.
    static func said(_ words: some StringProtocol) -> LocalizedText {
        words.isEmpty
            ? LocalizedText(fr: "sans un mot", en: "it said nothing")
            : LocalizedText(fr: "réponse : « \(words) »", en: "it said \"\(words)\"")
    }
}

extension Duration {
    /// `5 s`, `0.5 s`.
    var inSeconds: LocalizedText {
        let tenths = wholeMilliseconds / 100
        let (seconds, tenth) = tenths.quotientAndRemainder(dividingBy: 10)
        return tenth == 0
            ? LocalizedText(verbatim: "\(seconds) s")
            : LocalizedText(fr: "\(seconds),\(tenth) s", en: "\(seconds).\(tenth) s")
    }
}

extension SSHMachineEnd {
    /// Why, behind a sentence of ours.
    var words: LocalizedText {
        switch self {
        case .closedHere: LocalizedText(fr: "fermée par le correcteur", en: "closed by the grader")
        case .closedByPeer: LocalizedText(fr: "fermée par l'autre côté", en: "closed by the other side")
        case .farewell(let words): LocalizedText.said(words)
        case .library(let error): error.words
        }
    }
}
