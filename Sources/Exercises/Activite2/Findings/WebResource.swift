import GraderCore
import LinuxFacts
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
    /// The primitive that runs the roster's kind of web server: one that is tied to the virtual IP, or else one
    /// that runs, or else one that nobody has stopped, or else the first. Leftovers of earlier tries are passed over
    /// wherever there is a better one.
    var webResource: Lookup<FoundWebResource> {
        guard !configurations.isEmpty else { return .unknown }
        guard let best = webResources.first(where: { !isDenied($0.id) }) else { return .absent }
        return .found(best)
    }

    /// One that a source claims and a CIB denies, where there is no other.
    var contestedWebResource: FoundWebResource? {
        webResource.found == nil ? webResources.first : nil
    }

    func findWebResources() -> [FoundWebResource] {
        let vip = virtualIP.found?.id
        var candidates: [(rank: CandidateRank, value: FoundWebResource)] = []
        for source in configurations {
            let configuration = source.configuration
            for primitive in configuration.primitives
            where configuration.isWebServer(primitive, lab.web.server) {
                let isTied = vip.map { configuration.runTogether(primitive.id, $0) } ?? false
                let group = configuration.groups.first { $0.members.contains(primitive.id) }?.id
                let rank = CandidateRank(
                    claim: isTied ? 0 : 1, isActive: isActiveSomewhere(primitive.id), isTied: group != nil,
                    isStopped: configuration.isStopped(primitive.id))
                candidates.append(
                    (
                        rank,
                        FoundWebResource(
                            id: primitive.id, agent: configuration.agent(of: primitive), group: group)
                    ))
            }
        }
        return CandidateRank.sorted(candidates)
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
