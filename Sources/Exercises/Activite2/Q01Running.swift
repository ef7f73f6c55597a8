import GraderCore
import Pacemaker

// Q1's address on the machines: up on one node because the cluster put it there, and for no other reason.
extension Q1 {
    /// What is looked for on the machines: the address that the primitive gives.
    private static let looked = configured.needing(
        { vip in vip.address.map { (vip, $0) } }, declaredBy: "Q1.address", absent: noAddress,
        unknown: { $0.isAddressHidden ? FactTexts.hidden : nil })

    static let noAddress = LocalizedText(
        fr: "la primitive n'a pas d'adresse lisible", en: "the primitive has no readable address")

    /// Up on one node, the one where the cluster says it runs.
    static let running = Check<Findings>(
        "Q1.running", about: looked,
        title: LocalizedText(
            fr: "L'adresse est active sur un seul nœud", en: "The address is up on one node"),
        why: LocalizedText(
            fr: "Configurée n'est pas active ; et la même adresse sur deux machines perd des connexions.",
            en: "Configured is not up; and one address on two machines loses connections."),
        seeYourself: "crm_mon -1 ; ip addr show",
        hint: LocalizedText(
            fr: """
                Cherchez l'adresse avec « ip addr show » sur chacun des nœuds, puis comparez avec crm_mon. S'il la dit \
                arrêtée : a-t-on demandé qu'elle le soit, ou une action a-t-elle échoué ?
                """,
            en: """
                Look for the address with “ip addr show” on each of the nodes, then compare with crm_mon. If that says \
                it is stopped: was it told to be, or did an action fail?
                """),
        mayWaitFor: ["Q2.one-node"] + .foundations,
        expected: { _, _ in
            LocalizedText(
                fr: "l'adresse sur un seul nœud, celui où le cluster dit l'avoir démarrée",
                en: "the address on one node, the one where the cluster says it started it")
        },
        judge: { found, findings, _ in
            let (vip, address) = found
            return judgeRunning(findings, vip, address).unlessSilent(findings, address)
        })

    private static func judgeRunning(
        _ findings: Findings, _ vip: FoundVirtualIP, _ address: IPAddress
    ) -> Judgement {
        let sources = MachineID.pair.map { ProbeID($0, ClusterProbe.addresses) }
        let holders = findings.holders(of: address)
        let unseen = MachineID.pair.filter { findings.interfaces[$0] == nil }
        if holders.count > 1 {
            return Judgement(
                .notMet, onBoth(address.description, holders.map(findings.label)), sources: sources)
        }
        if let unseen = unseen.first {
            return .unseen(
                Q1.unseen(address.description, findings.label(unseen), holders.map(findings.label)),
                sources: sources)
        }
        let placement = findings.placement(of: vip.id)
        let saidActive: [String]
        switch placement {
        case .unseen(let why): return .unseen(why, sources: sources)
        case .disputed(let views):
            // Whoever is right of the two: no interface has it.
            guard let holder = holders.first else {
                return Judgement(.notMet, onNone(address.description, views), sources: sources)
            }
            return Judgement(
                findings.disputed(.blocked(by: Q2.oneNode.id)),
                onOneDisputed(address.description, findings.label(holder), views), sources: sources)
        case .agreed(let nodes): saidActive = nodes
        }
        guard let holder = holders.first else {
            return Judgement(
                findings.liveVerdict(.notMet, of: vip.id),
                onNone(address.description, vip.id, saidActive), sources: sources)
        }
        guard let name = findings.names[holder] else { return .unseen(Q3.namesUnknown, sources: sources) }
        let isSaid = Set(saidActive).isOnlyNode(name)
        return Judgement(
            isSaid ? .met : .notMet,
            isSaid
                ? onOne(address.description, findings.label(holder))
                : notByCluster(address.description, findings.label(holder), saidActive),
            sources: sources + MachineID.pair.map { ProbeID($0, ClusterProbe.status) })
    }

