import GraderCore
import LinuxFacts
import Pacemaker

/// What the nodes showed in one stage of a drill, read as the pair's evidence is.
struct DrillMoment {
    let findings: Findings
    private let evidence: DrillEvidence
    /// Of the look before the drill, too.
    let whole: Evidence

    init(_ drill: DrillEvidence, _ whole: Evidence, _ stage: DrillStage) {
        var part = whole
        part.observations = drill.observations.compactMap { observation in
            observation.id.unstaged(stage).map(observation.named)
        }
        part.unreachable = [:]
        part.instability = nil
        part.drills = nil
        findings = Findings(part)
        evidence = drill
        self.whole = whole
    }

    /// Where a resource was active, by the cluster as the node sees it that was not perturbed; nil where that was
    /// not seen.
    func placement(of resource: String, _ plan: DrillPlan) -> [String]? {
        let status = findings.statuses[plan.active.peer] ?? findings.statuses[plan.active]
        return status.map { $0.activeNodes(of: resource) }
    }

    /// The MAC address that answered for the virtual IP when the watching ended, by the grader's kernel.
    var answeringMAC: String? {
        guard let until = evidence.time(.watched) else { return nil }
        return evidence.trace?.neighbours.last { $0.at <= until }?.mac
    }

    /// Those of a node's interfaces; nil where they were not seen.
    func macAddresses(of role: MachineID) -> Set<String>? {
        findings.interfaces[role].map { Set($0.interfaces.compactMap { $0.macAddress?.description }) }
    }
}
