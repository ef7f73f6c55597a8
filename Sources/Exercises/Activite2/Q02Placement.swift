import GraderCore
import LinuxFacts
import Pacemaker

/// Q2. On which node was the resource started? Justify and verify.
///
/// What can be observed: the cluster runs it on one node, and `crm_mon`, `ip addr` and whoever answers for the
/// address on the wire agree about which. The written answer is the teacher's to mark. Source: lab sheet, Q2.
struct Q02Placement: QuestionModule {
    let id = QuestionID("Q2")
    let checks = [Q2.oneNode, Q2.agreement]
    let parameters: [ParameterDefinition] = []

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] {
        guard stage == .network, let address = findings.virtualIP.found?.address else { return [] }
        // The node that does not hold the address asks for it, and its kernel remembers who answered.
        return findings.reached.map { node in
            Activite2Probes.shell(
                node, VIPNeighbours.probe, VIPNeighbours.script, [address.description], asRoot: false)
        } + [Probe(VIPNeighbours.graderProbe, .neighbours)]
    }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        switch findings.virtualIP {
        case .unknown:
            return [
                Q2.oneNode.result(
                    .notAssessed(.noEvidence), expected: Q2.expectedOne, found: .noConfiguration),
                Q2.agreement.result(
                    .notAssessed(.noEvidence), expected: Q2.expectedAgreement, found: .noConfiguration),
            ]
        case .absent:
            return [
                Q2.oneNode.result(
                    .blocked(by: Q1.primitive.id), expected: Q2.expectedOne, found: .noVirtualIP),
                Q2.agreement.result(
                    .blocked(by: Q1.primitive.id), expected: Q2.expectedAgreement, found: .noVirtualIP),
            ]
        case .found(let vip):
            return [oneNode(findings, vip), agreement(findings, vip)].map {
                $0.unlessSilent(findings, vip.address)
            }
        }
    }

    private func oneNode(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        let sources = findings.statuses.keys.sorted().map { ProbeID($0, ClusterProbe.status) }
        let said = MachineID.pair.compactMap { role in
            findings.statuses[role].map { (role, Set($0.activeNodes(of: vip.id))) }
        }
        if let unseen = findings.unseenStatus {
            return Q2.oneNode.result(.notAssessed(.noEvidence), expected: Q2.expectedOne, found: unseen)
        }
        if findings.viewsDiffer(on: vip.id) {
            return Q2.oneNode.result(
                .notMet, expected: Q2.expectedOne, found: Q2.viewsDiffer(findings.views(of: vip.id)),
                sources: sources)
        }
        let nodes = (said.first?.1 ?? []).sorted()
        // Started nowhere is lost once, where the address is looked for.
        return Q2.oneNode.result(
            nodes.count == 1
                ? .met
                : nodes.isEmpty
                    ? findings.liveVerdict(.blocked(by: Q1.running.id), of: vip.id) : .notMet,
            expected: Q2.expectedOne,
            found: Q2.startedOn(vip.id, nodes), sources: sources)
    }

    private func agreement(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        let expected = Q2.expectedAgreement
        guard let address = vip.address else {
            return Q2.agreement.result(
                .blocked(by: Q1.address.id), expected: expected, found: Q1.noAddress)
        }
        let said = Set(findings.statuses.values.flatMap { $0.activeNodes(of: vip.id) })
        if let unseen = findings.unseenStatus {
            return Q2.agreement.result(.notAssessed(.noEvidence), expected: expected, found: unseen)
        }
        if findings.viewsDiffer(on: vip.id) {
            return Q2.agreement.result(
                .blocked(by: Q2.oneNode.id), expected: expected,
                found: Q2.viewsDiffer(findings.views(of: vip.id)))
        }
        guard said.count == 1, let name = said.first else {
            return Q2.agreement.result(
                findings.liveVerdict(
                    .blocked(by: said.isEmpty ? Q1.running.id : Q2.oneNode.id), of: vip.id),
                expected: expected,
                found: Q2.startedOn(vip.id, said.sorted()))
        }
        let sources = MachineID.pair.flatMap {
            [
                ProbeID($0, ClusterProbe.status), ProbeID($0, ClusterProbe.addresses),
                ProbeID($0, VIPNeighbours.probe),
            ]
        }
        guard let role = findings.role(named: name), findings.interfaces[role] != nil else {
            return Q2.agreement.result(
                .notAssessed(.noEvidence), expected: expected, found: Q2.nodeUnseen(name), sources: sources)
        }
        guard findings.holders(of: address) == [role] else {
            return Q2.agreement.result(
                .notMet, expected: expected,
                found: Q2.addressElsewhere(
                    name, address.description, findings.holders(of: address).map(findings.label)),
                sources: sources)
        }
        let neighbours = VIPNeighbours(findings, address: address)
        switch neighbours.answering {
        case .pair(role, let mac):
            return Q2.agreement.result(
                .met, expected: expected, found: Q2.allAgree(name, mac.description), sources: sources)
        case .pair(_, let mac), .stranger(let mac):
            return Q2.agreement.result(
                .notAssessed(.contradiction), expected: expected,
                found: Q2.strangerAnswers(name, address.description, mac.description), sources: sources)
        case .nobodySeen where neighbours.isUnread:
            return Q2.agreement.result(
                .notAssessed(.noEvidence), expected: expected,
                found: Q2.twoAgree(name) + Q2.wireUnseen(address.description), sources: sources)
        case .nobodySeen:
            return Q2.agreement.result(
                .met, expected: expected, found: Q2.twoAgree(name), sources: sources)
        }
    }
}

