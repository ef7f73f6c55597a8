import GraderCore
import LinuxFacts
import Pacemaker

extension DrillEvidence {
    /// Whether something other than the drill changed between the first look and the deciding one: the configuration,
    /// the boot of the node that the drill leaves alone, or the drill's own standby.
    var wasDisturbed: Bool {
        guard let plan else { return false }
        let peer = plan.active.peer
        if let before = bootID(of: peer, stage: .before), let then = bootID(of: peer, stage: .moved),
            before != then
        {
            return true
        }
        guard let before = snapshot(.before), let then = snapshot(.moved) else { return false }
        return before.configuration != then.configuration
            || (kind == .standby && then.transientAttributes["\(plan.name(plan.active)) standby"] != "on")
    }

    /// The cluster's CIB in a stage, by the node that the drill leaves alone where it was asked.
    private func snapshot(_ stage: DrillStage) -> ClusterSnapshot? {
        guard let plan,
            let cib = output(ClusterProbe.cib, on: plan.active.peer, stage: stage)
                ?? output(ClusterProbe.cib, on: plan.active, stage: stage)
        else { return nil }
        let snapshot = ClusterSnapshot(cib: cib, facts: [:])
        return snapshot.configuration == nil ? nil : snapshot
    }
}
