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
            unreachable[role].map {
                LocalizedText(
                    fr: "\(role.rawValue) : \($0.kind.words.what)",
                    en: "\(role.rawValue): \($0.kind.words.what)")
            }
        }
        return NothingToJudge(
            reason: refused ? .refused : isOurs ? .overloaded : .unreachable,
            sentence: said.joined() + LocalizedText(verbatim: "."))
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
            case .forming:
                LocalizedText(
                    fr: "le cluster n'avait pas fini de se former", en: "the cluster had not finished forming"
                )
            case .drillRunning:
                LocalizedText(
                    fr: "un exercice de bascule est en cours sur cette paire",
                    en: "a failover drill is running on this pair")
            case .partsApart:
                LocalizedText(
                    fr: "les machines n'ont pas été relevées dans un même état",
                    en: "the machines were not looked at in one state")
            case .lockSenseless:
                LocalizedText(
                    fr: "la réponse sur le verrou des exercices de bascule n'a pas de sens",
                    en: "the answer about the failover drills' lock makes no sense")
            }
        let next =
            switch kind {
            case .lockSenseless:
                LocalizedText(
                    fr: "Relancer ; si cela se répète, regarder /var/lib/bascule/lock/owner sur ce nœud.",
                    en: "Run again; if it is the same, look at /var/lib/bascule/lock/owner on that node.")
            case .partsApart:
                LocalizedText(
                    fr:
                        "Refaire le relevé sur chacune, l'une juste après l'autre, sans rien changer entre les deux.",
                    en: "Look at each again, one right after the other, and change nothing in between.")
            default:
                LocalizedText(
                    fr: "Relancer quand le cluster est au repos.",
                    en: "Run again when the cluster is at rest.")
            }
        if kind == .partsApart {
            return LocalizedText(
                fr: "Non évalué : \(what) (\(detail)). \(next)",
                en: "Not assessed: \(what) (\(detail)). \(next)")
        }
        return LocalizedText(
            fr: "Non évalué : \(what) (\(detail) ; \(attempts) essais). \(next)",
            en: "Not assessed: \(what) (\(detail); \(attempts) attempts). \(next)")
    }
}
