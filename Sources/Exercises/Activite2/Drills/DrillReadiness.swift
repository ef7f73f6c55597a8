import GraderCore
import Pacemaker

/// What the plan of a drill rests on.
struct DrillReadiness {
    var active: MachineID
    var vip: FoundVirtualIP
    var address: IPAddress
    /// By the active node's CIB.
    var configuration: ClusterConfiguration

    /// Whether a pair may be perturbed: both nodes in, everything running, nothing failed, nothing of the student's
    /// that a drill would erase.
    /// - Throws: the first reason against.
    init(_ drill: ClusterDrill, _ findings: Findings) throws(DrillRefusal) {
        for role in MachineID.pair {
            if let failure = findings.evidence.unreachable[role] {
                throw DrillRefusal.unreachable(role, failure)
            }
        }
        switch findings.virtualIP {
        case .found(let found): vip = found
        case .absent: throw DrillRefusal.noVirtualIP
        case .unknown: throw DrillRefusal.unreadable
        }
        guard let address = vip.address else { throw DrillRefusal.noVirtualIP }
        self.address = address
        try findings.checkNodes()
        active = try findings.onlyHolder(of: address, vip.id)
        guard let cib = findings.cibs[active], findings.cibs[active.peer] != nil else {
            throw DrillRefusal.unreadable
        }
        guard cib.configuration.isManaged(vip.id) else { throw DrillRefusal.unmanaged(vip.id) }
        configuration = cib.configuration
        try findings.checkHistory(drill, active)
        if drill.takesNodeDown { try findings.checkReturn(active) }
    }
}

extension Findings {
    fileprivate func checkNodes() throws(DrillRefusal) {
        for seer in MachineID.pair {
            guard let status = statuses[seer] else { throw DrillRefusal.unreadable }
            for role in MachineID.pair {
                // A step of the drill names the node to the cluster.
                guard let name = names[role] else {
                    throw DrillRefusal.notOnline(label(role))
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
    fileprivate func onlyHolder(of address: IPAddress, _ resource: String) throws(DrillRefusal) -> MachineID {
        guard interfaces.count == MachineID.pair.count else { throw DrillRefusal.unreadable }
        let holders = holders(of: address)
        guard let holder = holders.first else { throw DrillRefusal.nowhere(address) }
        guard holders.count == 1 else { throw DrillRefusal.onBoth(address) }
        let active = agreedActiveNodes(of: resource) ?? []
        guard active.isOnlyNode(label(holder)) else {
            throw DrillRefusal.notWhereTheClusterSays(address)
        }
        return holder
    }

    fileprivate func checkHistory(_ drill: ClusterDrill, _ active: MachineID) throws(DrillRefusal) {
        for cib in cibs.values {
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
                        || (drill.takesNodeDown && state.name.isSameNode(as: label(active))
                            && !name.hasPrefix("#") && !["shutdown", "probe_complete"].contains(name))
                }
                if let own { throw DrillRefusal.attribute(own, state.name) }
            }
        }
    }

    /// What has to come back by itself when the node does.
    fileprivate func checkReturn(_ active: MachineID) throws(DrillRefusal) {
        let facts = evidence.drillFacts(active)
        for unit in ["corosync", "pacemaker", "ssh"] {
            guard let state = facts["enabled.\(unit)"], !state.isEmpty else { throw DrillRefusal.unreadable }
            if state != "enabled" { throw DrillRefusal.notAtBoot(unit, label(active)) }
        }
        if facts["leased"] == "yes" { throw DrillRefusal.leased(label(active)) }
    }
}
