import GraderCore

/// Between a connection and a log-in: at which step it stopped, and by whom.
extension FailureSentences {
    /// - Parameter limit: nil where the connection ended.
    func halfIdentified(_ line: String, within limit: Duration?) -> TransportFailure {
        guard let limit else {
            return failure(
                .notSSH,
                fr: """
                    \(address) a fermé la connexion au milieu de sa première ligne (« \(line) ») : son sshd s'arrête, \
                    ou ce n'en est pas un ; voir `journalctl -u ssh` sur la machine.
                    """,
                en: """
                    \(address) closed the connection in the middle of its first line ("\(line)"): its sshd goes down, \
                    or it is none; see `journalctl -u ssh` on the node.
                    """)
        }
        return failure(
            .timedOut,
            fr: """
                \(address) n'a pas fini sa première ligne en \(limit.inSeconds) (« \(line) ») : la machine ou le réseau \
                est surchargé, ou ce n'est pas un sshd ; essayer `ssh -v` d'ici.
                """,
            en: """
                \(address) had not finished its first line within \(limit.inSeconds) ("\(line)"): the machine or the \
                network is overloaded, or it is no sshd; try `ssh -v` from here.
                """)
    }

    func keyExchangeTooSlow(_ limit: Duration, _ offer: ServerOffer) -> TransportFailure {
        guard offer.stage != .identified else {
            return failure(
                .timedOut,
                fr: """
                    \(address) a donné sa version de SSH, puis n'a pas commencé l'échange de clés en \
                    \(limit.inSeconds) : son sshd est bloqué ou la machine surchargée ; essayer `ssh -v` d'ici.
                    """,
                en: """
                    \(address) gave its SSH version, and then did not begin the key exchange within \
                    \(limit.inSeconds): its sshd hangs or the machine is overloaded; try `ssh -v` from here.
                    """)
        }
        return failure(
            .timedOut,
            fr: """
                \(address) a commencé l'échange de clés et ne l'a pas terminé en \(limit.inSeconds) : la machine est \
                surchargée ou son sshd bloqué ; essayer `ssh -v` d'ici.
                """,
            en: """
                \(address) began the key exchange and did not finish it within \(limit.inSeconds): the machine is \
                overloaded or its sshd hangs; try `ssh -v` from here.
                """)
    }

    /// The key exchange ended before there were keys.
    /// - Parameter taken: what we would have taken.
    func keyExchangeBroke(
        _ reason: SSHMachineEnd, _ offer: ServerOffer, taken: [ServerOffer.Purpose: [String]]
    ) -> TransportFailure {
        if let missing = offer.missing(taken) { return noCommon(missing, offer, taken[missing] ?? []) }
        if let fault = offer.fault { return tooMuch(fault) }
        switch reason {
        case .farewell, .closedByPeer, .closedHere:
            return failure(
                .connectionLost,
                fr: """
                    \(address) a mis fin à l'échange de clés (\(reason.words)) : voir `journalctl -u ssh` sur la machine.
                    """,
                en: """
                    \(address) ended the key exchange (\(reason.words)): see `journalctl -u ssh` on the node.
                    """)
        case .library where offer.stage == .answered:
            return failure(
                .protocolError,
                fr: """
                    ce que \(address) a répondu dans l'échange de clés ne tient pas : la signature de sa clé d'hôte ou \
                    ses nombres sont faux ; une autre machine s'est glissée entre les deux, ou ce n'est pas un sshd \
                    ordinaire.
                    """,
                en: """
                    what \(address) answered in the key exchange does not hold: its host key's signature or its numbers \
                    are wrong; another machine is in between, or it is no ordinary sshd.
                    """)
        case .library:
            return failure(
                .protocolError,
                fr: """
                    l'échange de clés avec \(address) n'a pas abouti (\(reason.words)) : essayer `ssh -v` d'ici.
                    """,
                en: """
                    the key exchange with \(address) came to nothing (\(reason.words)): try `ssh -v` from here.
                    """)
        }
    }

    private func noCommon(
        _ purpose: ServerOffer.Purpose, _ offer: ServerOffer, _ taken: [String]
    ) -> TransportFailure {
        let names = offer.names[purpose.rawValue].prefix(5).joined(separator: ", ")
        let offered = LocalizedText.offered(names)
        let first = taken.first ?? "?"
        switch purpose {
        case .keyExchange:
            // Where the server chooses the size of the numbers, it decides how long the grader computes.
            let other = taken.dropFirst().first { !$0.contains("@") } ?? first
            return failure(
                .noCommonAlgorithms,
                fr: """
                    \(address) n'offre aucun échange de clés que le correcteur accepte (\(offered)) : ajouter \(first) \
                    ou \(other) à KexAlgorithms, dans sshd_config sur la machine.
                    """,
                en: """
                    \(address) offers no key exchange that the grader takes (\(offered)): add \(first) or \(other) to \
                    KexAlgorithms in sshd_config on the node.
                    """)
        case .hostKey:
            return failure(
                .noCommonAlgorithms,
                fr: """
                    \(address) n'a aucune clé d'hôte que le correcteur sait lire (\(offered)) : `ssh-keygen -A` sur la \
                    machine crée une clé Ed25519.
                    """,
                en: """
                    \(address) has no host key that the grader can read (\(offered)): `ssh-keygen -A` on the node makes \
                    an Ed25519 one.
                    """)
        case .encryption, .encryptionBack, .authentication, .authenticationBack:
            let option = [.encryption, .encryptionBack].contains(purpose) ? "Ciphers" : "MACs"
            return failure(
                .noCommonAlgorithms,
                fr: """
                    \(address) et le correcteur n'ont aucun chiffrement en commun (\(offered)) : ajouter \(first) à \
                    \(option), dans sshd_config sur la machine.
                    """,
                en: """
                    \(address) and the grader have no encryption in common (\(offered)): add \(first) to \(option) in \
                    sshd_config on the node.
                    """)
        }
    }

    /// - Parameter what: what the server was last asked.
    func logInTooSlow(_ limit: Duration, _ what: LocalizedText) -> TransportFailure {
        failure(
            .timedOut,
            fr: """
                \(address) n'a pas répondu à l'identification en \(limit.inSeconds) (en attente : \(what)) : la machine \
                est surchargée, ou son sshd attend quelque chose (DNS, PAM) ; s'y connecter à la main pour voir.
                """,
            en: """
                \(address) did not answer the log-in within \(limit.inSeconds) (waiting for: \(what)): the machine is \
                overloaded or its sshd waits for something (DNS, PAM); log in by hand to see.
                """)
    }

    func closedDuringLogIn(_ detail: LocalizedText, _ what: LocalizedText) -> TransportFailure {
        failure(
            .connectionLost,
            fr: """
                \(address) a fermé la connexion pendant l'identification (\(detail) ; en attente : \(what)) : voir \
                `journalctl -u ssh` sur la machine.
                """,
            en: """
                \(address) closed the connection during the log-in (\(detail); waiting for: \(what)): see `journalctl \
                -u ssh` on the node.
                """)
    }
}

extension LocalizedText {
    fileprivate static func offered(_ names: String) -> LocalizedText {
        names.isEmpty
            ? LocalizedText(fr: "il n'en offre aucun", en: "it offers none")
            : LocalizedText(fr: "il offre \(names)", en: "it offers \(names)")
    }
}
