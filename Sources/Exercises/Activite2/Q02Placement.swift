import GraderCore
import LinuxFacts
import Pacemaker

/// Q2. On which node was the resource started? Justify and verify.
///
/// What can be observed: the cluster runs it on one node, and `crm_mon`, `ip addr` and whoever answers for the
/// address on the wire agree about which. The written answer is the teacher's to mark. Source: lab sheet, Q2.
enum Q2 {
    static let question = Question<Findings>(
        "Q2", checks: [oneNode, agreement],
        probes: { stage, findings in stage == .network ? VIPNeighbours.probes(findings) : [] })

    static let oneNode = Check<Findings>(
        "Q2.one-node", about: Subjects.virtualIP,
        title: LocalizedText(fr: "Démarrée sur un nœud et un seul", en: "Started on one node and one only"),
        why: LocalizedText(
            fr: "C'est le cluster qui décide où tourne la ressource : il faut savoir le lui demander.",
            en: "The cluster decides where the resource runs: one must know how to ask it."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Que dit crm_mon de la ressource, sur un nœud puis sur l'autre ?",
            en: "What does crm_mon say of the resource, on one node and on the other?"),
        mayWaitFor: ["Q1.running"] + .foundations,
        expected: { _, _ in
            LocalizedText(
                fr: "la ressource démarrée sur un nœud et un seul",
                en: "the resource started on one node and one only")
        },
        judge: { vip, findings, _ in judgeOneNode(findings, vip).unlessSilent(findings, vip.address) })

    private static func judgeOneNode(_ findings: Findings, _ vip: FoundVirtualIP) -> Judgement {
        let sources = findings.statusSources
        let nodes: [String]
        switch findings.placement(of: vip.id) {
        case .unseen(let why): return .unseen(why)
        case .disputed(let views): return Judgement(findings.disputed(.notMet), views, sources: sources)
        case .agreed(let names): nodes = names
        }
        // Started nowhere is lost once, where the address is looked for.
        return Judgement(
            nodes.count == 1
                ? .met
                : nodes.isEmpty
                    ? findings.liveVerdict(.blocked(by: Q1.running.id), of: vip.id) : .notMet,
            startedOn(vip.id, nodes), sources: sources)
    }

    static func startedOn(_ resource: String, _ nodes: [String]) -> LocalizedText {
        let names = joined(nodes)
        return nodes.isEmpty
            ? LocalizedText(
                fr: "\(resource) n'est démarrée sur aucun nœud", en: "\(resource) is not started on any node")
            : LocalizedText(
                fr: "\(resource) démarrée sur \(names)", en: "\(resource) started on \(names)")
    }
    static func viewsDiffer(_ views: [(node: String, active: [String])]) -> LocalizedText {
        let sights = views.map { view in
            let names =
                view.active.isEmpty ? LocalizedText(fr: "aucun nœud", en: "no node") : joined(view.active)
            return LocalizedText(
                fr: "\(view.node) la voit sur \(names)", en: "\(view.node) sees it on \(names)")
        }
        let all = sights.joined(LocalizedText(verbatim: ", "))
        return LocalizedText(
            fr: "les deux nœuds ne sont pas d'accord : \(all)", en: "the two nodes disagree: \(all)")
    }

    static let agreement = Check<Findings>(
        "Q2.agreement", about: Subjects.virtualAddress,
        title: LocalizedText(
            fr: "Le système et le réseau le confirment", en: "The system and the network confirm it"),
        why: LocalizedText(
            fr:
                "Ce que le cluster croit se vérifie : l'adresse doit être là où il la dit, et répondre de là.",
            en:
                "What the cluster believes can be verified: the address must be where it says, and answer from there."
        ),
        seeYourself: "ip addr show ; ip neigh",
        hint: LocalizedText(
            fr: "« ip addr show » sur les deux nœuds : l'adresse est-elle là où crm_mon la dit ?",
            en: "“ip addr show” on both nodes: is the address where crm_mon says it is?"),
        mayWaitFor: ["Q1.running", "Q2.one-node"] + .foundations,
        expected: { _, _ in
            LocalizedText(
                fr: "crm_mon, « ip addr » et la machine qui répond désignent le même nœud",
                en: "crm_mon, “ip addr” and the machine that answers point to the same node")
        },
        judge: { found, findings, _ in
            let (vip, address) = found
            return judgeAgreement(findings, vip, address).unlessSilent(findings, address)
        })

