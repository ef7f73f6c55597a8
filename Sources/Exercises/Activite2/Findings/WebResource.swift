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
}
