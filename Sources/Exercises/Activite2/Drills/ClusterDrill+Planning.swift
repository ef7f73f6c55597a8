import GraderCore
import Pacemaker

extension ClusterDrill {
    /// A drill ends after this whatever the student's own intervals say.
    static let longestFailover: Duration = .seconds(180)
    /// A machine that boots, a cluster that waits for its peers (`dc-deadtime` 20 s), a group that starts.
    static let longestReturn: Duration = .seconds(300)

    func plan(
        _ looked: Evidence, hooks: PowerHooks, userAgent: String
    ) -> Result<DrillPlan, DrillRefusal> {
        Result { () throws(DrillRefusal) in try makePlan(Findings(looked), hooks, userAgent) }
    }

    private func makePlan(
        _ findings: Findings, _ hooks: PowerHooks, _ userAgent: String
    ) throws(DrillRefusal) -> DrillPlan {
        let ready = try DrillReadiness(self, findings)
        let configuration = ready.configuration
        let web = Self.web(findings, configuration)
        let group = configuration.groups.first { $0.members.contains(ready.vip.id) }
        var together = group?.members ?? [ready.vip.id]
        if let web, !together.contains(web.id) { together.append(web.id) }
        let resources = DrillResources(
            vip: ready.vip.id, web: web?.id, group: group?.id, together: together)

        var service: WebService?
        if stopsService {
            guard let web else { throw DrillRefusal.noWebResource }
            let running = findings.statuses[ready.active]?.activeNodes(of: web.id) ?? []
            guard running.isOnlyNode(findings.label(ready.active))
            else { throw DrillRefusal.webElsewhere(web.id, findings.label(ready.active)) }
            // Nothing would start it again.
            guard configuration.isManaged(web.id) else { throw DrillRefusal.unmanaged(web.id) }
            service = webService(web, configuration, findings)
        }
        let scene = Scene(
            active: ready.active, name: findings.label(ready.active), resources: resources, service: service,
            homes: findings.statuses[ready.active].map {
                Homes($0, configuration, concerned: stopsService ? resources.together : nil)
            }, soundUnits: soundUnits(findings),
            peerLeads: MachineID.pair.reduce(into: [:]) { $0[$1] = findings.peerLead(over: $1) },
            hooks: hooks.resolved(student: findings.evidence.student, node: ready.active.rawValue))
        let change = try change(scene)
        return DrillPlan(
            kind: kind, active: ready.active, witness: ready.active.peer, names: findings.names,
            target: try target(ready.address, findings, hasWeb: web != nil, userAgent),
            subjects: resources.subjects, steps: change.steps,
            undo: GivingBack.undo(change, scene, names: findings.names), goesDown: takesNodeDown,
            powerOn: change.powerOn, failoverBound: failoverBound(configuration, resources),
            failbackBound: takesNodeDown
                ? Self.longestReturn : actionsBound(configuration, resources) + .seconds(15))
    }

    /// Where a machine was not asked for its unit's state, that is not given back either.
    private func soundUnits(_ findings: Findings) -> [MachineID: String] {
        MachineID.pair.reduce(into: [:]) { units, role in
            let facts = findings.evidence.drillFacts(role)
            if facts["units"] == "asked", !facts.keys.contains(where: { $0.hasPrefix(DrillFacts.failed) }) {
                units[role] = "\(findings.lab.web.server.unit).service"
            }
        }
    }

    private func webService(
        _ web: ClusterConfiguration.Primitive, _ configuration: ClusterConfiguration, _ findings: Findings
    ) -> WebService {
        let words = configuration.agent(of: web).split(separator: ":").map(String.init)
        let isUnitManaged = ["lsb", "systemd", "service"].contains(words.first ?? "")
        let server = findings.lab.web.server
        let named = words.last.map { $0.hasSuffix(".service") ? $0 : "\($0).service" }
        let usual = "\(server.unit).service"
        return WebService(
            unit: isUnitManaged ? named ?? usual : usual, isUnitManaged: isUnitManaged, server: server)
    }

    // MARK: bounds

    /// Stopping and starting everything once, by its own time-outs; at least 20 s, at most 60.
    private func actionsBound(_ configuration: ClusterConfiguration, _ resources: DrillResources) -> Duration
    {
        let actions = resources.together.compactMap { configuration.primitive($0) }
            .flatMap { primitive in
                ["stop", "start"].map { configuration.effectiveTimeout(of: $0, primitive: primitive) }
            }
        return min(max(actions.sum(eachAtMost: .seconds(60)), .seconds(20)), .seconds(60))
    }

    private func failoverBound(
        _ configuration: ClusterConfiguration, _ resources: DrillResources
    ) -> Duration {
        let actions = actionsBound(configuration, resources)
        guard stopsService, let web = resources.web.flatMap({ configuration.primitive($0) }) else {
            return actions
        }
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
