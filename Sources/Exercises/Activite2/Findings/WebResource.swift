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
        // Of every primitive, in the order of ranking: what is tied is followed once for a configuration.
        var areTied = configurations.map(\.configuration).flatMap { configuration in
            let tied = vip.map { configuration.primitives(with: $0) } ?? []
            return configuration.primitives.map { tied.contains($0.id) }
        }.makeIterator()
        return ranked { configuration, primitive, group in
            let isTied = areTied.next() ?? false
            guard configuration.isWebServer(primitive, lab.web.server) else { return nil }
            let agent = configuration.agent(of: primitive)
            return (isTied ? 0 : 1, FoundWebResource(id: primitive.id, agent: agent, group: group))
        }
    }
}
