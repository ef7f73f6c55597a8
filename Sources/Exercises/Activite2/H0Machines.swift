import GraderCore
import LinuxFacts
import Pacemaker

// The part of H0 that looks at each machine: what the active node has, the other needs too, or failover fails on
// the day it is needed.
extension H0 {
    static let boot = Check<Findings>(
        "H0.boot",
        title: LocalizedText(
            fr: "Corosync et Pacemaker démarrent avec la machine", en: "Corosync and Pacemaker start at boot"),
        why: LocalizedText(
            fr: "Un nœud qui redémarre sans rejoindre le cluster n'est plus un secours.",
            en: "A node that comes back without joining the cluster is no backup any more."),
        seeYourself: "systemctl is-enabled corosync pacemaker",
        hint: LocalizedText(
            fr: "Après une panne de courant, qui relancerait le cluster sur ce nœud ?",
            en: "After a power cut, what would start the cluster on that node again?"),
        restsOn: [HealthProbe.boot],
        expected: { _, _ in
            LocalizedText(
                fr: "corosync et pacemaker activés sur les deux nœuds",
                en: "corosync and pacemaker enabled on both nodes")
        },
        judge: { findings, _ in onBoth(HealthProbe.boot, findings, bootUnits) })

    private static func bootUnits(_ output: Bytes) -> OnMachine {
        var states: [Substring: Substring] = [:]
        for line in output.text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.count == 2 { states[words[0]] = words[1] }
        }
        let units: [Substring] = ["corosync", "pacemaker"]
        let known = units.compactMap { unit in states[unit].map { (unit, $0) } }
        // systemctl(1), is-enabled: these are started at boot, or need not be enabled; those are not.
        let starting: Set<Substring> = [
            "enabled", "enabled-runtime", "static", "alias", "indirect", "generated",
        ]
        let notStarting: Set<Substring> = [
            "disabled", "masked", "masked-runtime", "linked", "linked-runtime", "transient", "bad",
            "not-found",
        ]
        guard known.count == units.count,
            known.allSatisfy({ starting.contains($0.1) || notStarting.contains($0.1) })
        else { return .unseen }
        let text = LocalizedText(verbatim: known.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
        return known.allSatisfy { starting.contains($0.1) } ? .right(text) : .wrong(text)
    }

    /// The interface with the node's own address in the lab network, and that it is up.
    static let interface = Check<Findings>(
        "H0.interface",
        title: LocalizedText(
            fr: "Chaque nœud a son interface dans le réseau du TP",
            en: "Each node has its interface in the lab network"),
        why: LocalizedText(
            fr: "L'adresse virtuelle se pose sur cette interface, sur un nœud comme sur l'autre.",
            en: "The virtual address is put on this interface, on either node."),
        seeYourself: "ip -br addr",
        hint: LocalizedText(
            fr: "Que dit « ip -br addr » de l'interface : est-elle UP, et avec quelle adresse ?",
            en: "What does “ip -br addr” say of the interface: is it UP, and with which address?"),
        expected: { _, _ in
            LocalizedText(
                fr: "l'adresse de chaque nœud sur une interface active",
                en: "each node's address on an interface that is up")
        },
        judge: { findings, _ in
            onEach(ClusterProbe.addresses, findings) { role in
                guard let interfaces = findings.interfaces[role],
                    let address = findings.lab.addresses[role]
                else { return .unseen }
                guard let holder = interfaces.holder(of: address) else {
                    return .wrong(addressNowhere(address.description))
                }
                let text = LocalizedText(verbatim: "\(address) (\(holder.interface.name))")
                guard holder.interface.flags.contains("UP") else {
                    return .wrong(text + interfaceDown)
                }
                return .right(text)
            }
        })

    private static func addressNowhere(_ address: String) -> LocalizedText {
        LocalizedText(fr: "\(address) n'est sur aucune interface", en: "\(address) is on no interface")
    }
    private static let interfaceDown = LocalizedText(fr: ", interface arrêtée", en: ", interface down")

