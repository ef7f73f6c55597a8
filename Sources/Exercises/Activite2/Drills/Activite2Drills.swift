import GraderCore
import LinuxFacts
import Pacemaker

/// The failovers of Q6 and Q10 (lab sheet, "Test du failover d'IP" and "Test de la solution"): the node put on
/// standby, shut down, or cut off; the web service stopped, and stopped so that it cannot be started again.
struct Activite2Drills: DrillPlanner {
    /// A drill ends after this whatever the student's own intervals say.
    static let longestFailover: Duration = .seconds(180)
    /// A machine that boots, a cluster that waits for its peers (`dc-deadtime` 20 s), a group that starts.
    static let longestReturn: Duration = .seconds(300)

    // The service's drills first: they need the student's own placement; those that take a node away last.
    let kinds: [DrillKind] = [.standby, .serviceStop, .serviceBroken, .shutdown, .powerLoss]

    func plan(
        _ kind: DrillKind, evidence: Evidence, hooks: PowerHooks, userAgent: String
    ) -> Result<DrillPlan, DrillRefusal> {
        do throws(DrillRefusal) {
            return .success(try makePlan(kind, Findings(evidence), hooks, userAgent))
        } catch {
            return .failure(error)
        }
    }

    func account(of drill: DrillEvidence) -> DrillAccount { DrillAccount(drill) }

    private func makePlan(
        _ kind: DrillKind, _ findings: Findings, _ hooks: PowerHooks, _ userAgent: String
    ) throws(DrillRefusal) -> DrillPlan {
        let ready = try DrillReadiness(findings).check(kind)
        let configuration = ready.configuration
        let web =
            findings.webResource.found.flatMap { configuration.primitive($0.id) }
            ?? configuration.primitives.first {
                configuration.isWebServer($0, findings.lab.web.server)
            }
        let group = configuration.groups.first { $0.members.contains(ready.vip.id) }
        var together = group?.members ?? [ready.vip.id]
        if let web, !together.contains(web.id) { together.append(web.id) }
        let resources = DrillResources(
            vip: ready.vip.id, web: web?.id, group: group?.id, together: together)

        var service: WebService?
        if kind.stopsService {
            guard let web else { throw DrillTexts.noWebResource }
            let running = findings.statuses[ready.active]?.activeNodes(of: web.id) ?? []
            guard running.isOnlyNode(findings.label(ready.active))
            else { throw DrillTexts.webElsewhere(web.id, findings.label(ready.active)) }
            // Nothing would start it again.
            guard configuration.isManaged(web.id) else { throw DrillTexts.unmanaged(web.id) }
            service = webService(web, configuration, findings)
        }
        return DrillPlan(
            kind: kind, active: ready.active, names: findings.names,
            target: target(ready.address, findings.lab.web, hasWeb: web != nil, userAgent),
            resources: resources, service: service,
            power: try power(kind, ready.active, hooks, student: findings.evidence.student),
            failoverBound: failoverBound(kind, configuration, resources),
            failbackBound: kind.takesNodeDown
                ? Self.longestReturn : actionsBound(configuration, resources) + .seconds(15))
    }

    private func target(
        _ address: IPAddress, _ web: WebFacts, hasWeb: Bool, _ userAgent: String
    ) -> SamplingTarget {
        let request = HTTPProbeRequest(
            address: address.description, port: web.port, tls: web.scheme == .https,
            host: web.host ?? address.description, target: web.path, userAgent: userAgent)
        return SamplingTarget(
            address: address.description, port: web.port, request: hasWeb ? request : nil,
            acceptedStatuses: web.acceptedStatuses)
    }

    private func webService(
        _ web: ClusterConfiguration.Primitive, _ configuration: ClusterConfiguration, _ findings: Findings
    ) -> WebService {
        let words = configuration.agent(of: web).split(separator: ":").map(String.init)
        let isUnitManaged = ["lsb", "systemd", "service"].contains(words.first ?? "")
        let server = findings.lab.web.server
        let named = words.last.map { $0.hasSuffix(".service") ? $0 : "\($0).service" }
        let usual = server == .apache ? "apache2.service" : "nginx.service"
        return WebService(
            unit: isUnitManaged ? named ?? usual : usual, isUnitManaged: isUnitManaged, server: server)
    }

    private func power(
        _ kind: DrillKind, _ active: MachineID, _ hooks: PowerHooks, student: String
    ) throws(DrillRefusal) -> PowerPlan? {
        let own = hooks.resolved(student: student, node: active.rawValue)
        switch kind {
        case .standby, .serviceStop, .serviceBroken: return nil
        case .shutdown:
            guard let on = own.powerOn else { return PowerPlan(down: .reboot, powerOn: nil) }
            return PowerPlan(down: .powerOff, powerOn: on)
        case .powerLoss:
            guard let on = own.powerOn, let loss = own.powerLoss else { throw DrillTexts.noPowerHooks }
            return PowerPlan(down: .hook(loss), powerOn: on)
        }
    }

    // MARK: bounds

    /// Stopping and starting everything once, by its own time-outs; at least 20 s, at most 60.
    private func actionsBound(_ configuration: ClusterConfiguration, _ resources: DrillResources) -> Duration
    {
        let actions = resources.together.compactMap { id in configuration.primitives.first { $0.id == id } }
            .reduce(Duration.zero) { sum, primitive in
                sum + configuration.effectiveTimeout(of: "stop", primitive: primitive)
                    + configuration.effectiveTimeout(of: "start", primitive: primitive)
            }
        return min(max(actions, .seconds(20)), .seconds(60))
    }

    private func failoverBound(
        _ kind: DrillKind, _ configuration: ClusterConfiguration, _ resources: DrillResources
    ) -> Duration {
        let actions = actionsBound(configuration, resources)
        guard kind.stopsService, let web = configuration.primitives.first(where: { $0.id == resources.web })
        else { return actions }
        // Without a monitor nobody notices; two minutes of nothing show that.
        guard
            let monitor = configuration.recurringMonitors(of: web).max(by: {
                $0.interval ?? .zero < $1.interval ?? .zero
            })
        else { return .seconds(60) }
        let notice =
            (monitor.interval ?? .zero) + min(configuration.effectiveTimeout(of: monitor), .seconds(20))
        return min(notice + actions, Self.longestFailover)
    }
}
