import GraderCore

/// Why a drill is not begun, for teacher and student.
extension DrillRefusal {
    static let noVirtualIP = DrillRefusal(
        .notReady,
        LocalizedText(
            fr: "Pas d'adresse virtuelle dans le cluster : rien à faire basculer.",
            en: "No virtual address in the cluster: nothing to fail over."))
    static let unreadable = DrillRefusal(
        .notPossible,
        LocalizedText(
            fr: "L'état du cluster n'a pas pu être lu sur les deux nœuds.",
            en: "The cluster's state could not be read on both nodes."))
    static let noWebResource = DrillRefusal(
        .notReady,
        LocalizedText(
            fr: "Le cluster ne gère pas de serveur web.", en: "The cluster runs no web server."))
    static let noPowerHooks = DrillRefusal(
        .notPossible,
        LocalizedText(
            fr: "La liste de classe ne dit pas comment couper et rétablir le courant (hooks).",
            en: "The roster does not say how to cut the power and give it back (hooks)."))

    static func unreachable(_ role: MachineID, _ failure: TransportFailure) -> DrillRefusal {
        DrillRefusal(
            .notPossible,
            LocalizedText(
                fr: "\(role.rawValue) : \(failure.kind.words.what). Il faut les deux nœuds.",
                en: "\(role.rawValue): \(failure.kind.words.what). Both nodes are needed."))
    }
    static func crmOpen(_ node: String) -> DrillRefusal {
        DrillRefusal(
            .inUse,
            LocalizedText(
                fr: "Une session crm est ouverte sur \(node) : quelqu'un travaille.",
                en: "A crm session is open on \(node): somebody is at work."))
    }
    static func unseen(_ node: String) -> DrillRefusal {
        DrillRefusal(
            .notPossible,
            LocalizedText(
                fr: "Qui travaille sur \(node), et ce qui y démarre, n'a pas pu être lu.",
                en: "Who is at work on \(node), and what starts there, could not be read."))
    }
    static func notOnline(_ name: String) -> DrillRefusal {
        notReady(
            fr: "\(name) n'est pas en ligne dans le cluster.", en: "\(name) is not online in the cluster.")
    }
    static func onStandby(_ name: String) -> DrillRefusal {
        notReady(fr: "\(name) est en standby.", en: "\(name) is on standby.")
    }
    static func inMaintenance(_ name: String) -> DrillRefusal {
        notReady(fr: "\(name) est en maintenance.", en: "\(name) is in maintenance mode.")
    }
    static func unmanaged(_ id: String) -> DrillRefusal {
        notReady(
            fr: "Le cluster ne gère pas \(id) (maintenance).",
            en: "The cluster does not manage \(id) (maintenance).")
    }
    static func nowhere(_ address: IPAddress) -> DrillRefusal {
        notReady(fr: "\(address) n'est sur aucun nœud.", en: "\(address) is on neither node.")
    }
    static func onBoth(_ address: IPAddress) -> DrillRefusal {
        notReady(
            fr: "\(address) est sur les deux nœuds à la fois : une bascule ne se verrait pas.",
            en: "\(address) is on both nodes at once: a failover would not show.")
    }
    static func notWhereTheClusterSays(_ address: IPAddress) -> DrillRefusal {
        notReady(
            fr: "\(address) n'est pas sur le nœud où le cluster la croit.",
            en: "\(address) is not on the node on which the cluster believes it to be.")
    }
    static func webElsewhere(_ id: String, _ name: String) -> DrillRefusal {
        notReady(
            fr: "\(id) ne tourne pas sur \(name), avec l'adresse virtuelle.",
            en: "\(id) does not run on \(name), with the virtual address.")
    }
    static func failed(_ id: String, _ name: String) -> DrillRefusal {
        notReady(
            fr: "\(id) a des échecs enregistrés sur \(name), que l'exercice effacerait.",
            en: "\(id) has failures on record on \(name), which the drill would erase.")
    }
    static func acting(_ id: String) -> DrillRefusal {
        DrillRefusal(
            .inUse,
            LocalizedText(
                fr: "Le cluster est en train d'agir (\(id)).", en: "The cluster is acting (\(id))."))
    }
    static func attribute(_ attribute: String, _ name: String) -> DrillRefusal {
        notReady(
            fr: "\(name) a l'attribut temporaire \(attribute), que l'exercice effacerait.",
            en: "\(name) has the transient attribute \(attribute), which the drill would erase.")
    }
    /// - Parameter way: each redirect, and what stopped the following.
    static func sentElsewhere(_ way: [LocalizedText]) -> DrillRefusal {
        let way = way.joined(LocalizedText(verbatim: ", "))
        return DrillRefusal(
            .notReady,
            LocalizedText(
                fr:
                    "Le site renvoie son visiteur ailleurs (\(way)) : la bascule de l'adresse ne s'y verrait pas.",
                en:
                    "The site sends its visitor elsewhere (\(way)): the address's failover would not show there."
            ))
    }
    static func notAtBoot(_ unit: String, _ name: String) -> DrillRefusal {
        notReady(
            fr: "\(unit) ne démarre pas avec \(name) : après un arrêt, le cluster ne reviendrait pas seul.",
            en:
                "\(unit) does not start with \(name): after a shutdown the cluster would not come back by itself."
        )
    }
    static func leased(_ name: String) -> DrillRefusal {
        notReady(
            fr: "L'adresse de \(name) vient d'un serveur DHCP : elle pourrait changer au redémarrage.",
            en: "\(name)'s address is leased (DHCP): it might change with a restart.")
    }

    private static func notReady(fr: LocalizedText.Wording, en: LocalizedText.Wording)
        -> DrillRefusal
    {
        DrillRefusal(.notReady, LocalizedText(fr: fr, en: en))
    }
}
