import GraderCore
import LinuxFacts
import Pacemaker

// What was expected and what was found of Q1, in words.
extension Q1 {
    static let expectedPrimitive = LocalizedText(
        fr: "une primitive ocf:heartbeat:IPaddr2, de nom libre",
        en: "a primitive ocf:heartbeat:IPaddr2, under any name")
    static let noPrimitive = LocalizedText(
        fr: "aucune primitive ocf:heartbeat:IPaddr2 dans la configuration",
        en: "no primitive ocf:heartbeat:IPaddr2 in the configuration")
    static let expectedInterface = LocalizedText(
        fr: "l'interface du réseau du TP, présente sur les deux nœuds (ou aucune : l'agent la trouve)",
        en: "the lab network's interface, present on both nodes (or none: the agent finds it)")
    static let interfaceByRoute = LocalizedText(
        fr: "pas de nic : l'agent prend l'interface de la route",
        en: "no nic: the agent takes the route's interface")
    static let expectedRunning = LocalizedText(
        fr: "l'adresse sur un seul nœud, celui où le cluster dit l'avoir démarrée",
        en: "the address on one node, the one where the cluster says it started it")
    static let expectedNotStatic = LocalizedText(
        fr: "l'adresse virtuelle donnée au démarrage par aucun fichier de configuration du réseau",
        en: "the virtual address given at boot by none of the network's configuration files")
    static let nowhereStatic = LocalizedText(fr: "par aucun fichier", en: "by no file")
    static let expectedLabel = LocalizedText(
        fr: "un paramètre iflabel (facultatif)", en: "iflabel (optional)")
    static let noLabel = LocalizedText(fr: "pas de label", en: "no label")
    static let noMonitor = LocalizedText(
        fr: "aucun test périodique (op monitor absent, ou intervalle nul)",
        en: "no recurring monitor (no op monitor, or an interval of zero)")
    static let noAddress = LocalizedText(
        fr: "la primitive n'a pas d'adresse lisible", en: "the primitive has no readable address")

