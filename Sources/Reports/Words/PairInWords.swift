import GraderCore

/// The pair in words: the drawing's text alternative, and all there is in Markdown.
extension Sentences {
    /// One sentence about the virtual IP.
    func virtualIP(_ picture: PairPicture) -> String {
        let vip = short(picture.vip)
        let holders = picture.nodes.filter { $0.holdsVIP == true }.map(name)
        switch holders.count {
        case 0:
            let allSeen = !picture.nodes.isEmpty && picture.nodes.allSatisfy { $0.holdsVIP == false }
            return allSeen
                ? pick(
                    "L'adresse virtuelle \(vip) n'était sur aucun des nœuds.",
                    "The virtual IP \(vip) was on neither node.")
                : pick(
                    "On ne sait pas où se trouvait l'adresse virtuelle \(vip).",
                    "Where the virtual IP \(vip) was is not known.")
        case 1:
            return pick(
                "L'adresse virtuelle \(vip) était sur \(holders[0]).",
                "The virtual IP \(vip) was on \(holders[0]).")
        default:
            return pick(
                "L'adresse virtuelle \(vip) était sur plusieurs nœuds à la fois : \(holders.joined(separator: ", ")).",
                "The virtual IP \(vip) was on several nodes at once: \(holders.joined(separator: ", ")).")
        }
    }

    /// What the cluster calls the node, or else the roster; bounded and fit to be shown.
    func name(_ node: PairPicture.Node) -> String { short(node.name ?? node.role.rawValue) }

    /// Foreign words within a sentence of ours: made safe before they are put in, so that no name drowns the sentence.
    func short(_ text: String) -> String { SafeText.line(text, limit: 60, language: language) }

    /// A list of foreign words, the first twenty of them.
    private func list(_ texts: [String]) -> String {
        let shown = texts.prefix(20).map(short).joined(separator: ", ")
        guard texts.count > 20 else { return shown }
        return shown + pick(", et \(texts.count - 20) de plus", ", and \(texts.count - 20) more")
    }

    /// `en ligne`, `standby`, `hors ligne`, `non examiné`, `état inconnu`.
    func state(_ node: PairPicture.Node) -> String {
        switch NodeState(node) {
        case .unreached where node.online == true:
            pick("non examiné, en ligne selon l'autre nœud", "not examined, online according to its peer")
        case .unreached where node.online == false:
            pick("non examiné, hors ligne selon l'autre nœud", "not examined, offline according to its peer")
        case .unreached: pick("non examiné", "not examined")
        case .online: pick("en ligne", "online")
        case .standby: pick("en standby", "in standby")
        case .offline: pick("hors ligne", "offline")
        case .unknown: pick("état inconnu", "state unknown")
        }
    }

    func resources(_ node: PairPicture.Node) -> String {
        if !node.resources.isEmpty { return list(node.resources) }
        return node.reached || node.online != nil ? pick("aucune", "none") : pick("inconnues", "unknown")
    }

    /// What the roster calls the node.
    func role(_ node: PairPicture.Node) -> String {
        node.role.rawValue == "serv1"
            ? pick("nœud primaire serv1", "primary node serv1")
            : pick("nœud secondaire serv2", "secondary node serv2")
    }

    private func nameAndRole(_ node: PairPicture.Node) -> String {
        guard let given = node.name, given != node.role.rawValue else { return role(node) }
        return "\(name(node)), \(role(node))"
    }

    /// One sentence per node.
    func description(_ node: PairPicture.Node) -> String {
        var text = pick(
            "\(nameAndRole(node)), \(short(node.address)) : \(state(node)) ; ressources : \(resources(node))",
            "\(nameAndRole(node)), \(short(node.address)): \(state(node)); resources: \(resources(node))")
        if !node.software.isEmpty { text += pick(" ; ", "; ") + "\(list(node.software))" }
        return text + "."
    }

    /// The whole drawing in one paragraph.
    func description(_ picture: PairPicture) -> String {
        (picture.nodes.sorted { $0.role < $1.role }.map(description) + [virtualIP(picture)])
            .joined(separator: " ")
    }
}

/// How a node stood, as the drawing shows it.
enum NodeState: String, Sendable {
    case online, standby, offline, unreached, unknown

    init(_ node: PairPicture.Node) {
        if !node.reached {
            self = .unreached
        } else if node.online == false {
            self = .offline
        } else if node.standby == true {
            self = .standby
        } else {
            self = node.online == true ? .online : .unknown
        }
    }
}
