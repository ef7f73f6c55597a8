import GraderCore

/// What students and teachers read about a drill.
enum DrillWords {
    static let nothingSeen = LocalizedText(
        fr: "Rien n'a pu être observé pendant la bascule.",
        en: "Nothing could be observed during the failover.")

    static let disturbed = LocalizedText(
        fr: """
            Mais quelqu'un est intervenu pendant la bascule (configuration, standby, ou un nœud redémarré) : \
            à refaire.
            """,
        en: """
            But somebody stepped in during the failover (configuration, standby, or a node restarted): \
            run it again.
            """)

    static func outOfReach(_ node: String, _ why: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: """
                Mais \(node) n'a pas été joignable pendant toute la bascule (\(why)) : l'interruption n'est peut-être pas \
                celle du cluster, à refaire.
                """,
            en: """
                But \(node) could not be reached throughout the failover (\(why)): the outage may not be the cluster's, \
                run it again.
                """)
    }

    static func notRequested(_ kind: DrillKind) -> LocalizedText {
        LocalizedText(
            fr: "L'exercice de bascule « \(kind.rawValue) » n'a pas été demandé.",
            en: "The failover drill “\(kind.rawValue)” was not asked for.")
    }
    static func moved(_ id: String, _ node: String) -> LocalizedText {
        LocalizedText(fr: "\(id) a basculé sur \(node).", en: "\(id) moved to \(node).")
    }
    static func stayed(_ id: String, _ nodes: [String], _ bound: Duration) -> LocalizedText {
        let seconds = bound.wholeSeconds
        guard !nodes.isEmpty else {
            return LocalizedText(
                fr: "\(id) ne tourne nulle part \(seconds) s après l'incident.",
                en: "\(id) runs nowhere \(seconds) s after the incident.")
        }
        let list = nodes.joined(separator: ", ")
        return LocalizedText(
            fr: "\(id) est sur \(list) au lieu d'avoir basculé.",
            en: "\(id) is on \(list) instead of having moved.")
    }
    static func bothAnswer(_ address: String) -> LocalizedText {
        LocalizedText(
            fr:
                "\(address) est restée sur le nœud touché : si le site répond, c'est que les deux nœuds la portent.",
            en:
                "\(address) stayed on the node that was perturbed: if the site answers, both nodes have the address."
        )
    }
    static func nobodyHas(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: "Le cluster dit avoir basculé, mais \(address) n'est sur aucune interface de l'autre nœud.",
            en: "The cluster says that it failed over, but \(address) is on no interface of the other node.")
    }
    static func somebodyElse(_ address: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr: "Après la bascule, c'est une autre machine (\(mac)) qui répond pour \(address).",
            en: "After the failover another machine (\(mac)) answers for \(address).")
    }
    static func noGap(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: "Aucune interruption n'a été vue : quelque chose d'autre répond peut-être pour \(address).",
            en: "No interruption was seen: something else may be answering for \(address).")
    }
    static func otherPage(_ node: String, _ text: String) -> LocalizedText {
        let text = String(text.prefix(80))
        return LocalizedText(
            fr: "\(node) répond, mais sa page n'est pas celle du site : « \(text) » n'y est pas.",
            en: "\(node) answers, but its page is not the site's: “\(text)” is not on it.")
    }
    static func allTogether(_ node: String) -> LocalizedText {
        LocalizedText(fr: "Tout le groupe est sur \(node).", en: "The whole group is on \(node).")
    }
    static func leftPlace(_ id: String, _ nodes: [String]) -> LocalizedText {
        guard !nodes.isEmpty else {
            return LocalizedText(
                fr: "\(id) n'a pas été relancé par le cluster.", en: "The cluster did not start \(id) again.")
        }
        let list = nodes.joined(separator: ", ")
        return LocalizedText(
            fr: "\(id) a changé de nœud (\(list)) au lieu d'être relancé sur place.",
            en: "\(id) changed nodes (\(list)) instead of being started again in place.")
    }
    static func backInPlace(_ id: String, _ node: String) -> LocalizedText {
        LocalizedText(
            fr: "Arrêté, \(id) a été relancé sur \(node).", en: "Stopped, \(id) was started again on \(node)."
        )
    }
    static func movedAtThreshold(_ id: String, _ node: String, _ threshold: Int) -> LocalizedText {
        let reached = "(migration-threshold=\(threshold))"
        return LocalizedText(
            fr: "Arrêté, \(id) a basculé sur \(node) : son seuil d'échecs \(reached) était atteint.",
            en: "Stopped, \(id) moved to \(node): its threshold of failures \(reached) was reached.")
    }
    static func notServedAgain(_ scope: DrillJudgement.Scope, _ bound: Duration) -> LocalizedText {
        let seconds = bound.wholeSeconds
        let isAddress = scope == .address
        return LocalizedText(
            fr: "\(isAddress ? "L'adresse" : "Le site") n'a pas répondu de nouveau en \(seconds) s.",
            en: "The \(isAddress ? "address" : "site") did not answer again within \(seconds) s.")
    }
    static func tooLong(_ total: Duration, _ limit: Duration) -> LocalizedText {
        LocalizedText(
            fr:
                "Interruption de \(total / .seconds(1), digits: 2) s, plus que les \(limit / .seconds(1), digits: 2) s admises.",
            en:
                "Not served for \(total / .seconds(1), digits: 2) s, more than the \(limit / .seconds(1), digits: 2) s allowed."
        )
    }
    static func outage(
        _ scope: DrillJudgement.Scope, _ total: Duration, _ uncertainty: Duration, times: Int
    ) -> LocalizedText {
        let who =
            scope == .address
            ? LocalizedText(fr: "L'adresse n'a pas répondu pendant", en: "The address did not answer for")
            : LocalizedText(fr: "Interruption vue par un client :", en: "A client was not served for")
        return LocalizedText(
            fr:
                "\(who) \(total / .seconds(1), digits: 2) s (± \(uncertainty / .seconds(1), digits: 2))\(times > 1 ? ", en \(times) fois" : "").",
            en:
                "\(who) \(total / .seconds(1), digits: 2) s (± \(uncertainty / .seconds(1), digits: 2))\(times > 1 ? ", in \(times) parts" : "")."
        )
    }
}

extension LocalizedText {
    /// Sentences one after the other; empty ones are left out.
    static func joined(_ texts: [LocalizedText]) -> LocalizedText {
        texts.filter { !$0.en.isEmpty }.joined(LocalizedText(verbatim: " "))
    }
}