enum Q2 {
    static let oneNode = CheckDefinition(
        "Q2.one-node",
        title: LocalizedText(fr: "Démarrée sur un nœud et un seul", en: "Started on one node and one only"),
        why: LocalizedText(
            fr: "C'est le cluster qui décide où tourne la ressource : il faut savoir le lui demander.",
            en: "The cluster decides where the resource runs: one must know how to ask it."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr: "Que dit crm_mon de la ressource, sur un nœud puis sur l'autre ?",
            en: "What does crm_mon say of the resource, on one node and on the other?"),
        alsoSeenIn: [.address, .resources])
    static let agreement = CheckDefinition(
        "Q2.agreement",
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
        alsoSeenIn: [.address, .sources])

    static let expectedOne = LocalizedText(
        fr: "la ressource démarrée sur un nœud et un seul",
        en: "the resource started on one node and one only")
    static let expectedAgreement = LocalizedText(
        fr: "crm_mon, « ip addr » et la machine qui répond désignent le même nœud",
        en: "crm_mon, “ip addr” and the machine that answers point to the same node")

    static func startedOn(_ resource: String, _ nodes: [String]) -> LocalizedText {
        let names = joined(nodes)
        return nodes.isEmpty
            ? LocalizedText(
                fr: "\(resource) n'est démarrée sur aucun nœud", en: "\(resource) is not started on any node")
            : LocalizedText(
                fr: "\(resource) démarrée sur \(names.fr)", en: "\(resource) started on \(names.en)")
    }
    static func viewsDiffer(_ views: [(node: String, active: [String])]) -> LocalizedText {
        let fr = views.map { "\($0.0) la voit sur \($0.1.isEmpty ? "aucun nœud" : joined($0.1).fr)" }
        let en = views.map { "\($0.0) sees it on \($0.1.isEmpty ? "no node" : joined($0.1).en)" }
        return LocalizedText(
            fr: "les deux nœuds ne sont pas d'accord : " + fr.joined(separator: ", "),
            en: "the two nodes disagree: " + en.joined(separator: ", "))
    }
    static func nodeUnseen(_ name: String) -> LocalizedText {
        LocalizedText(
            fr: "crm_mon dit \(name), mais ses interfaces n'ont pu être lues",
            en: "crm_mon says \(name), but its interfaces could not be read")
    }
    static func addressElsewhere(_ name: String, _ address: String, _ holders: [String]) -> LocalizedText {
        let names = joined(holders)
        return LocalizedText(
            fr:
                "crm_mon dit \(name), mais \(address) est \(holders.isEmpty ? "introuvable" : "sur " + names.fr)",
            en: "crm_mon says \(name), but \(address) is \(holders.isEmpty ? "nowhere" : "on " + names.en)")
    }
    static func allAgree(_ name: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr: "\(name) selon crm_mon, selon « ip addr » et sur le réseau (\(mac))",
            en: "\(name) by crm_mon, by “ip addr” and on the wire (\(mac))")
    }
    static func twoAgree(_ name: String) -> LocalizedText {
        LocalizedText(fr: "\(name) selon crm_mon et « ip addr »", en: "\(name) by crm_mon and by “ip addr”")
    }
    static func wireUnseen(_ address: String) -> LocalizedText {
        LocalizedText(
            fr: " ; qui répond pour \(address) sur le réseau n'a pu être vu",
            en: "; who answers for \(address) on the wire could not be seen")
    }
    static func strangerAnswers(_ name: String, _ address: String, _ mac: String) -> LocalizedText {
        LocalizedText(
            fr:
                "crm_mon et « ip addr » disent \(name), mais c'est une autre machine (\(mac)) qui répond pour \(address)",
            en: "crm_mon and “ip addr” say \(name), but another machine (\(mac)) answers for \(address)")
    }
}
