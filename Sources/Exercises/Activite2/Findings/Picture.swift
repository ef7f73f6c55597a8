import GraderCore
import LinuxFacts
import Pacemaker

extension Findings {
    /// The pair as it was found, for the drawing at the head of the report.
    var picture: PairPicture {
        let vip = virtualIP.found?.address
        return PairPicture(
            nodes: MachineID.pair.map { node($0, vip: vip) },
            vip: vip?.description ?? lab.vip,
            configuration: shown.flatMap { shown in
                evidence.complete(ClusterProbe.crmShow, on: shown.node)?.text
            })
    }

    private func node(_ role: MachineID, vip: IPAddress?) -> PairPicture.Node {
        let name = names[role]
        // A node's own view of itself first; where it is down, its peer's.
        let view = statuses[role] ?? statuses[role.peer]
        let state = name.flatMap { view?.node($0) }
        var resources: [String] = []
        if let name, let view {
            for resource in view.resources where resource.isActive && resource.nodes.containsNode(name) {
                if !resources.contains(resource.id) { resources.append(resource.id) }
            }
        }
        let software = (evidence.complete(ClusterProbe.packages, on: role)?.text ?? "")
            .split(separator: "\n").filter { line in
                ClusterProbe.packageNames.contains { line.hasPrefix($0 + " ") }
            }.prefix(8).map(String.init)
        return PairPicture.Node(
            role: role, name: name ?? hostNames[role], address: lab.addresses[role] ?? "",
            reached: evidence.unreachable[role] == nil, online: state?.isOnline, standby: state?.isStandby,
            holdsVIP: vip.flatMap { vip in interfaces[role].map { $0.holder(of: vip) != nil } },
            resources: resources, software: software)
    }
}
