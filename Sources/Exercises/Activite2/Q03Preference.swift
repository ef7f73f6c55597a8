import Foundation
import GraderCore
import LinuxFacts
import Pacemaker

/// Q3. Move the resource to the primary node if it is not there, verify that it runs there and that this node is
/// preferred.
///
/// Any form that has the effect counts: `crm resource move` (`cli-prefer-…`), a location with a score, a rule, on
/// the resource or on its group. `move` writes nothing where the resource already is: a part of the points is the
/// rubric's to give. Leftover bans and a forgotten standby undo the work. Source: lab sheet, Q3 and document 1,
/// second step.
struct Q03Preference: QuestionModule {
    let id = QuestionID("Q3")
    let checks = [Q3.preference, Q3.onPrimary, Q3.noBan, Q3.noStandby]
    let parameters = [ParameterDefinition("fraction-without-constraint", .number)]

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] { [] }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        switch findings.virtualIP {
        case .unknown:
            return checks.map {
                $0.result(
                    .notAssessed(.noEvidence), expected: Q3.expected[$0.id] ?? .none,
                    found: .noConfiguration)
            }
        case .absent:
            return checks.map {
                $0.result(
                    .blocked(by: Q1.primitive.id), expected: Q3.expected[$0.id] ?? .none,
                    found: .noVirtualIP)
            }
        case .found(let vip):
            let fraction = parameters.number("fraction-without-constraint") ?? 0.5
            let preference = preference(findings, vip, fractionWithout: fraction)
            // Nobody has earned anything by leaving nothing behind where there was nothing to leave.
            let leftovers = [noBan(findings, vip), noStandby(findings)].map { result in
                var result = result
                switch (preference.verdict, result.verdict) {
                case (.notMet, .met): result.verdict = .blocked(by: Q3.preference.id)
                case (.notAssessed, .met): result.verdict = preference.verdict
                default: break
                }
                return result
            }
            let place = onPrimary(findings, vip, isPreferred: preference.verdict == .met)
            return [preference, place.unlessSilent(findings, vip.address)] + leftovers
        }
    }

    private func preference(
        _ findings: Findings, _ vip: FoundVirtualIP, fractionWithout: Double
    ) -> CheckResult {
        let expected = Q3.expected[Q3.preference.id] ?? .none
        guard let primary = findings.names[.serv1],
            let secondary = findings.names[.serv2]
        else {
            return Q3.preference.result(
                .notAssessed(.noEvidence), expected: expected, found: Q3.namesUnknown)
        }
        var isUnconstrained = true
        let outcome = findings.fact { configuration in
            let said = configuration.standing(for: vip.id, at: findings.evidence.startedAt)
            if !said.isEmpty { isUnconstrained = false }
            // Bans are the business of another check, and of that alone.
            func score(_ node: String) -> Score {
                said.filter { $0.node.isSameNode(as: node) && $0.score != .minusInfinity }
                    .reduce(.zero) { $0 + $1.score }
            }
            let (here, there) = (score(primary), score(secondary))
            let isPreferred = here > there
            return FactReading(isPreferred, Q3.scores(vip.id, primary, here, secondary, there))
        }
        let isOnPrimary = findings.statuses.values.contains {
            $0.activeNodes(of: vip.id).isOnlyNode(primary)
        }
        if outcome.verdict == .notMet, isUnconstrained, fractionWithout > 0 {
            // A part of the points hangs on where the address is.
            if !isOnPrimary, let unseen = findings.unseenStatus {
                return Q3.preference.result(.notAssessed(.noEvidence), expected: expected, found: unseen)
            }
            guard isOnPrimary else { return Q3.preference.result(outcome, expected: expected) }
            return Q3.preference.result(
                fractionWithout >= 1 ? .met : .partly(fractionWithout), expected: expected,
                found: Q3.noConstraint(vip.id, primary), sources: outcome.sources)
        }
        return Q3.preference.result(outcome, expected: expected)
    }

    private func onPrimary(
        _ findings: Findings, _ vip: FoundVirtualIP, isPreferred: Bool
    ) -> CheckResult {
        let expected = Q3.expected[Q3.onPrimary.id] ?? .none
        guard let primary = findings.names[.serv1] else {
            return Q3.onPrimary.result(
                .notAssessed(.noEvidence), expected: expected, found: Q3.namesUnknown)
        }
        let said = Set(findings.statuses.values.flatMap { $0.activeNodes(of: vip.id) })
        if let unseen = findings.unseenStatus {
            return Q3.onPrimary.result(.notAssessed(.noEvidence), expected: expected, found: unseen)
        }
        let sources = findings.statuses.keys.sorted().map { ProbeID($0, ClusterProbe.status) }
        var verdict: Verdict =
            said.isOnlyNode(primary) && !findings.viewsDiffer(on: vip.id)
            ? .met
            : said.isEmpty
                ? findings.liveVerdict(.blocked(by: Q1.running.id), of: vip.id) : .notMet
        if verdict == .notMet {
            // What keeps it away is lost once, where it is.
            if said.containsNode(primary) { verdict = .blocked(by: Q2.oneNode.id) }
            if isPreferred, let fault = findings.fault(keeping: vip.id, off: primary) {
                verdict = .blocked(by: fault)
            }
            if noBan(findings, vip).verdict == .notMet { verdict = .blocked(by: Q3.noBan.id) }
            if nodesInStandby(findings).containsNode(primary) { verdict = .blocked(by: Q3.noStandby.id) }
        }
        return Q3.onPrimary.result(
            verdict, expected: expected, found: Q2.startedOn(vip.id, said.sorted()), sources: sources)
    }

    /// A constraint that keeps the address off one of the nodes, for ever or until a date still to come.
    private func noBan(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        // The pair's own nodes, reached or not; what is said of a node that there never was keeps nothing off.
        let ghosts = findings.ghostNodes
        let members = findings.configurations.flatMap { $0.configuration.nodes.map(\.name) }
        let nodes = findings.names.values + members.filter { !ghosts.containsNode($0) }
        let outcome = findings.fact { configuration in
            let bans = configuration.standing(for: vip.id, at: findings.evidence.startedAt)
                .filter { $0.score == .minusInfinity && nodes.containsNode($0.node) }
            return FactReading(bans.isEmpty, bans.isEmpty ? Q3.noBanFound : Q3.banned(bans))
        }
        return Q3.noBan.result(outcome, expected: Q3.expected[Q3.noBan.id] ?? .none)
    }

    /// Standby in both forms: the permanent attribute and the one until the next reboot, which no
    /// `crm configure show` prints.
    private func nodesInStandby(_ findings: Findings) -> [String] {
        let fromCIBs = findings.configurations.filter(\.isCIB)
        let deciding = fromCIBs.isEmpty ? findings.configurations : fromCIBs
        let permanent = deciding.flatMap { $0.configuration.nodesInStandby }
        let transient = findings.cibs.values.flatMap { cib in
            cib.nodeStates.filter { $0.transientStandby ?? false }.map(\.name)
        }
        let said = findings.statuses.values.flatMap { $0.nodes.filter(\.isStandby).map(\.name) }
        return Set(permanent + transient + said).sorted()
    }

    private func noStandby(_ findings: Findings) -> CheckResult {
        let expected = Q3.expected[Q3.noStandby.id] ?? .none
        let nodes = nodesInStandby(findings)
        let sources = findings.configurations.map(\.probe)
        guard nodes.isEmpty else {
            return Q3.noStandby.result(
                .notMet, expected: expected, found: Q3.inStandby(nodes), sources: sources)
        }
        guard !findings.cibs.isEmpty || !findings.statuses.isEmpty else {
            return Q3.noStandby.result(.notAssessed(.noEvidence), expected: expected, found: .noStatus)
        }
        // An older file, or what is printed for people: it convicts nobody, and is not passed over in silence.
        let permanent = findings.fact { configuration in
            let nodes = configuration.nodesInStandby
            return FactReading(nodes.isEmpty, nodes.isEmpty ? Q3.noneInStandby : Q3.inStandby(nodes))
        }
        if permanent.verdict == .notAssessed(.contradiction) {
            return Q3.noStandby.result(permanent, expected: expected)
        }
        return Q3.noStandby.result(.met, expected: expected, found: Q3.noneInStandby, sources: sources)
    }
}

