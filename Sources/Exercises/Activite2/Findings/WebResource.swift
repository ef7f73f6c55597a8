import GraderCore
import Pacemaker

/// The web server's primitive as the pair's configuration has it.
struct FoundWebResource: Sendable, Hashable {
    /// The resource's id; the student chose it.
    var id: String
    /// `lsb:apache2`, `ocf:heartbeat:apache`, `systemd:apache2`, …
    var agent: String
    /// The first group that holds it.
    var group: String?
}

extension Findings {
    /// The primitive that runs the roster's kind of web server: one that is tied to the virtual IP, or else the best.
    var webResource: Lookup<FoundWebResource> { best(webResources, id: \.id) }

    /// One that a source claims and a CIB denies, where there is no other.
    var contestedWebResource: FoundWebResource? {
        webResource.found == nil ? webResources.first : nil
    }

    func findWebResources() -> [FoundWebResource] {
        let vip = virtualIP.found?.id
        return ranked { configuration, primitive, group in
            guard configuration.isWebServer(primitive, lab.web.server) else { return nil }
            let isTied = vip.map { configuration.runTogether(primitive.id, $0) } ?? false
            let agent = configuration.agent(of: primitive)
            return (isTied ? 0 : 1, FoundWebResource(id: primitive.id, agent: agent, group: group))
        }
    }

    /// Where each node's `crm_mon` says that the resource is active, by the nodes' names.
    func views(of resource: String) -> [(node: String, active: [String])] {
        MachineID.pair.compactMap { role in
            statuses[role].map { (label(role), $0.activeNodes(of: resource).sorted()) }
        }
    }

    /// Whether the nodes do not see the resource in the same place.
    func viewsDiffer(on resource: String) -> Bool {
        Set(views(of: resource).map(\.active)).count > 1
    }

    /// Names of the nodes where `crm_mon` says that the resource is active, as each node sees it; nil where the
    /// views differ, or there is none.
    func agreedActiveNodes(of resource: String) -> Set<String>? {
        let views = Set(statuses.values.map { Set($0.activeNodes(of: resource)) })
        return views.count == 1 ? views.first : nil
    }
}
