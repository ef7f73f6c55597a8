import GraderCore
import Pacemaker

/// One of the two nodes, as the drawing shows it.
struct PairNode {
    typealias State = MachinesExhibit.State
    typealias Items = MachinesExhibit.Items

    let role: MachineID
    /// The cluster's own name for it, or else the machine's; nil where neither could be learnt.
    let name: String?
    let address: String
    let isReached: Bool
    /// By the cluster; nil where unknown.
    let isOnline: Bool?
    let isStandby: Bool?
    /// Whether the virtual IP was on one of its interfaces.
    let holdsAddress: Bool?
    /// What the cluster runs on it, in the order of its own list.
    let resources: [String]
    let software: [String]

    init(_ role: MachineID, _ findings: Findings) {
        self.role = role
        let clusterName = findings.names[role]
        name = clusterName ?? findings.hostNames[role]
        address = findings.lab.addresses[role]?.description ?? ""
        isReached = findings.evidence.unreachable[role] == nil
        // A node's own view of itself first; where it is down, its peer's.
        let view = findings.statuses[role] ?? findings.statuses[role.peer]
        let state = clusterName.flatMap { view?.node($0) }
        isOnline = state?.isOnline
        isStandby = state?.isStandby
        holdsAddress = findings.virtualIP.found?.address.flatMap { address in
            findings.interfaces[role].map { $0.holder(of: address) != nil }
        }
        var resources: [String] = []
        if let clusterName, let view {
            for resource in view.resources where resource.isActive && resource.nodes.containsNode(clusterName)
            {
                if !resources.contains(resource.id) { resources.append(resource.id) }
            }
        }
        self.resources = resources
        let packages = findings.evidence.complete(ClusterProbe.packages, on: role)?.text ?? ""
        software = packages.split(separator: "\n").filter { line in
            ClusterProbe.packageNames.contains { line.hasPrefix($0 + " ") }
        }.prefix(8).map(String.init)
    }

    var shownName: String { name ?? role.rawValue }

    var card: MachinesExhibit.Card {
        MachinesExhibit.Card(
            role, name: name,
            role: role == .serv1
                ? LocalizedText(fr: "nœud primaire serv1", en: "primary node serv1")
                : LocalizedText(fr: "nœud secondaire serv2", en: "secondary node serv2"),
            address: address, states: states, items: items, notes: software.map { Told($0) })
    }

    private var states: [Told<State>] {
        guard isReached else {
            let unreached = PairTexts.unreached
            return [
                isOnline.map { isOnline in
                    let inWords = isOnline ? PairTexts.onlineByPeer : PairTexts.offlineByPeer
                    return Told(
                        State(.unreached, unreached, inWords: inWords), tellsOf: PairExhibits.online)
                }, Told(State(.unreached, unreached)),
            ].compactMap(\.self)
        }
        let isOffline = isOnline == false
        return [
            isOffline ? Told(State(.bad, PairTexts.offline), tellsOf: PairExhibits.online) : nil,
            isStandby == true ? Told(State(.held, PairTexts.standby), tellsOf: PairExhibits.standby) : nil,
            isOnline == true ? Told(State(.good, PairTexts.online), tellsOf: PairExhibits.online) : nil,
            Told(State(.unknown, PairTexts.unknown)),
        ].compactMap(\.self)
    }

    private var items: [Told<Items>] {
        func items(isKnown: Bool) -> Items {
            Items(
                resources, none: isReached ? PairTexts.noResource : PairTexts.unknownResources,
                noneInWords: isKnown ? PairTexts.none : PairTexts.notKnown)
        }
        let plain = Told(items(isKnown: isReached), tellsOf: PairExhibits.resources)
        guard !isReached, isOnline != nil, resources.isEmpty else { return [plain, Told(.notShown)] }
        // Its peer says that it runs none.
        let byPeer = Told(items(isKnown: true), tellsOf: PairExhibits.resources + PairExhibits.online)
        return [byPeer, plain, Told(.notShown)]
    }

    /// What the reader has to know before all else; nil where there is nothing.
    var notice: Exhibit? {
        let name = shownName.cut(to: 60)
        var notices: [Told<NoticeExhibit>] = []
        if isReached, isOnline == false {
            let offline = NoticeExhibit(
                title: LocalizedText(fr: "\(name) est hors ligne", en: "\(name) is offline"),
                sentences: [
                    LocalizedText(
                        fr: "La machine répond, mais le cluster ne la compte pas parmi ses nœuds en ligne.",
                        en: "The machine answers, but the cluster does not count it among its online nodes.")
                ])
            notices.append(Told(offline, tellsOf: PairExhibits.online))
        }
        if isStandby == true {
            let standby = NoticeExhibit(
                title: LocalizedText(fr: "\(name) est en standby", en: "\(name) is in standby"),
                sentences: [
                    LocalizedText(
                        fr: "Aucune ressource ne peut y démarrer tant qu'il n'est pas remis en ligne.",
                        en: "No resource can start there until it is brought back online.")
                ])
            notices.append(Told(standby, tellsOf: PairExhibits.standby))
        }
        return notices.isEmpty ? nil : .notice(notices)
    }
}

private enum PairTexts {
    static let online = LocalizedText(fr: "en ligne", en: "online")
    static let standby = LocalizedText(fr: "en standby", en: "in standby")
    static let offline = LocalizedText(fr: "hors ligne", en: "offline")
    static let unknown = LocalizedText(fr: "état inconnu", en: "state unknown")
    static let unreached = LocalizedText(fr: "non examiné", en: "not examined")
    static let onlineByPeer = LocalizedText(
        fr: "non examiné, en ligne selon l'autre nœud", en: "not examined, online according to its peer")
    static let offlineByPeer = LocalizedText(
        fr: "non examiné, hors ligne selon l'autre nœud", en: "not examined, offline according to its peer")
    static let noResource = LocalizedText(fr: "aucune ressource", en: "no resource")
    static let unknownResources = LocalizedText(fr: "ressources inconnues", en: "resources unknown")
    static let none = LocalizedText(fr: "aucune", en: "none")
    static let notKnown = LocalizedText(fr: "inconnues", en: "unknown")
}
