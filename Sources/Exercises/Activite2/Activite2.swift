import GraderCore
import LinuxFacts
import Pacemaker

/// A virtual IP and a web service on two nodes (`exercises/activite-2`).
public struct Activite2: Exercise {
    public let id = "activite-2"
    public let title = LocalizedText(
        fr: "Adresse virtuelle et service web en haute disponibilité",
        en: "A virtual address and a highly available web service")
    public let machines = MachineID.pair
    public let labKeys = [
        LabKey(
            "vip", .serviceAddress, noun: LocalizedText(fr: "l'adresse IP virtuelle", en: "the virtual IP"),
            isRequired: true),
        LabKey(
            "dns", .nameServer,
            noun: LocalizedText(fr: "le serveur DNS de l'étudiant", en: "the student's DNS server")),
        LabKey(
            "web", .website(at: "vip", servers: ["apache", "nginx"]),
            noun: LocalizedText(fr: "le site", en: "the site")),
    ]
    public let ownLabOptions = [
        OwnLabOption(
            "serv1", at: ["serv1"],
            help: LocalizedText(fr: "l'adresse du primaire", en: "the primary's address"),
            example: "172.16.0.10"),
        OwnLabOption(
            "serv2", at: ["serv2"],
            help: LocalizedText(fr: "l'adresse du secondaire", en: "the secondary's address"),
            example: "172.16.0.11"),
        OwnLabOption(
            "vip", at: ["vip"],
            help: LocalizedText(
                fr: "l'adresse IP virtuelle, par exemple 172.16.0.12/24",
                en: "the virtual IP, as 172.16.0.12/24"), example: "172.16.0.12"),
        OwnLabOption(
            "dns-server", at: ["dns", "server"],
            help: LocalizedText(
                fr: "l'adresse du serveur de noms ; sans elle les noms sont laissés de côté",
                en: "the name server's address; without it names are left out")),
        OwnLabOption(
            "dns-name", at: ["dns", "names"],
            help: LocalizedText(
                fr: "un nom qui doit mener à l'adresse IP virtuelle ; plusieurs fois",
                en: "a name that has to lead to the virtual IP; several times"),
            isList: true),
        OwnLabOption(
            "url", at: ["web", "url"],
            help: LocalizedText(
                fr: "le site ; http://<vip>/ si rien n'est donné",
                en: "the site; http://<vip>/ where none is given")),
        OwnLabOption(
            "expect", at: ["web", "expect"],
            help: LocalizedText(
                fr: "un texte que la page du site doit montrer", en: "a text that the site's page has to show"
            )),
    ]
    public let prerequisites: Question<Findings>? = H0.question
    public let questions: [Question<Findings>] = [
        Q1.question, Q2.question, Q3.question, Q4.question, Q5.question, Q6.question, Q7.question,
        Q8.question, Q9.question, Q10.question,
    ]
    public let drills: [any Drill] = ClusterDrill.all
    public let drillsTellOf = PairExhibits.drills
    public let discovery: (any Discovery)? = PairDiscovery()
    public let virtualLab: VirtualLab? = Activite2VirtualLab.recipe
    public let answerFacts = ShownFacts.facts

    public init() {}

    public func findings(_ evidence: Evidence, after earlier: Findings?) -> Findings {
        Findings(evidence, after: earlier)
    }

    public func openCases(_ findings: Findings, contradicted: Set<CheckID>) -> [String: String] {
        Foretold.openCases(findings, contradicted)
    }

    public func shownFacts(_ findings: Findings) -> [String: ShownFact] { ShownFacts.all(findings) }

    public func commonProbes(_ stage: ProbeStage, _ findings: Findings) -> [Probe] {
        Activite2Probes.common(stage, findings)
    }

    public func instability(_ opening: Findings, _ closing: Findings, attempt: Int) -> Instability? {
        TornRead.between(opening, closing, attempt: attempt)
    }

    /// What every node of a cluster has alike: its configuration and state, by their version. Of a node that was not
    /// looked at its peer's, where that says that both are in one cluster: otherwise it may be one of its own.
    public func sharedState(_ findings: Findings, on machine: MachineID) -> String? {
        if findings.reached.contains(machine) { return findings.cibs[machine]?.version.map { "CIB \($0)" } }
        guard let name = findings.names[machine], let seen = findings.cibs[machine.peer],
            seen.nodeStates.contains(where: {
                $0.name.isSameNode(as: name) && $0.controllerOnline == true && $0.join == "member"
            })
        else { return nil }
        return seen.version.map { "CIB \($0)" }
    }

    public func hasAddress(_ address: String, _ machine: MachineID, _ findings: Findings) -> Bool? {
        guard let address = IPAddress(address) else { return nil }
        return findings.interfaces[machine].map { $0.holder(of: address) != nil }
    }

    /// The node that does not hold the virtual IP first, so that the probes cross a wire.
    public func lookouts(_ findings: Findings) -> [MachineID] {
        let preferred = findings.vipHolderByHistory?.peer ?? .serv2
        return [preferred, preferred.peer]
    }

    public func exhibits(_ findings: Findings) -> [Exhibit] { PairExhibits.all(findings) }

    public func identityMarks(_ findings: Findings) -> [IdentityMark] { PairIdentity.marks(findings) }

    public func anomalies(_ findings: Findings) -> [Anomaly] { PairAnomalies.all(findings) }
}
