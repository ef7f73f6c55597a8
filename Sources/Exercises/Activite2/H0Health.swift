import GraderCore
import LinuxFacts
import Pacemaker

/// H0. The health of the cluster under all questions: what the sheet before this one leaves behind, and what a
/// working pair needs whatever was configured.
///
/// Named first in the report, worth at most what the rubric's `prerequisites` section says (nothing by default:
/// advice). A question's live points that a fault of here prevents are `blocked` by it and left for the teacher to
/// decide; they are not lost a second time.
struct H0Health: QuestionModule {
    let id = QuestionID.prerequisites
    let checks = [
        H0.nodesOnline, H0.quorum, H0.fencing, H0.managed, H0.noFailures, H0.valid, H0.noGhost, H0.noClone,
        H0.boot, H0.interface, H0.agents, H0.webConfiguration, H0.site,
    ]
    let parameters: [ParameterDefinition] = []

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] {
        guard stage == .nodes else { return [] }
        return HealthProbe.all(findings)
    }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        [
            nodesOnline(findings), quorum(findings), fencing(findings), managed(findings),
            noFailures(findings), valid(findings), noGhost(findings), noClone(findings),
        ] + H0Machines.judge(findings)
    }

    private func nodesOnline(_ findings: Findings) -> CheckResult {
        if let unseen = findings.unseenStatus { return H0.nodesOnline.unseen(unseen) }
        let sources = findings.statusSources
        // Guests that were once configured and never came are the ghost check's business.
        let ghosts = findings.ghostNodes
        let away = Set(
            findings.statuses.values.flatMap { status in
                status.nodes.filter { !$0.isOnline && !ghosts.containsNode($0.name) }.map(\.name)
            }
        ).sorted()
        // Two halves, each of which sees the other as gone.
        let isSplit =
            findings.statuses.count == MachineID.pair.count
            && findings.statuses.allSatisfy { role, status in
                guard let own = findings.names[role], let other = findings.names[role.peer] else {
                    return false
                }
                return status.node(own)?.isOnline == true && status.node(other)?.isOnline == false
            }
        if isSplit { return H0.nodesOnline.judged(.notMet, H0.eachSeesItselfAlone, sources) }
        if !away.isEmpty {
            return H0.nodesOnline.judged(.notMet, H0.offline(away), sources)
        }
        let count = findings.statuses.values.map { $0.nodes.count { $0.isOnline } }.min() ?? 0
        let names = Set(findings.statuses.values.flatMap { $0.nodes.filter(\.isOnline).map(\.name) }).sorted()
        return H0.nodesOnline.judged(count >= 2 ? .met : .notMet, H0.online(names), sources)
    }

    private func quorum(_ findings: Findings) -> CheckResult {
        if let unseen = findings.unseenStatus { return H0.quorum.unseen(unseen) }
        let said = findings.statuses.values.compactMap(\.hasQuorum)
        guard !said.isEmpty else { return H0.quorum.unseen(.noStatus) }
        let holds = said.allSatisfy { $0 }
        return H0.quorum.judged(
            holds ? .met : .notMet, holds ? H0.withQuorum : H0.withoutQuorum, findings.statusSources)
    }

    private func fencing(_ findings: Findings) -> CheckResult {
        let outcome = findings.fact { configuration in
            switch configuration.fencingState {
            case .off: FactReading(true, LocalizedText(verbatim: "stonith-enabled=false"))
            case .device(let id): FactReading(true, H0.fencingDevice(id))
            case .onWithoutDevice: FactReading(false, H0.fencingOn)
            }
        }
        return H0.fencing.result(outcome, expected: H0.expected(H0.fencing))
    }

    /// Neither the cluster nor the exercise's resources are out of the cluster's hands.
    private func managed(_ findings: Findings) -> CheckResult {
        let resources = [findings.virtualIP.found?.id, findings.webResource.found?.id].compactMap(\.self)
        let outcome = findings.fact { configuration in
            if configuration.properties["maintenance-mode"].flatMap({ ClusterBoolean.parse($0) }) == true {
                return FactReading(false, H0.maintenanceMode)
            }
            if let node = configuration.nodes.first(where: { $0.maintenance ?? false }) {
                return FactReading(false, H0.nodeInMaintenance(node.name))
            }
            if let resource = resources.first(where: { !configuration.isManaged($0) }) {
                return FactReading(false, H0.unmanaged(resource))
            }
            return FactReading(true, H0.everythingManaged)
        }
        return H0.managed.result(outcome, expected: H0.expected(H0.managed))
    }

    private func noFailures(_ findings: Findings) -> CheckResult {
        if let unseen = findings.unseenStatus { return H0.noFailures.unseen(unseen) }
        var lines: [LocalizedText] = []
        for status in findings.statuses.values {
            for failure in status.failures where !Self.isMissingAgent(failure) {
                let line = Self.sentence(failure)
                if !lines.contains(line) { lines.append(line) }
            }
        }
        lines.sort { $0.en < $1.en }
        return H0.noFailures.judged(
            lines.isEmpty ? .met : .notMet,
            lines.isEmpty ? H0.noFailure : H0.list(Array(lines.prefix(4))),
            findings.statusSources)
    }

    /// `the action start of serviceWeb failed on serv1: …`
    private static func sentence(_ failure: ClusterStatus.Failure) -> LocalizedText {
        // The key is `<resource>_<action>_<interval in ms>`; crm_mon names the action apart in its newer forms only.
        let action = failure.operationKey.dropFirst(failure.resource.count + 1).prefix { $0 != "_" }
        // Pacemaker 2.1 escapes the agent's words twice.
        let reason = [("&apos;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
            .reduce(failure.exitReason ?? failure.exitStatus ?? failure.status ?? "") {
                $0.replacing($1.0, with: $1.1)
            }
        return H0.failed(
            action.isEmpty ? failure.operationKey : String(action), failure.resource, failure.node, reason)
    }

    /// A probe that found no agent (rc 5): Pacemaker 2.0 lists it among the failures, later ones do not, and what is
    /// missing has a check of its own, `H0.agents`.
    private static func isMissingAgent(_ failure: ClusterStatus.Failure) -> Bool {
        failure.exitCode == 5 && failure.operationKey.hasSuffix("_monitor_0")
    }

    /// What `crm_verify` says of the live CIB. It complains of fencing too, which has a check of its own.
    private func valid(_ findings: Findings) -> CheckResult {
        for role in findings.reached {
            guard let result = findings.evidence.result(of: HealthProbe.verify, on: role) else { continue }
            let source = [ProbeID(role, HealthProbe.verify)]
            let said = result.standardError.text + "\n" + result.standardOutput.text
            // Without a cluster there is nothing to verify, which it complains of too.
            guard let isValid = HealthProbe.isValid(result.ending, said), findings.cibs[role] != nil else {
                continue
            }
            if isValid { return H0.valid.judged(.met, H0.isValid, source) }
            let lines = said.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " || $0 == "\t" } }
                .filter { !$0.isEmpty }.prefix(3).joined(separator: " ; ")
            let found = LocalizedText(verbatim: String(lines.prefix(400)))
            if findings.isHeldByFencing(nil) {
                return H0.valid.judged(.blocked(by: H0.fencing.id), found, source)
            }
            return H0.valid.judged(.notMet, found, source)
        }
        return H0.valid.unseen(H0.notVerified)
    }

    private func noGhost(_ findings: Findings) -> CheckResult {
        guard !findings.configurations.isEmpty else { return H0.noGhost.unseen(.noConfiguration) }
        let ghosts = findings.ghostNodes
        let names = Set(findings.configurations.flatMap { $0.configuration.nodes.map(\.name) }).sorted()
        return H0.noGhost.judged(
            ghosts.isEmpty ? .met : .notMet, ghosts.isEmpty ? joined(names) : H0.ghosts(ghosts),
            findings.configurations.map(\.probe))
    }

    private func noClone(_ findings: Findings) -> CheckResult {
        let resources = [findings.virtualIP.found?.id, findings.webResource.found?.id].compactMap(\.self)
        let outcome = findings.fact { configuration in
            for resource in resources {
                let containers = Set(configuration.containers(of: resource))
                if let clone = configuration.clones.first(where: { containers.contains($0.id) }) {
                    return FactReading(false, H0.cloned(resource, clone.id))
                }
            }
            return FactReading(true, H0.notCloned)
        }
        return H0.noClone.result(outcome, expected: H0.expected(H0.noClone))
    }
}

extension Findings {
    var statusSources: [ProbeID] { statuses.keys.sorted().map { ProbeID($0, ClusterProbe.status) } }

    /// Members of the configuration that are neither of the pair's two machines, such as Debian's sample `node1`.
    var ghostNodes: [String] {
        let members = Set(
            configurations.flatMap { $0.configuration.nodes.filter { $0.type == nil }.map(\.name) })
        let known = Set(names.values)
        let others = members.filter { !known.containsNode($0) }.sorted()
        if known.count == MachineID.pair.count { return others }
        // A node's name is not known: one member more may be that one.
        let online = Set(statuses.values.flatMap { $0.nodes.filter(\.isOnline).map(\.name) })
        let suspects = others.filter { !online.containsNode($0) }
        return others.count <= 2 - known.count ? [] : suspects
    }

    /// The verdict on a live check, unless a fault of the cluster's foundations is why it is not met: then it is
    /// blocked by that.
    func liveVerdict(_ verdict: Verdict, of resource: String) -> Verdict {
        if isHeldByFencing(resource) { return .blocked(by: H0.fencing.id) }
        let isIdle = statuses.values.allSatisfy { $0.activeNodes(of: resource).isEmpty }
        if isIdle, isWithoutQuorum { return .blocked(by: H0.quorum.id) }
        return verdict
    }
}

extension CheckDefinition {
    func judged(_ verdict: Verdict, _ found: LocalizedText, _ sources: [ProbeID]) -> CheckResult {
        result(verdict, expected: H0.expected(self), found: found, sources: sources)
    }

    /// Nothing was brought back that would tell.
    func unseen(_ found: LocalizedText) -> CheckResult { judged(.notAssessed(.noEvidence), found, []) }
}