    private static func judgeAgreement(
        _ findings: Findings, _ vip: FoundVirtualIP, _ address: IPAddress
    ) -> Judgement {
        let said: [String]
        switch findings.placement(of: vip.id) {
        case .unseen(let why): return .unseen(why)
        case .disputed(let views):
            return Judgement(findings.disputed(.blocked(by: Q2.oneNode.id)), views)
        case .agreed(let names): said = names
        }
        guard said.count == 1, let name = said.first else {
            return Judgement(
                findings.liveVerdict(
                    .blocked(by: said.isEmpty ? Q1.running.id : Q2.oneNode.id), of: vip.id),
                startedOn(vip.id, said))
        }
        let sources = MachineID.pair.flatMap {
            [
                ProbeID($0, ClusterProbe.status), ProbeID($0, ClusterProbe.addresses),
                ProbeID($0, VIPNeighbours.probe),
            ]
        }
        guard let role = findings.role(named: name), findings.interfaces[role] != nil else {
            return .unseen(nodeUnseen(name), sources: sources)
        }
        guard findings.holders(of: address) == [role] else {
            return Judgement(
                .notMet,
                addressElsewhere(
                    name, address.description, findings.holders(of: address).map(findings.label)),
                sources: sources)
        }
        let neighbours = VIPNeighbours(findings, address: address)
        switch neighbours.answering {
        case .pair(role, let mac):
            return Judgement(.met, allAgree(name, mac.description), sources: sources)
        case .pair(_, let mac), .stranger(let mac):
            return Judgement(
                .notAssessed(.contradiction), strangerAnswers(name, address.description, mac.description),
                sources: sources)
        case .nobodySeen where neighbours.isUnread:
            return .unseen(
                twoAgree(name) + wireUnseen(address.description),
                sources: sources)
        case .nobodySeen:
            return Judgement(.met, twoAgree(name), sources: sources)
        }
    }

    static func nodeUnseen(_ name: String) -> LocalizedText {
        LocalizedText(
            fr: "crm_mon dit \(name), mais ses interfaces n'ont pu être lues",
            en: "crm_mon says \(name), but its interfaces could not be read")
    }
    private static func addressElsewhere(_ name: String, _ address: String, _ holders: [String])
        -> LocalizedText
    {
        let names = joined(holders)
        return LocalizedText(
            fr:
                "crm_mon dit \(name), mais \(address) est \(holders.isEmpty ? "introuvable" : "sur " + names.fr)",
            en: "crm_mon says \(name), but \(address) is \(holders.isEmpty ? "nowhere" : "on " + names.en)")
    }
    private static func allAgree(_ name: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr: "\(name) selon crm_mon, selon « ip addr » et sur le réseau (\(mac))",
            en: "\(name) by crm_mon, by “ip addr” and on the wire (\(mac))")
    }
    private static func twoAgree(_ name: String) -> LocalizedText {
        LocalizedText(fr: "\(name) selon crm_mon et « ip addr »", en: "\(name) by crm_mon and by “ip addr”")
    }
    private static func wireUnseen(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: " ; qui répond pour \(address) sur le réseau n'a pu être vu",
            en: "; who answers for \(address) on the wire could not be seen")
    }
    private static func strangerAnswers(_ name: String, _ address: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr:
                "crm_mon et « ip addr » disent \(name), mais c'est une autre machine (\(mac)) qui répond pour \(address)",
            en: "crm_mon and “ip addr” say \(name), but another machine (\(mac)) answers for \(address)")
    }
}
