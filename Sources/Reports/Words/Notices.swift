import GraderCore

/// What a reader has to know before anything else: a node that could not be examined, a pair that kept changing.
struct Notice: Sendable {
    enum Kind: String, Sendable { case problem, caution }
    var kind: Kind
    /// Our own words, with foreign ones in them: to be escaped like any foreign text.
    var title: String
    var sentence: String
    /// What the program or the machine said, verbatim; nil where there is no more to say.
    var detail: String?
}

extension Sentences {
    /// The notices at the head of a report, gravest first.
    func notices(_ result: GradedResult) -> [Notice] {
        latenessNotices(result) + unreachableNotices(result) + instabilityNotices(result.instability)
            + exhibitNotices(result)
    }

    /// In one line, why a student could not be assessed or only in part; nil where there was nothing in the way.
    func obstacle(_ result: GradedResult) -> String? {
        let sentences =
            unreachableNotices(result).map(\.sentence)
            + instabilityNotices(result.instability).map(\.sentence)
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    /// `name (172.16.0.10)`.
    private func machine(_ machine: MachineID, in result: GradedResult) -> String {
        guard let card = result.machines.first(where: { $0.machine == machine }), !card.address.isEmpty else {
            return machine.rawValue
        }
        return "\(machine.rawValue) (\(short(card.address)))"
    }

    private func exhibitNotices(_ result: GradedResult) -> [Notice] {
        result.exhibits.compactMap { exhibit in
            guard case .notice(let notices) = exhibit, let notice = notices.shown() else { return nil }
            return Notice(
                kind: .caution, title: notice.title[language],
                sentence: notice.sentences.map { $0[language] }.joined(separator: " "), detail: nil)
        }
    }

    private func unreachableNotices(_ result: GradedResult) -> [Notice] {
        let roles = result.unreachable.keys.sorted()
        return roles.compactMap { role in
            guard let failure = result.unreachable[role] else { return nil }
            let others = result.machines.count - roles.count
            let title =
                pick("\(role.rawValue) n'a pas pu être examiné", "\(role.rawValue) could not be examined")
                + (roles.count > 1 || others != 1
                    ? "" : pick(" ; l'autre nœud l'a été", "; the other node was"))
            return Notice(
                kind: .problem, title: title,
                sentence: sentence(for: failure.kind, node: machine(role, in: result)),
                detail: failure.message)
        }
    }

    private func sentence(for kind: TransportFailure.Kind, node: String) -> String {
        switch kind {
        case .timedOut:
            pick(
                "\(node) n'a pas répondu à temps : la machine est sans doute éteinte ou hors du réseau.",
                "\(node) did not answer in time: the machine is probably off, or not on the network.")
        case .graderOverloaded:
            pick(
                "\(node) n'a pas pu être évalué : le correcteur était surchargé et ne pouvait écouter à temps. Relancer.",
                "\(node) could not be assessed: the grader was overloaded and could not listen in time. Run it again."
            )
        case .connectionRefused:
            pick(
                "\(node) refuse la connexion : le serveur SSH n'y est pas démarré, ou écoute sur un autre port.",
                "\(node) refuses the connection: its SSH server is not running, or listens on another port.")
        case .unreachable:
            pick(
                "\(node) est injoignable : la machine est sans doute éteinte, ou cette adresse n'est pas sur le réseau.",
                "\(node) cannot be reached: the machine is probably off, or this address is not on the network."
            )
        case .notSSH:
            pick(
                "\(node) accepte la connexion, mais ce qui répond n'est pas un serveur SSH.",
                "\(node) accepts the connection, but what answers is not an SSH server.")
        case .refusedByPenalty:
            pick(
                "\(node) refuse pour l'instant toute connexion, après trop de tentatives : réessayer dans quelques minutes.",
                "\(node) refuses all connections for now, after too many attempts: try again in a few minutes."
            )
        case .hostKeyChanged:
            pick(
                "\(node) ne présente plus la clé d'hôte enregistrée. Si la machine a été réinstallée, l'enseignant doit "
                    + "enregistrer la nouvelle clé (bascule enroll --replace) ; sinon, ce n'est pas la bonne machine.",
                "\(node) no longer shows the host key on file. If the machine was reinstalled, the teacher has to record the "
                    + "new key (bascule enroll --replace); otherwise it is not the right machine.")
        case .authenticationFailed:
            pick(
                "\(node) a refusé l'identification : le compte, la clé ou le mot de passe convenus n'y sont pas acceptés.",
                "\(node) refused the log-in: the agreed account, key or password is not accepted there.")
        case .keyUnusable:
            pick(
                "La clé du correcteur n'a pas pu servir pour \(node) : c'est à l'enseignant d'y remédier.",
                "The grader's key could not be used for \(node): this is for the teacher to mend.")
        case .noCommonAlgorithms:
            pick(
                "\(node) et le correcteur n'ont aucun algorithme SSH en commun que celui-ci accepte.",
                "\(node) and the grader have no SSH algorithm in common that the grader takes.")
        case .commandsRefused:
            pick(
                "On a pu se connecter à \(node), mais aucune commande ne s'y exécute : mot de passe expiré, compte "
                    + "restreint ou sans shell.",
                "The log-in to \(node) worked, but no command runs there: an expired password, a restricted account, or "
                    + "no shell.")
        case .rootRefused:
            pick(
                "On a pu se connecter à \(node), mais pas y devenir root : vérifier sudo, ou le mot de passe de su.",
                "The log-in to \(node) worked, but becoming root did not: check sudo, or the password for su."
            )
        case .outOfSight:
            pick(
                "\(node) n'a pas été visité : le contrôle local ne regarde que la machine où il est lancé.",
                "\(node) was not visited: a local check looks only at the machine it runs on.")
        case .connectionLost:
            pick(
                "La connexion à \(node) s'est rompue pendant le relevé.",
                "The connection to \(node) broke while collecting.")
        case .cancelled:
            pick(
                "Le relevé de \(node) a été interrompu avant la fin.",
                "Collecting from \(node) was stopped before its end.")
        case .protocolError:
            pick(
                "La conversation SSH avec \(node) a échoué : l'un des deux n'a pas suivi le protocole.",
                "The SSH conversation with \(node) failed: one side did not keep to the protocol.")
        case .programFault:
            pick(
                "Bascule lui-même s'est trompé en relevant \(node) : ce n'est la faute de personne d'autre, à signaler.",
                "Bascule itself went wrong while collecting from \(node): nobody else's fault, please report it."
            )
        }
    }

    private func instabilityNotices(_ instability: Instability?) -> [Notice] {
        guard let instability else { return [] }
        let tries = pick(
            instability.attempts > 1
                ? "\(instability.attempts) relevés ont été tentés." : "Un relevé a été tenté.",
            instability.attempts == 1
                ? "Collecting was tried once." : "Collecting was tried \(instability.attempts) times.")
        let what =
            switch instability.kind {
            case .configurationChanging:
                pick(
                    "La configuration du cluster n'a cessé de changer pendant qu'on la lisait.",
                    "The cluster's configuration kept changing while it was being read.")
            case .nodeRestarted:
                pick(
                    "Un nœud a redémarré pendant le relevé.", "A node restarted while it was being examined."
                )
            case .actionsPending:
                pick(
                    "Le cluster était en pleine transition : des actions n'étaient pas terminées.",
                    "The cluster was in the middle of a transition: actions had not finished.")
            case .drillRunning:
                pick(
                    "Un exercice de bascule était en cours sur cette paire.",
                    "A failover drill was running on this pair.")
            case .lockSenseless:
                pick(
                    "Ce qu'un nœud répond du verrou des exercices de bascule n'a pas de sens.",
                    "What a node answers about the failover drills' lock makes no sense.")
            }
        let title =
            instability.kind == .lockSenseless
            ? pick("Un nœud a répondu autre chose", "A node answered something else")
            : pick("La paire n'était pas stable", "The pair was not stable")
        return [
            Notice(
                kind: .problem, title: title,
                sentence: "\(what) \(tries)", detail: instability.detail.isEmpty ? nil : instability.detail)
        ]
    }
}