    static func onBoth(_ address: String, _ nodes: [String]) -> LocalizedText {
        let names = joined(nodes)
        return LocalizedText(
            fr: "\(address) est à la fois sur \(names)", en: "\(address) is on both \(names)")
    }
    private static func onNone(_ address: String, _ resource: String, _ said: [String]) -> LocalizedText {
        let names = joined(said)
        return said.isEmpty
            ? LocalizedText(
                fr: "\(address) n'est sur aucun nœud, et \(resource) n'est démarrée nulle part",
                en: "\(address) is on no node, and \(resource) is not started anywhere")
            : LocalizedText(
                fr: "crm_mon dit \(resource) démarrée sur \(names), mais \(address) n'est sur aucun nœud",
                en: "crm_mon says \(resource) is started on \(names), but \(address) is on no node")
    }
    private static func onNone(_ address: String, _ views: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: "\(address) n'est sur aucun nœud ; \(views)", en: "\(address) is on no node; \(views)")
    }
    private static func onOneDisputed(
        _ address: String, _ node: String, _ views: LocalizedText
    ) -> LocalizedText {
        LocalizedText(
            fr: "\(address) est sur \(node), mais \(views)", en: "\(address) is on \(node), but \(views)")
    }
    private static func onOne(_ address: String, _ node: String) -> LocalizedText {
        LocalizedText(
            fr: "\(address) sur \(node), comme le dit crm_mon", en: "\(address) on \(node), as crm_mon says")
    }
    private static func notByCluster(_ address: String, _ node: String, _ said: [String]) -> LocalizedText {
        let names = joined(said)
        return said.isEmpty
            ? LocalizedText(
                fr: "\(address) est sur \(node), mais le cluster n'a démarré la ressource nulle part",
                en: "\(address) is on \(node), but the cluster has not started the resource anywhere")
            : LocalizedText(
                fr: "\(address) est sur \(node), mais crm_mon dit : \(names)",
                en: "\(address) is on \(node), but crm_mon says: \(names)")
    }
    static func unseen(_ address: String, _ node: String, _ holders: [String]) -> LocalizedText {
        let known = joined(holders)
        let rest = LocalizedText(
            fr: "les adresses de \(node) n'ont pu être lues", en: "\(node)'s addresses could not be read")
        return holders.isEmpty
            ? rest
            : LocalizedText(
                fr: "\(address) est sur \(known), mais \(rest)",
                en: "\(address) is on \(known), but \(rest)")
    }

    static let notStatic = Check<Findings>(
        "Q1.not-static", about: looked,
        title: LocalizedText(
            fr: "L'adresse n'est configurée que par le cluster", en: "Only the cluster configures the address"
        ),
        why: LocalizedText(
            fr:
                "Une adresse aussi écrite dans la configuration du système reste en place quand le cluster la déplace.",
            en: "An address that is also in the system's configuration stays when the cluster moves it."),
        seeYourself: "grep -r address /etc/network ; ip addr show",
        hint: LocalizedText(
            fr: "Qui donne ses adresses au serveur au démarrage ? L'adresse virtuelle n'a rien à y faire.",
            en: "What gives the server its addresses at boot? The virtual one has no business there."),
        expected: { _, _ in
            LocalizedText(
                fr: "l'adresse virtuelle donnée au démarrage par aucun fichier de configuration du réseau",
                en: "the virtual address given at boot by none of the network's configuration files")
        },
        judge: { found, findings, _ in
            let address = found.1
            let sources = MachineID.pair.map { ProbeID($0, StaticConfiguration.probe) }
            var unseen: LocalizedText?
            for role in MachineID.pair {
                let output = findings.evidence.complete(StaticConfiguration.probe, on: role)
                guard let said = output.flatMap({ StaticConfiguration.say(of: address, in: $0.text) }) else {
                    unseen = unseen ?? filesUnseen(findings.label(role))
                    continue
                }
                if let place = said.place {
                    return Judgement(.notMet, staticOn(findings.label(role), place), sources: sources)
                }
                if let file = said.open.first { unseen = unseen ?? fileOpen(findings.label(role), file) }
            }
            if let unseen { return .unseen(unseen, sources: sources) }
            return Judgement(.met, nowhereStatic, sources: sources)
        })

    private static func staticOn(_ node: String, _ line: String) -> LocalizedText {
        LocalizedText(fr: "sur \(node), dans \(line)", en: "on \(node), in \(line)")
    }
    private static func filesUnseen(_ node: String) -> LocalizedText {
        LocalizedText(
            fr: "les fichiers de \(node) n'ont pu être lus", en: "\(node)'s files could not be read")
    }
    private static func fileOpen(_ node: String, _ file: String) -> LocalizedText {
        LocalizedText(
            fr: "sur \(node), on ne peut dire si \(file) donne cette adresse au démarrage",
            en: "on \(node), whether \(file) gives this address at boot cannot be told")
    }
    private static let nowhereStatic = LocalizedText(fr: "par aucun fichier", en: "by no file")
}