    static let agents = Check<Findings>(
        "H0.agents",
        title: LocalizedText(
            fr: "Les scripts des ressources sont sur les deux nœuds",
            en: "The resources' agents are on both nodes"),
        why: LocalizedText(
            fr: "Une ressource ne bascule que vers un nœud qui possède son script.",
            en: "A resource fails over only to a node that has its agent."),
        seeYourself: "ls /usr/lib/ocf/resource.d/heartbeat /etc/init.d",
        hint: LocalizedText(
            fr:
                "Le nom du script est-il juste, et le paquet qui l'apporte est-il installé sur les deux nœuds ?",
            en: "Is the agent's name right, and is the package that brings it installed on both nodes?"),
        mayWaitFor: ["Q1.primitive"],
        expected: { _, _ in
            LocalizedText(
                fr: "chaque script de ressource sur les deux nœuds", en: "each resource's agent on both nodes"
            )
        },
        judge: { findings, _ in
            // Which agents there have to be is the CIB's to say.
            guard !findings.cibs.isEmpty else { return .unseen(findings.unreadConfiguration) }
            guard !HealthProbe.agentsConfigured(findings).isEmpty else {
                return Judgement(
                    .blocked(by: Q1.primitive.id), noResources,
                    sources: findings.configurations.map(\.probe))
            }
            return onBoth(HealthProbe.agents, findings) { output in
                var present: [String] = []
                var absent: [String] = []
                for line in output.text.split(separator: "\n") {
                    let words = line.split(separator: " ", maxSplits: 1)
                    guard words.count == 2 else { return .unseen }
                    switch words[0] {
                    case "present": present.append(String(words[1]))
                    case "absent": absent.append(String(words[1]))
                    case "unknown": continue
                    default: return .unseen
                    }
                }
                if !absent.isEmpty { return .wrong(missing(absent)) }
                return present.isEmpty
                    ? .unseen : .right(LocalizedText(verbatim: present.joined(separator: ", ")))
            }
        })

    private static let noResources = LocalizedText(fr: "aucune ressource encore", en: "no resource yet")
    static func missing(_ agents: [String]) -> LocalizedText {
        let list = agents.joined(separator: ", ")
        return LocalizedText(fr: "il manque \(list)", en: "missing: \(list)")
    }

    /// A mistake on one node, or what is right with it.
    enum OnMachine {
        case right(LocalizedText)
        case wrong(LocalizedText)
        case unseen
    }

    /// Met only where both nodes were seen to be right; one that is wrong is enough.
    private static func onBoth(
        _ probe: String, _ findings: Findings, _ read: (Bytes) -> OnMachine
    ) -> Judgement {
        onEach(probe, findings) { findings.evidence.complete(probe, on: $0).map(read) ?? .unseen }
    }

    /// The same of what was read otherwise than from the probe's output alone.
    static func onEach(
        _ probe: String, _ findings: Findings, _ look: (MachineID) -> OnMachine
    ) -> Judgement {
        var texts: [LocalizedText] = []
        var verdict = Verdict.met
        for role in MachineID.pair {
            let name = findings.label(role)
            switch look(role) {
            case .right(let found): texts.append(on(name, found))
            case .wrong(let found):
                texts.append(on(name, found))
                verdict = .notMet
            case .unseen:
                texts.append(on(name, notSeen))
                if verdict == .met { verdict = .notAssessed(.noEvidence) }
            }
        }
        return Judgement(verdict, texts.joined(), sources: MachineID.pair.map { ProbeID($0, probe) })
    }

    private static let notSeen = LocalizedText(fr: "n'a pu être vu", en: "could not be seen")
    static func on(_ node: String, _ found: LocalizedText) -> LocalizedText {
        LocalizedText(fr: "\(node) : \(found)", en: "\(node): \(found)")
    }
}