    static func expectedNetmask(_ prefixLength: Int?) -> LocalizedText {
        guard let prefixLength else {
            return LocalizedText(fr: "le masque du réseau du TP", en: "the lab network's netmask")
        }
        return LocalizedText(
            fr: "le masque du réseau du TP : /\(prefixLength)",
            en: "the lab network's netmask: /\(prefixLength)")
    }
    static func netmaskFromRoute(_ live: Int?) -> LocalizedText {
        let effect = live.map { " (/\($0))" } ?? ""
        return LocalizedText(
            fr: "pas de cidr_netmask : l'agent prend celui de la route\(effect)",
            en: "no cidr_netmask: the agent takes the route's\(effect)")
    }
    static func noSuchInterface(
        _ given: String, _ node: String, _ interfaces: InterfaceAddresses
    ) -> LocalizedText {
        let names = interfaces.interfaces.filter { !$0.isLoopback }.map(\.name).prefix(8).joined(
            separator: ", ")
        return LocalizedText(
            fr: "nic=\(given), mais \(node) n'a pas cette interface (il a : \(names))",
            en: "nic=\(given), but \(node) has no such interface (it has: \(names))")
    }
    static func otherInterface(_ given: String, _ node: String, lab: String, on name: String) -> LocalizedText
    {
        LocalizedText(
            fr: "nic=\(given), mais sur \(node) l'adresse \(lab) est sur \(name)",
            en: "nic=\(given), but on \(node) the address \(lab) is on \(name)")
    }
    static func interfacesUnseen(_ node: String) -> LocalizedText {
        LocalizedText(
            fr: " ; les interfaces de \(node) n'ont pu être lues",
            en: "; \(node)'s interfaces could not be read")
    }
    static func filesUnseen(_ node: String) -> LocalizedText {
        LocalizedText(
            fr: "les fichiers de \(node) n'ont pu être lus", en: "\(node)'s files could not be read")
    }
    static func expectedMonitor(_ accepted: [Duration]) -> LocalizedText {
        let times = accepted.map(\.spelt)
        return LocalizedText(
            fr: "un test de vie toutes les \(times.joined(separator: " ou "))",
            en: "a monitor every \(times.joined(separator: " or "))")
    }
    static func expectedTimeout(_ operation: String, _ accepted: [Duration]) -> LocalizedText {
        let times = accepted.map(\.spelt)
        return LocalizedText(
            fr: "op \(operation) timeout=\(times.joined(separator: " ou "))",
            en: "op \(operation) timeout=\(times.joined(separator: " or "))")
    }
    static func foundTimeout(_ operation: String, _ effective: Duration, isOwn: Bool) -> LocalizedText {
        if isOwn { return LocalizedText(verbatim: "op \(operation) timeout=\(effective.speltWithMinutes)") }
        return LocalizedText(
            fr: "aucun délai pour \(operation) : c'est la valeur par défaut qui vaut (\(effective.spelt))",
            en: "no time-out for \(operation): the default applies (\(effective.spelt))")
    }
    static func onBoth(_ address: String, _ nodes: [String]) -> LocalizedText {
        let names = joined(nodes)
        return LocalizedText(
            fr: "\(address) est à la fois sur \(names.fr)", en: "\(address) is on both \(names.en)")
    }
    static func onNone(_ address: String, _ resource: String, _ said: [String]) -> LocalizedText {
        let names = joined(said)
        return said.isEmpty
            ? LocalizedText(
                fr: "\(address) n'est sur aucun nœud, et \(resource) n'est démarrée nulle part",
                en: "\(address) is on no node, and \(resource) is not started anywhere")
            : LocalizedText(
                fr: "crm_mon dit \(resource) démarrée sur \(names.fr), mais \(address) n'est sur aucun nœud",
                en: "crm_mon says \(resource) is started on \(names.en), but \(address) is on no node")
    }
    static func onOne(_ address: String, _ node: String) -> LocalizedText {
        LocalizedText(
            fr: "\(address) sur \(node), comme le dit crm_mon", en: "\(address) on \(node), as crm_mon says")
    }
    static func notByCluster(_ address: String, _ node: String, _ said: [String]) -> LocalizedText {
        let names = joined(said)
        return said.isEmpty
            ? LocalizedText(
                fr: "\(address) est sur \(node), mais le cluster n'a démarré la ressource nulle part",
                en: "\(address) is on \(node), but the cluster has not started the resource anywhere")
            : LocalizedText(
                fr: "\(address) est sur \(node), mais crm_mon dit : \(names.fr)",
                en: "\(address) is on \(node), but crm_mon says: \(names.en)")
    }
    static func unseen(_ address: String, _ node: String, _ holders: [String]) -> LocalizedText {
        let known = joined(holders)
        let rest = LocalizedText(
            fr: "les adresses de \(node) n'ont pu être lues", en: "\(node)'s addresses could not be read")
        return holders.isEmpty
            ? rest
            : LocalizedText(
                fr: "\(address) est sur \(known.fr), mais \(rest.fr)",
                en: "\(address) is on \(known.en), but \(rest.en)")
    }
    static func staticOn(_ node: String, _ line: String) -> LocalizedText {
        LocalizedText(fr: "sur \(node), dans \(line)", en: "on \(node), in \(line)")
    }

    /// What each check expects, where there is no primitive to judge.
    static func expectations(
        _ lab: PairLab, monitor: [Duration], start: [Duration], stop: [Duration]
    ) -> [CheckID: LocalizedText] {
        [
            primitive.id: expectedPrimitive, address.id: LocalizedText(verbatim: "ip=\(lab.vip)"),
            netmask.id: expectedNetmask(lab.vipPrefixLength), interface.id: expectedInterface,
            monitorInterval.id: expectedMonitor(monitor), startTimeout.id: expectedTimeout("start", start),
            stopTimeout.id: expectedTimeout("stop", stop), running.id: expectedRunning,
            notStatic.id: expectedNotStatic, label.id: expectedLabel,
        ]
    }
}
