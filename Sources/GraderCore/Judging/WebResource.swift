/// The web server's primitive as the pair's configuration has it.
public struct FoundWebResource: Sendable, Hashable {
    /// The resource's id; the student chose it.
    public var id: String
    /// `lsb:apache2`, `ocf:heartbeat:apache`, `systemd:apache2`, …
    public var agent: String
    /// The first group that holds it.
    public var group: String?
}

extension Findings {
    /// The primitive that runs the roster's kind of web server: one that is tied to the virtual IP, or else the
    /// first. Leftovers of earlier tries are passed over wherever there is a better one.
    public var webResource: Lookup<FoundWebResource> {
        guard !configurations.isEmpty else { return .unknown }
        let vip = virtualIP.found?.id
        var candidates: [(rank: Int, value: FoundWebResource)] = []
        for source in configurations {
            let configuration = source.configuration
            for primitive in configuration.primitives
            where configuration.isWebServer(primitive, evidence.lab.web.server) {
                let isTied = vip.map { configuration.runTogether(primitive.id, $0) } ?? false
                let group = configuration.groups.first { $0.members.contains(primitive.id) }?.id
                candidates.append(
                    (
                        isTied ? 0 : 1,
                        FoundWebResource(
                            id: primitive.id, agent: configuration.agent(of: primitive), group: group)
                    ))
            }
        }
        // Stable: the CIBs come first in `configurations`.
        guard let best = candidates.min(by: { $0.rank < $1.rank }) else { return .absent }
        return .found(best.value)
    }

    /// Names of the nodes where `crm_mon` says that the resource is active, as each node sees it; nil where the
    /// views differ, or there is none.
    public func agreedActiveNodes(of resource: String) -> Set<String>? {
        let views = Set(statuses.values.map { Set($0.activeNodes(of: resource)) })
        return views.count == 1 ? views.first : nil
    }
}
