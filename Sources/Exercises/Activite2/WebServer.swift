import GraderCore

// Where the cluster runs the web server, and whether it does.
extension Findings {
    /// Whether the web service cannot start because the virtual IP, which it is tied to, runs nowhere.
    func waitsForAddress(_ web: FoundWebResource) -> Bool {
        guard let vip = virtualIP.found, agreedActiveNodes(of: vip.id) == [] else { return false }
        return agreed { $0.runTogether(web.id, vip.id) && $0.starts(vip.id, before: web.id) } ?? false
    }

    /// Whether the cluster has the web server in its hands and runs it nowhere, or somewhere where nothing listens; nil
    /// where that was not seen.
    var isWebServerDown: Bool? {
        guard let web = webResource.found else { return false }
        switch agreedActiveNodes(of: web.id)?.count {
        case nil: return nil
        case 0?: return true
        case 1?: return isListening(web).map { !$0 }
        default: return false
        }
    }

    /// Whether something listens on the site's port on the one node where the web server is started; nil where there is
    /// no such node, or its sockets could not be read.
    func isListening(_ web: FoundWebResource) -> Bool? {
        guard let names = agreedActiveNodes(of: web.id), names.count == 1, let name = names.first,
            let role = role(named: name), let sockets = WebPort.sockets(self, role)
        else { return nil }
        return sockets.sockets.contains { $0.port == lab.web.port }
    }

    /// The agents of the other primitives, for a student who created one that is not recognised.
    var otherPrimitives: [String] {
        var agents: [String] = []
        for configuration in configurations.map(\.configuration) {
            for primitive in configuration.primitives
            where !configuration.bringsUpAddress(primitive) && !isDenied(primitive.id) {
                let agent = "\(primitive.id) (\(configuration.agent(of: primitive)))"
                if !agents.contains(agent), agents.count < 6 { agents.append(agent) }
            }
        }
        return agents
    }
}
