import GraderCore
import Pacemaker

extension Findings {
    /// The cluster's name for each node, spelt as the cluster spells it; absent where it cannot be told.
    ///
    /// `crm_node -n` says it where the cluster runs. A host name is the node's name only where the cluster lists it
    /// (`nodelist { name: … }` of corosync.conf(5) may give others); a name that is left over is the node's that has
    /// none. Where no name of the cluster is known at all, the host name is all there is, and nothing to compare it
    /// with.
    /// - Parameter listed: the members that a CIB or `crm_mon` names.
    static func clusterNames(_ evidence: Evidence, listed: [String]) -> [MachineID: String] {
        let hosts = hostNames(evidence)
        var names: [MachineID: String] = [:]
        for role in MachineID.pair {
            guard let said = word(ClusterProbe.nodeName, evidence, role) else { continue }
            names[role] = listed.first { $0.isSameNode(as: said) } ?? said
        }
        if listed.isEmpty { return names.merging(hosts) { said, _ in said } }
        // A cloned machine has its twin's host name, which then says nothing.
        let areTwins = MachineID.pair.allSatisfy { role in
            hosts[role].map { host in hosts[role.peer]?.isSameNode(as: host) ?? false } ?? false
        }
        for role in MachineID.pair where names[role] == nil && !areTwins {
            guard let host = hosts[role], let own = listed.first(where: { $0.isSameNode(as: host) }),
                names[role.peer]?.isSameNode(as: own) != true
            else { continue }
            names[role] = own
        }
        for role in MachineID.pair where names[role] == nil {
            guard let other = names[role.peer], listed.containsNode(other) else { continue }
            let left = listed.filter { !$0.isSameNode(as: other) }
            if left.count == 1 { names[role] = left.first }
        }
        return names
    }

    /// `uname -n` of each node.
    static func hostNames(_ evidence: Evidence) -> [MachineID: String] {
        MachineID.pair.reduce(into: [:]) { names, role in
            names[role] = word(ClusterProbe.hostName, evidence, role)
        }
    }

    private static func word(_ probe: String, _ evidence: Evidence, _ role: MachineID) -> String? {
        evidence.complete(probe, on: role)?.onlyWord.flatMap { $0.utf8.count <= 255 ? $0 : nil }
    }

    /// The full members of the cluster that any source names, each once.
    static func listedNodes(
        _ configurations: [ClusterConfiguration], _ statuses: [ClusterStatus]
    ) -> [String] {
        let configured = configurations.flatMap { $0.nodes.filter { $0.type == nil }.map(\.name) }
        let seen = statuses.flatMap { $0.nodes.filter { $0.type == nil || $0.type == "member" }.map(\.name) }
        return (configured + seen).uniqueNodes
    }
}