extension Findings {
    /// The health check that says why the primary cannot have the resource: it is not in the cluster, or the
    /// resource, or one that is tied to it, failed there and was not cleaned up.
    fileprivate func fault(keeping resource: String, off primary: String) -> CheckID? {
        let isOnline = statuses.values.contains { $0.node(primary)?.isOnline ?? false }
        if !isOnline { return H0.nodesOnline.id }
        guard let configuration = configurations.first?.configuration else { return nil }
        let failed = statuses.values.flatMap { status in
            status.failures.filter { $0.node.isSameNode(as: primary) }.map(\.resource)
        }
        let isHeld = failed.contains { $0 == resource || configuration.runTogether($0, resource) }
        return isHeld ? H0.noFailures.id : nil
    }
}

extension ClusterConfiguration {
    /// The nodes with the permanent attribute.
    fileprivate var nodesInStandby: [String] { nodes.filter { $0.standby ?? false }.map(\.name) }

    /// The location preferences that hold at that time, or of which it cannot be told, for the resource and
    /// whatever shares its group.
    fileprivate func standing(for resource: String, at time: Date) -> [LocationPreference] {
        locationScores(for: resource, at: time).filter {
            $0.applies != false && $0.role != "Master" && $0.role != "Promoted"
        }
    }
}
