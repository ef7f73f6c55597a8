/// Why nothing at all can be judged of a student's lab.
public struct NothingToJudge: Sendable, Hashable {
    public var reason: NotAssessedReason
    public var sentence: LocalizedText
}

extension Evidence {
    /// Set where the evidence as a whole is worth nothing: no machine reached, or the lab did not hold still.
    public var nothingToJudge: NothingToJudge? {
        if let instability {
            return NothingToJudge(reason: .unstable, sentence: instability.sentence)
        }
        guard reached.isEmpty else { return nil }
        let failures = machines.compactMap { unreachable[$0] }
        let refused = failures.contains {
            [
                .authenticationFailed, .rootRefused, .hostKeyChanged, .keyUnusable, .refusedByPenalty,
                .noCommonAlgorithms, .commandsRefused,
            ].contains($0.kind)
        }
        let isOurs = failures.contains { $0.kind == .graderOverloaded }
        let said = machines.compactMap { role in
            unreachable[role].map { "\(role.rawValue) : \($0.kind.sentence.fr)" }
        }.joined(separator: " ; ")
        let saidEnglish = machines.compactMap { role in
            unreachable[role].map { "\(role.rawValue): \($0.kind.sentence.en)" }
        }.joined(separator: "; ")
        return NothingToJudge(
            reason: refused ? .refused : isOurs ? .overloaded : .unreachable,
            sentence: LocalizedText(fr: said + ".", en: saidEnglish + "."))
    }
}

extension Instability {
    /// What a report says of it.
    public var sentence: LocalizedText {
        let what: LocalizedText =
            switch kind {
            case .configurationChanging:
                LocalizedText(
                    fr: "la configuration du cluster changeait pendant la lecture",
                    en: "the cluster's configuration was changing while it was read")
            case .nodeRestarted:
                LocalizedText(
                    fr: "un nœud a redémarré pendant la lecture", en: "a node restarted while it was read")
            case .actionsPending:
                LocalizedText(
                    fr: "le cluster était encore en train d'agir", en: "the cluster was still acting")
            case .drillRunning:
                LocalizedText(
                    fr: "un exercice de bascule est en cours sur ce binôme",
                    en: "a failover drill is running on this pair")
            case .lockSenseless:
                LocalizedText(
                    fr: "la réponse sur le verrou des exercices de bascule n'a pas de sens",
                    en: "the answer about the failover drills' lock makes no sense")
            }
        let next =
            kind == .lockSenseless
            ? LocalizedText(
                fr: "Relancer ; si cela se répète, regarder /var/lib/bascule/lock/owner sur ce nœud.",
                en: "Run again; if it is the same, look at /var/lib/bascule/lock/owner on that node.")
            : LocalizedText(
                fr: "Relancer quand le cluster est au repos.",
                en: "Run again when the cluster is at rest.")
        return LocalizedText(
            fr: "Non évalué : \(what.fr) (\(detail) ; \(attempts) essais). \(next.fr)",
            en: "Not assessed: \(what.en) (\(detail); \(attempts) attempts). \(next.en)")
    }
}

extension TransportFailure.Kind {
    /// What a report says of it, in a few words; the full sentence is the failure's own message.
    public var sentence: LocalizedText {
        switch self {
        case .timedOut: LocalizedText(fr: "ne répond pas", en: "does not answer")
        case .graderOverloaded:
            LocalizedText(
                fr: "non évalué, correcteur surchargé", en: "not assessed, the grader was overloaded")
        case .connectionRefused: LocalizedText(fr: "port SSH fermé", en: "SSH port closed")
        case .unreachable: LocalizedText(fr: "injoignable", en: "unreachable")
        case .notSSH:
            LocalizedText(
                fr: "accepte la connexion mais ne parle pas SSH",
                en: "accepts the connection, but no SSH there")
        case .refusedByPenalty:
            LocalizedText(
                fr: "refuse les connexions pour le moment", en: "refuses connections for the time being")
        case .hostKeyChanged:
            LocalizedText(
                fr: "sa clé d'hôte n'est plus celle enregistrée", en: "its host key is not the one on file")
        case .authenticationFailed: LocalizedText(fr: "identification refusée", en: "log-in refused")
        case .keyUnusable:
            LocalizedText(fr: "la clé du correcteur est inutilisable", en: "the grader's key cannot be used")
        case .noCommonAlgorithms:
            LocalizedText(fr: "aucun algorithme SSH en commun", en: "no SSH algorithm in common")
        case .commandsRefused:
            LocalizedText(fr: "n'exécute aucune commande", en: "runs no command")
        case .rootRefused: LocalizedText(fr: "droits root refusés", en: "root refused")
        case .connectionLost: LocalizedText(fr: "connexion perdue", en: "connection lost")
        case .outOfSight:
            LocalizedText(fr: "non visité (contrôle local)", en: "not visited (local check)")
        case .cancelled: LocalizedText(fr: "abandonné à l'échéance", en: "given up at the deadline")
        case .protocolError: LocalizedText(fr: "erreur de protocole SSH", en: "SSH protocol error")
        case .programFault: LocalizedText(fr: "erreur de Bascule", en: "a bug in Bascule")
        }
    }
}
