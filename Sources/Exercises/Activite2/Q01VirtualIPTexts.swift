import GraderCore

// What a student reads about Q1. Apart from Q01VirtualIP.swift only because ten checks in two languages and their
// judging do not fit into one file of a readable length.
enum Q1 {
    static let primitive = CheckDefinition(
        "Q1.primitive",
        title: LocalizedText(
            fr: "Une primitive pour l'adresse virtuelle", en: "A primitive for the virtual IP"),
        why: LocalizedText(
            fr:
                "Pacemaker ne déplace que ce qu'il connaît : sans primitive, l'adresse ne suivra aucun service.",
            en: "Pacemaker moves only what it knows: without a primitive the address follows no service."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr:
                "Document 1 : quelle classe et quel fournisseur, et quel script donne une adresse à une interface ?",
            en: "Document 1: which class and provider, and which script gives an interface an address?"))
    static let address = CheckDefinition(
        "Q1.address",
        title: LocalizedText(fr: "L'adresse demandée", en: "The address that was asked for"),
        why: LocalizedText(
            fr:
                "Les clients, le DNS et vos voisins de réseau comptent sur cette adresse et pas sur une autre.",
            en: "Clients, the DNS and your neighbours on the network count on this address and no other."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Relisez l'adresse virtuelle attribuée à votre binôme.",
            en: "Read again which virtual address your pair was given."))
    static let netmask = CheckDefinition(
        "Q1.netmask",
        title: LocalizedText(fr: "Le masque de sous-réseau", en: "The netmask"),
        why: LocalizedText(
            fr: "Avec un autre masque que celui du réseau, le nœud actif ne joint plus les mêmes voisins.",
            en: "With another mask than the network's, the active node no longer reaches the same neighbours."
        ),
        seeYourself: "ip addr show",
        hint: LocalizedText(
            fr: "Comparez le masque de l'adresse virtuelle à celui de l'adresse du serveur.",
            en: "Compare the virtual address's mask with that of the server's own address."))
    static let interface = CheckDefinition(
        "Q1.interface",
        title: LocalizedText(fr: "L'interface réseau", en: "The network interface"),
        why: LocalizedText(
            fr:
                "L'interface nommée doit exister sur les deux nœuds, sinon la bascule échoue le jour où elle sert.",
            en: "The interface named must exist on both nodes, or failover fails on the day it is needed."),
        seeYourself: "ip -br addr",
        hint: LocalizedText(
            fr: "Comment s'appelle, sur chaque nœud, l'interface qui porte son adresse ?",
            en: "What is the interface that carries the node's address called, on each node?"))
    static let monitorInterval = CheckDefinition(
        "Q1.monitor-interval",
        title: LocalizedText(fr: "Le test de vie de la ressource", en: "The resource's monitor"),
        why: LocalizedText(
            fr: "Sans test périodique, Pacemaker ne s'aperçoit pas que l'adresse a disparu.",
            en: "Without a recurring monitor Pacemaker does not notice that the address has gone."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Quelle opération teste la ressource, et quel intervalle l'énoncé demande-t-il ?",
            en: "Which operation tests the resource, and which interval does the sheet ask for?"))
    static let startTimeout = CheckDefinition(
        "Q1.start-timeout",
        title: LocalizedText(fr: "Le délai de démarrage", en: "The start time-out"),
        why: LocalizedText(
            fr: "Passé ce délai, Pacemaker tient le démarrage pour manqué et déplace la ressource.",
            en: "After this time Pacemaker takes the start for failed and moves the resource."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai de démarrage ?",
            en: "One operation for each action: which one carries the start time-out?"))
    static let stopTimeout = CheckDefinition(
        "Q1.stop-timeout",
        title: LocalizedText(fr: "Le délai d'arrêt", en: "The stop time-out"),
        why: LocalizedText(
            fr: "Un arrêt qui n'aboutit pas bloque la ressource : le délai dit quand s'en apercevoir.",
            en: "A stop that fails blocks the resource: the time-out says when to notice."),
        seeYourself: "crm configure show",
        hint: LocalizedText(
            fr: "Une opération par action : laquelle porte le délai d'arrêt ?",
            en: "One operation for each action: which one carries the stop time-out?"))
    static let running = CheckDefinition(
        "Q1.running",
        title: LocalizedText(
            fr: "L'adresse est active sur un seul nœud", en: "The address is up on one node"),
        why: LocalizedText(
            fr: "Configurée n'est pas active ; et la même adresse sur deux machines perd des connexions.",
            en: "Configured is not up; and one address on two machines loses connections."),
        seeYourself: "crm_mon -1 ; ip addr show",
        hint: LocalizedText(
            fr: "Cherchez l'adresse avec « ip addr show » sur chacun des nœuds, puis comparez avec crm_mon.",
            en: "Look for the address with “ip addr show” on each of the nodes, then compare with crm_mon."),
        alsoSeenIn: [.address, .resources])
    static let notStatic = CheckDefinition(
        "Q1.not-static",
        title: LocalizedText(
            fr: "L'adresse n'est configurée que par le cluster", en: "Only the cluster configures the address"
        ),
        why: LocalizedText(
            fr:
                "Une adresse aussi écrite dans la configuration du système reste en place quand le cluster la déplace.",
            en: "An address that is also in the system's configuration stays when the cluster moves it."),
        seeYourself: "grep -r address /etc/network",
        hint: LocalizedText(
            fr: "Qui donne ses adresses au serveur au démarrage ? L'adresse virtuelle n'a rien à y faire.",
            en: "What gives the server its addresses at boot? The virtual one has no business there."))
    static let label = CheckDefinition(
        "Q1.label",
        title: LocalizedText(fr: "Un label (conseil)", en: "A label (advice)"),
        why: LocalizedText(
            fr: "Avec un label, l'adresse se voit aussi avec ifconfig.",
            en: "With a label, ifconfig shows the address too."),
        seeYourself: "ifconfig")

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
        fr: "l'adresse virtuelle dans aucun fichier de configuration du réseau",
        en: "the virtual address in none of the network's configuration files")
    static let nowhereStatic = LocalizedText(fr: "dans aucun fichier", en: "in no file")
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
        if isOwn { return LocalizedText(verbatim: "op \(operation) timeout=\(effective.spelt)") }
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
        _ lab: LabFacts, monitor: [Duration], start: [Duration], stop: [Duration]
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
