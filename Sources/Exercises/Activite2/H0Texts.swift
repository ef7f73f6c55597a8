import GraderCore
import LinuxFacts
import Pacemaker

// What was expected and what was found of H0, in words.
extension H0 {
    private static let expectations: [CheckID: LocalizedText] = [
        nodesOnline.id: LocalizedText(fr: "deux nœuds en ligne", en: "two nodes online"),
        quorum.id: LocalizedText(fr: "le quorum", en: "quorum"),
        fencing.id: LocalizedText(
            fr: "stonith-enabled=false, ou un dispositif de fencing",
            en: "stonith-enabled=false, or a fencing device"),
        managed.id: LocalizedText(
            fr: "ni maintenance, ni ressource non gérée", en: "no maintenance, no unmanaged resource"),
        noFailures.id: LocalizedText(fr: "aucune action en échec", en: "no failed action"),
        valid.id: LocalizedText(fr: "crm_verify ne trouve rien à redire", en: "crm_verify finds no fault"),
        noGhost.id: LocalizedText(
            fr: "les deux nœuds du binôme et aucun autre", en: "the pair's two nodes and no other"),
        noClone.id: LocalizedText(fr: "des ressources simples", en: "plain resources"),
        boot.id: LocalizedText(
            fr: "corosync et pacemaker activés sur les deux nœuds",
            en: "corosync and pacemaker enabled on both nodes"),
        interface.id: LocalizedText(
            fr: "l'adresse de chaque nœud sur une interface active",
            en: "each node's address on an interface that is up"),
        agents.id: LocalizedText(
            fr: "chaque script de ressource sur les deux nœuds", en: "each resource's agent on both nodes"),
        webConfiguration.id: LocalizedText(
            fr: "« Syntax OK » sur les deux nœuds", en: "“Syntax OK” on both nodes"),
        site.id: LocalizedText(
            fr: "les mêmes pages sur les deux nœuds", en: "the same pages on both nodes"),
    ]
    static func expected(_ check: CheckDefinition) -> LocalizedText { expectations[check.id] ?? .none }

    static let withQuorum = LocalizedText(fr: "quorum atteint", en: "with quorum")
    static let withoutQuorum = LocalizedText(
        fr: "les nœuds qui répondent n'ont pas le quorum", en: "the nodes that answer have no quorum")
    static let fencingOn = LocalizedText(
        fr:
            "stonith-enabled vaut true (c'est la valeur par défaut) et il n'y a aucun dispositif : rien ne démarre",
        en: "stonith-enabled is true (the default) and there is no device: nothing is started")
    static let maintenanceMode = LocalizedText(
        fr: "maintenance-mode=true : le cluster ne touche plus à rien",
        en: "maintenance-mode=true: the cluster touches nothing any more")
    static let everythingManaged = LocalizedText(fr: "tout est géré", en: "everything is managed")
    static let noFailure = LocalizedText(fr: "aucune", en: "none")
    static let isValid = LocalizedText(fr: "rien à redire", en: "no fault found")
    static let notVerified = LocalizedText(
        fr: "crm_verify n'a pu être exécutée", en: "crm_verify could not be run")
    static let notCloned = LocalizedText(fr: "aucun clone", en: "no clone")
    static let notSeen = LocalizedText(fr: "n'a pu être vu", en: "could not be seen")
    static let noResources = LocalizedText(fr: "aucune ressource encore", en: "no resource yet")
    static let interfaceDown = LocalizedText(fr: ", interface arrêtée", en: ", interface down")

    static func online(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(fr: "en ligne : \(nodes.fr)", en: "online: \(nodes.en)")
    }
    static func offline(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(fr: "hors ligne : \(nodes.fr)", en: "offline: \(nodes.en)")
    }
    static let eachSeesItselfAlone = LocalizedText(
        fr: "chacun des deux nœuds est en ligne, mais croit l'autre hors ligne",
        en: "each of the two nodes is online, but believes the other to be offline")
    static func failed(_ action: String, _ resource: String, _ node: String, _ reason: String)
        -> LocalizedText
    {
        LocalizedText(
            fr: "l'action « \(action) » de \(resource) a échoué sur \(node)"
                + (reason.isEmpty ? "" : " : \(reason)"),
            en: "the action “\(action)” of \(resource) failed on \(node)"
                + (reason.isEmpty ? "" : ": \(reason)"))
    }
    static func fencingDevice(_ id: String) -> LocalizedText {
        LocalizedText(fr: "dispositif \(id)", en: "device \(id)")
    }
    static func nodeInMaintenance(_ name: String) -> LocalizedText {
        LocalizedText(
            fr: "\(name) est en maintenance : le cluster n'y touche plus à rien",
            en: "\(name) is in maintenance")
    }
    static func unmanaged(_ resource: String) -> LocalizedText {
        LocalizedText(
            fr: "\(resource) n'est pas gérée par le cluster (unmanaged)",
            en: "\(resource) is not managed by the cluster (unmanaged)")
    }
    static func ghosts(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(
            fr: "en trop dans la configuration : \(nodes.fr)",
            en: "too many in the configuration: \(nodes.en)")
    }
    static func cloned(_ resource: String, _ clone: String) -> LocalizedText {
        LocalizedText(
            fr: "\(resource) est dans le clone \(clone)", en: "\(resource) is in the clone \(clone)")
    }
    static func addressNowhere(_ address: String) -> LocalizedText {
        LocalizedText(fr: "\(address) n'est sur aucune interface", en: "\(address) is on no interface")
    }
    static func missing(_ agents: [String]) -> LocalizedText {
        let list = agents.joined(separator: ", ")
        return LocalizedText(fr: "il manque \(list)", en: "missing: \(list)")
    }
    static func noSite(_ folders: [String]) -> LocalizedText {
        let list = folders.joined(separator: ", ")
        return LocalizedText(fr: "pas de page dans \(list)", en: "no page in \(list)")
    }
    static func otherSite(_ text: String) -> LocalizedText {
        LocalizedText(fr: ", mais sans « \(text) »", en: ", but without “\(text)”")
    }
    static func on(_ node: String, _ found: LocalizedText) -> LocalizedText {
        LocalizedText(fr: "\(node) : \(found.fr)", en: "\(node): \(found.en)")
    }
    static func list(_ texts: [LocalizedText]) -> LocalizedText {
        LocalizedText(
            fr: texts.map(\.fr).joined(separator: " ; "), en: texts.map(\.en).joined(separator: "; "))
    }
}
