import GraderCore
import Pacemaker

/// Where a drill asks for the service, and what counts as being served.
extension ClusterDrill {
    /// The site is where a browser ends that asks for it, as in Q4: redirects are followed once, before anything is
    /// perturbed, and the page at their end is what is sampled, as far as they stay at the virtual IP.
    ///
    /// Rather the page than an answer of the same status and `Location` as before: a redirect is easily given by a server
    /// whose site is not there, and the text that the roster asks for is on the page. What the roster accepts (`accept:`)
    /// ends the following. A site that sends its visitors to a node's own address or another host would not show the
    /// failover of the virtual IP: no drill is begun.
    func target(
        _ address: IPAddress, _ findings: Findings, hasWeb: Bool, _ userAgent: String
    ) throws(DrillRefusal) -> SamplingTarget {
        var request = Self.request(address, findings.lab.web, userAgent)
        if hasWeb, let redirects = Redirects(from: WebProbe.Target.vip.id, findings), !redirects.hops.isEmpty
        {
            switch redirects.end {
            case .elsewhere, .inCircles: throw .sentElsewhere(redirects.way)
            // As it was asked for: whether that is served the baseline says.
            case .unseen: break
            case nil:
                request = redirects.exchange.request
                request.userAgent = userAgent
            }
        }
        return SamplingTarget(
            address: address.description, port: request.port, request: hasWeb ? request : nil,
            acceptedStatuses: findings.lab.web.acceptedStatuses)
    }

    /// The web server that the cluster runs, the one of the sheet first.
    static func web(
        _ findings: Findings, _ configuration: ClusterConfiguration
    ) -> ClusterConfiguration.Primitive? {
        findings.webResource.found.flatMap { configuration.primitive($0.id) }
            ?? configuration.primitives.first { configuration.isWebServer($0, findings.lab.web.server) }
    }

    private static func request(_ address: IPAddress, _ web: WebFacts, _ userAgent: String)
        -> HTTPProbeRequest
    {
        HTTPProbeRequest(
            address: address.description, port: web.port, tls: web.scheme == .https,
            host: web.host ?? address.description, target: web.path, userAgent: userAgent)
    }

    func followUp(_ looked: Evidence) -> [Probe] {
        let findings = Findings(looked)
        guard let address = findings.virtualIP.found?.address,
            let configuration = findings.configurations.first?.configuration,
            Self.web(findings, configuration) != nil
        else { return [] }
        guard let redirects = Redirects(from: WebProbe.Target.vip.id, findings) else {
            return [
                WebProbe.probe(
                    WebProbe.Target.vip.id, Self.request(address, findings.lab.web, "bascule-drill"))
            ]
        }
        if let next = redirects.next { return [next] }
        // A name of the site's whose address nobody has asked for yet.
        if case .unseen = redirects.end, let dns = findings.lab.dns {
            return NameProbe.probes(dns, vip: address)
        }
        return []
    }
}
