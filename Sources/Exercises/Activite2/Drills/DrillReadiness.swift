import GraderCore
import LinuxFacts
import Pacemaker

/// Whether a pair may be perturbed: both nodes in, everything running, nothing failed, nothing of the student's
/// that a drill would erase.
struct DrillReadiness {
    /// What a plan rests on.
    struct Ready {
        var active: MachineID
        var vip: FoundVirtualIP
        var address: IPAddress
        /// By the active node's CIB.
        var configuration: ClusterConfiguration
    }

    let findings: Findings

    init(_ findings: Findings) { self.findings = findings }

    /// - Throws: the first reason against.
    func check(_ drill: ClusterDrill) throws(DrillRefusal) -> Ready {
        for role in MachineID.pair {
            if let failure = findings.evidence.unreachable[role] {
                throw DrillRefusal.unreachable(role, failure)
            }
        }
        let vip: FoundVirtualIP
        switch findings.virtualIP {
        case .found(let found): vip = found
        case .absent: throw DrillRefusal.noVirtualIP
        case .unknown: throw DrillRefusal.unreadable
        }
        guard let address = vip.address else { throw DrillRefusal.noVirtualIP }
        try checkNodes()
        let active = try holder(of: address, vip.id)
        guard let cib = findings.cibs[active], findings.cibs[active.peer] != nil else {
            throw DrillRefusal.unreadable
        }
        guard cib.configuration.isManaged(vip.id) else { throw DrillRefusal.unmanaged(vip.id) }
        try checkHistory(drill, active)
        if drill.takesNodeDown { try checkReturn(active) }
        return Ready(active: active, vip: vip, address: address, configuration: cib.configuration)
    }

    private func checkNodes() throws(DrillRefusal) {
        for seer in MachineID.pair {
            guard let status = findings.statuses[seer] else { throw DrillRefusal.unreadable }
            for role in MachineID.pair {
                // A step of the drill names the node to the cluster.
                guard let name = findings.names[role] else {
                    throw DrillRefusal.notOnline(findings.label(role))
                }
                guard let node = status.node(name), node.isOnline, !node.isPending, !node.isUnclean else {
                    throw DrillRefusal.notOnline(name)
                }
                if node.isStandby || node.isStandbyOnFail { throw DrillRefusal.onStandby(name) }
                if node.isInMaintenance { throw DrillRefusal.inMaintenance(name) }
            }
        }
    }

    /// The one node that has the address, by its own interfaces and by the cluster.
    private func holder(of address: IPAddress, _ resource: String) throws(DrillRefusal) -> MachineID {
        guard findings.interfaces.count == MachineID.pair.count else { throw DrillRefusal.unreadable }
        let holders = findings.holders(of: address)
        guard let holder = holders.first else { throw DrillRefusal.nowhere(address) }
        guard holders.count == 1 else { throw DrillRefusal.onBoth(address) }
        let active = findings.statuses[holder]?.activeNodes(of: resource) ?? []
        guard active.isOnlyNode(findings.label(holder)) else {
            throw DrillRefusal.notWhereTheClusterSays(address)
        }
        return holder
    }

    private func checkHistory(_ drill: ClusterDrill, _ active: MachineID) throws(DrillRefusal) {
        for cib in findings.cibs.values {
            for state in cib.nodeStates {
                if let count = state.failCounts.first(where: { $0.count != .zero }) {
                    throw DrillRefusal.failed(count.resource, state.name)
                }
                if let failed = state.operations.first(where: \.hasFailed) {
                    throw DrillRefusal.failed(failed.resource, state.name)
                }
                if let pending = state.operations.first(where: { $0.isPending && $0.interval == .zero }) {
                    throw DrillRefusal.acting(pending.resource)
                }
                // What a drill would take away with its own: a reboot takes all of them.
                let own = state.transientAttributes.keys.sorted().first { name in
                    name == "standby"
                        || (drill.takesNodeDown && state.name.isSameNode(as: findings.label(active))
                            && !name.hasPrefix("#") && !["shutdown", "probe_complete"].contains(name))
                }
                if let own { throw DrillRefusal.attribute(own, state.name) }
            }
        }
    }

    /// What has to come back by itself when the node does.
    private func checkReturn(_ active: MachineID) throws(DrillRefusal) {
        let facts = findings.evidence.drillFacts(active)
        for unit in ["corosync", "pacemaker", "ssh"] {
            guard let state = facts["enabled.\(unit)"], !state.isEmpty else { throw DrillRefusal.unreadable }
            if state != "enabled" { throw DrillRefusal.notAtBoot(unit, findings.label(active)) }
        }
        if facts["leased"] == "yes" { throw DrillRefusal.leased(findings.label(active)) }
    }
}
