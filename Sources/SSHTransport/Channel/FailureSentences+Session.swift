import GraderCore

/// Once the host key was accepted: who is let in, what runs, what breaks.
extension FailureSentences {
    /// - Parameter agentIsMute: keys of the agent's would have been tried, and it gave none.
    func authenticationFailed(
        offered: [String], tried: [LocalizedText], agentIsMute: Bool
    ) -> TransportFailure {
        let offers =
            offered.isEmpty
            ? LocalizedText(fr: "aucune façon de s'identifier", en: "no way to log in")
            : LocalizedText(verbatim: offered.joined(separator: ", "))
        let all = tried.joined(LocalizedText(verbatim: ", "))
        let what =
            switch (tried.isEmpty, agentIsMute) {
            case (false, _): LocalizedText(fr: "essayé et refusé : \(all)", en: "tried and refused: \(all)")
            case (true, false):
                LocalizedText(fr: "rien n'y répond dans la liste de classe", en: "nothing in the roster fits")
            case (true, true):
                LocalizedText(
                    fr: """
                        l'agent SSH d'ici n'a donné aucune clé utilisable (une clé matérielle ou un certificat ne \
                        l'est pas) : voir `ssh-add -l` ; sous sudo, il est hors d'atteinte
                        """,
                    en: """
                        the SSH agent here gave no key of use (a hardware key or a certificate is of none): see \
                        `ssh-add -l`; under sudo it is out of reach
                        """)
            }
        return failure(
            .authenticationFailed,
            fr: """
                \(address) n'accepte pas \(user) (le serveur propose : \(offers) ; \(what)) : vérifier le \
                compte, la clé et le mot de passe de la liste de classe ; aucun nouvel essai n'a été fait.
                """,
            en: """
                \(address) does not let \(user) in (the server offers \(offers); \(what)): check user, key \
                and password in the roster; it was not tried again.
                """)
    }

    func connectionLost(_ detail: LocalizedText, during command: String?) -> TransportFailure {
        let when =
            command.map { LocalizedText(fr: " pendant `\($0)`", en: " while `\($0)` ran") }
            ?? LocalizedText(verbatim: "")
        return failure(
            .connectionLost,
            fr: """
                la connexion à \(address) s'est rompue\(when) (\(detail)) : voir si la machine s'est \
                arrêtée, puis évaluer cet étudiant à nouveau.
                """,
            en: """
                the connection to \(address) broke\(when) (\(detail)): see whether the machine went down, \
                then grade this one again.
                """)
    }

    func commandRefused(_ command: String, _ detail: LocalizedText) -> TransportFailure {
        failure(
            .commandsRefused,
            fr: """
                \(address) n'a pas lancé `\(command)` (\(detail)) : vérifier MaxSessions et ForceCommand de \
                son sshd.
                """,
            en: """
                \(address) would not start `\(command)` (\(detail)): check MaxSessions and ForceCommand of \
                its sshd.
                """)
    }

    /// - Parameters:
    ///   - said: what came in place of the command's outputs.
    ///   - limit: nil where it ended by itself.
    func commandNotBegun(_ command: String, said: [UInt8], within limit: Duration?) -> TransportFailure {
        let lines = said.prefix(4096).split { $0 == 0x0A || $0 == 0x0D }.map(BannerGate.printable)
        let answer = LocalizedText.said(lines.joined(separator: " ").prefix(200))
        let when =
            limit.map { LocalizedText(fr: " en \($0.inSeconds)", en: " within \($0.inSeconds)") }
            ?? LocalizedText(verbatim: "")
        return failure(
            .commandsRefused,
            fr: """
                \(address) accepte \(user), mais `\(command)` n'a jamais commencé\(when) (\(answer)) : s'y \
                connecter à la main pour voir ; un mot de passe expiré, ForceCommand ou un shell comme \
                nologin font cela.
                """,
            en: """
                \(address) lets \(user) in, but `\(command)` never began\(when) (\(answer)): log in by hand \
                to see; an expired password, ForceCommand or a shell like nologin does this.
                """)
    }

    /// The server keeps the connection and leaves a command's channel unanswered.
    func unanswered(
        _ what: CommandOperation.Unanswered, _ command: String, _ limit: Duration
    ) -> TransportFailure {
        let left =
            switch what {
            case .channel: LocalizedText(fr: "pas ouvert de canal", en: "opened no channel")
            case .request:
                LocalizedText(
                    fr: "pas répondu à la demande de l'exécuter", en: "did not answer the request to run it")
            case .input:
                LocalizedText(
                    fr: "rien accepté de ce qui lui est envoyé", en: "took nothing of what is sent to it")
            }
        return failure(
            .commandsRefused,
            fr: """
                \(address) accepte \(user), mais pour `\(command)` n'a \(left) en \(limit.inSeconds) : son sshd est \
                bloqué ou la machine surchargée ; s'y connecter à la main pour voir.
                """,
            en: """
                \(address) lets \(user) in, but for `\(command)` \(left) within \(limit.inSeconds): its sshd hangs or \
                the machine is overloaded; log in by hand to see.
                """)
    }

    /// - Parameter what: what was waited for.
    func overloaded(_ what: LocalizedText, _ limit: Duration) -> TransportFailure {
        failure(
            .graderOverloaded,
            fr: """
                rien n'est venu de \(address) en \(limit.inSeconds) (attendu : \(what)), mais le correcteur \
                était trop chargé pour écouter : on ne sait rien ; évaluer cet étudiant à nouveau, avec \
                moins d'étudiants à la fois (--jobs).
                """,
            en: """
                \(what) on \(address) did not come within \(limit.inSeconds), but the grader was too busy to \
                listen: nothing is known; grade this one again, with fewer at once (--jobs).
                """)
    }

    func rootRefused(_ become: Become, _ reason: LocalizedText) -> TransportFailure {
        failure(
            .rootRefused,
            fr: """
                connecté comme \(user) à \(address), mais pas devenu root par \(become.tool) : \(reason) ; \
                un seul essai a été fait.
                """,
            en: "logged in as \(user) on \(address), but not root by \(become.tool): \(reason); tried once.")
    }

    func rootShellEnded() -> TransportFailure {
        failure(
            .connectionLost,
            fr: """
                le shell de root sur \(address) s'est terminé avant la fin du relevé : voir si quelqu'un l'a \
                arrêté, puis évaluer cet étudiant à nouveau.
                """,
            en: """
                the root shell on \(address) ended before the grader was done: see whether somebody killed \
                it, then grade this one again.
                """)
    }

    func commandUnspeakable() -> TransportFailure {
        failure(
            .protocolError,
            fr: """
                une commande sans mots, avec un octet nul ou avec une entrée trop longue n'a pas été envoyée \
                : c'est une erreur de Bascule.
                """,
            en: """
                a command without words, with a NUL byte, or with too long an input was not sent: this is a \
                bug.
                """)
    }

    func sessionClosed() -> TransportFailure {
        failure(
            .connectionLost,
            fr: "la session sur \(address) était déjà fermée.",
            en: "the log-in to \(address) was already closed.")
    }

    var cancelled: TransportFailure {
        failure(
            .cancelled,
            fr: "abandonné par le correcteur avant la fin du relevé de \(address).",
            en: "given up by the grader before \(address) was done.")
    }
}
