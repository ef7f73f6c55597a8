import GraderCore
import LinuxFacts
import Pacemaker

/// What is asked of the cluster while a drill goes on, and how it is understood.
extension ClusterDrill {
    func inUse(_ looked: Evidence, quietTime: Duration, ownVersion: String?) -> DrillRefusal? {
        let findings = Findings(looked)
        let isOwnChange = ownVersion != nil && findings.cibs[.serv1]?.version?.name == ownVersion
        var ages: [Int] = []
        for role in MachineID.pair {
            let facts = findings.evidence.drillFacts(role)
            // Every answer has the node's time: without it, who is at work is not known.
            guard let now = facts["now"] else { return .unseen(findings.label(role)) }
            if facts["crm"] == "open" { return .crmOpen(findings.label(role)) }
            // bounded: of a text
            guard let now = Int(now), let written = facts["written"].flatMap({ Int($0) }) else {
                continue
            }
            // Of a clock that says anything: what cannot be taken from one another is far apart.
            let (age, overflow) = now.subtractingReportingOverflow(written)
            if !overflow { ages.append(age) }
        }
        guard !isOwnChange else { return nil }
        // One of the nodes wrote it, by its own clock and in its own time zone: to the other it may lie in the future.
        let age = ages.filter { $0 >= 0 }.min() ?? (ages.isEmpty ? nil : 0)
        if let age, Duration.seconds(age) < quietTime { return .changedRecently(seconds: age) }
        return nil
    }

    // MARK: looking

    /// The facts first and alone: among them is whether somebody runs `crm`, as the common probes do.
    func probes(_ stage: DrillStage, _ lab: LabValues) -> [[Probe]] {
        var wanted: Set<String> = [
            ClusterProbe.cib, ClusterProbe.status, ClusterProbe.nodeName, ClusterProbe.hostName,
            ClusterProbe.clock, ClusterProbe.addresses, ClusterProbe.addressText,
        ]
        // The nodes are busy, and what a drill asks of them delays it. Whether it may begin, and from what, takes more.
        if stage == .before { wanted.formUnion([ClusterProbe.crmShow, ClusterProbe.cibFile]) }
        let ids = Set(MachineID.pair.flatMap { role in wanted.map { ProbeID(role, $0) } })
        let nothing = Findings(
            Evidence(
                student: "", exercise: "", lab: lab, startedAt: .distantPast, finishedAt: .distantPast,
                collector: "", nonce: "", unreachable: [:], instability: nil, observations: []))
        let common = [ProbeStage.stamp, .nodes].flatMap { Activite2Probes.common($0, nothing) }
        let unit = nothing.lab.web.server.unit
        let facts = MachineID.pair.map {
            Probe(ProbeID($0, DrillProbe.facts), .command(node: $0, DrillFacts.command(unit: unit)))
        }
        return (stage == .moved ? [] : [facts]) + [common.filter { ids.contains($0.id) }]
    }

    var configuration: RemoteCommand {
        RemoteCommand(["cibadmin", "--query"], timeLimit: .seconds(10), outputLimit: 2 << 20)
    }

    func version(_ printed: Bytes) -> String? { CIBReader.read(printed.raw).version?.name }

    func version(_ observations: [Observation], stage: DrillStage) -> String? {
        MachineID.pair.lazy.compactMap { observations.output(ClusterProbe.cib, on: $0, stage: stage) }
            .first.flatMap(version)
    }

    // MARK: watching

    var status: RemoteCommand {
        RemoteCommand(
            ["sh", "-c", "crm_mon -1 --output-as=xml 2>/dev/null || crm_mon -1 --as-xml"],
            timeLimit: .seconds(5), outputLimit: 1 << 20)
    }

    /// Everything where the drill is to bring it.
    func isOver(_ plan: DrillPlan, wasOut: Bool, status: @Sendable () async -> Bytes?) async -> Bool {
        guard expectsMove else { return wasOut }
        guard let printed = await status() else { return false }
        let now = ClusterStatusReader.read(printed.raw)
        let there = plan.name(plan.witness)
        return plan.resources.together.allSatisfy { now.activeNodes(of: $0) == [there] }
    }

    func isBack(_ plan: DrillPlan, status: Bytes) -> Bool {
        ClusterStatusReader.read(status.raw).node(plan.name(plan.active))?.isOnline == true
    }

    func isAtRest(_ plan: DrillPlan, status: Bytes) -> Bool {
        let now = ClusterStatusReader.read(status.raw)
        let isWell = MachineID.pair.allSatisfy { role in
            let node = now.node(plan.name(role))
            return node?.isOnline == true && node?.isStandby == false
        }
        return isWell && plan.resources.together.allSatisfy(now.isSettled)
    }

    // MARK: comparing

    func differences(from before: [Observation], to after: [Observation]) -> [SnapshotDifference] {
        // A unit that had failed and has not any more was started where a resource came; nobody is worse off.
        ClusterSnapshot(before, stage: .before).differences(to: ClusterSnapshot(after, stage: .after))
            .filter {
                $0.after != nil || !$0.what.hasPrefix("state ") || !$0.what.contains(" \(DrillFacts.failed)")
            }
    }

    /// Resources that are not back to running on one node. On which is the student's own policy.
    func unsettled(_ plan: DrillPlan, _ after: [Observation]) -> [SnapshotDifference] {
        guard
            let printed = after.output(ClusterProbe.status, on: plan.active, stage: .after)
                ?? after.output(ClusterProbe.status, on: plan.witness, stage: .after)
        else { return [] }
        let status = ClusterStatusReader.read(printed.raw)
        // What could not be read does not say that anything is gone.
        guard status.problems.isEmpty else { return [] }
        return plan.resources.together.filter { !status.isSettled($0) }.map { resource in
            let nodes = status.activeNodes(of: resource).joined(separator: ", ")
            let pending = status.instances(of: resource).compactMap(\.pending).first.map { " (\($0))" } ?? ""
            return SnapshotDifference(
                what: "resource \(resource)", before: plan.name(plan.active),
                after: nodes.isEmpty && pending.isEmpty ? nil : nodes + pending)
        }
    }

    /// What clears failures away that a drill left in the cluster's history.
    func remedies(
        _ plan: DrillPlan, _ differences: [SnapshotDifference]
    ) -> [(node: MachineID?, command: String)] {
        var remedies: [(node: MachineID?, command: String)] = []
        if differences.contains(where: \.isFailure) {
            remedies += plan.resources.together.map { resource in
                (plan.active, ShellWord.line(["crm_resource", "--cleanup", "--resource", resource]))
            }
        }
        for role in MachineID.pair {
            // `state serv1 failed.apache2`
            let failed = "state \(role.rawValue) \(DrillFacts.failed)"
            for difference in differences where difference.after != nil && difference.what.hasPrefix(failed) {
                let unit = String(difference.what.dropFirst(failed.count))
                remedies.append((role, ShellWord.line(["systemctl", "reset-failed", unit])))
            }
        }
        for id in differences.compactMap({ $0.after.flatMap(Homes.markedConstraint) }) {
            let element = "<rsc_location id=\"\(id)\"/>"
            let words = ["cibadmin", "--delete", "--scope", "constraints", "--xml-text", element]
            remedies.append((plan.active, ShellWord.line(words)))
        }
        return remedies
    }

    // MARK: telling

    /// By syslog tag (systemd-journald).
    func log(since seconds: Int) -> RemoteCommand {
        let tags = [
            "pacemakerd", "pacemaker-controld", "pacemaker-schedulerd", "pacemaker-execd", "pacemaker-attrd",
            "pacemaker-fenced", "corosync", "bascule",
        ]
        return RemoteCommand(
            ["journalctl", "--no-pager", "-q", "-o", "short-unix", "--since", "@\(seconds)", "-n", "600"]
                + tags.flatMap { ["-t", $0] }, timeLimit: .seconds(15), outputLimit: 1 << 18)
    }

    func events(_ log: Bytes) -> [DrillLogEntry] { ClusterLog.entries(log.text).map(DrillLogEntry.init) }

    func addresses(of node: MachineID, _ looked: Evidence) -> Set<IPAddress> {
        let interfaces = Findings(looked).interfaces[node]?.interfaces ?? []
        return Set(interfaces.flatMap(\.addresses).map(\.address))
    }

    func macAddresses(of node: MachineID, _ drill: DrillEvidence) -> Set<String> {
        guard let printed = drill.output(ClusterProbe.addresses, on: node, stage: .before) else { return [] }
        return Set(
            InterfaceAddresses.read(json: printed.raw).interfaces.compactMap { $0.macAddress?.description })
    }
}

extension ClusterInformationBase.CIBVersion {
    /// The same for the same configuration, whatever happened to the status since: `num_updates` counts that.
    fileprivate var name: String { "\(adminEpoch).\(epoch)" }
}

extension ClusterStatus {
    /// Whether a resource runs on one node and nothing is being done about it.
    fileprivate func isSettled(_ resource: String) -> Bool {
        activeNodes(of: resource).count == 1
            && instances(of: resource).allSatisfy {
                $0.pending == nil && $0.role != "Starting" && $0.role != "Stopping"
            }
    }
}

extension ClusterSnapshot {
    /// From what a stage's look brought: the CIB of one node, which is both nodes', and both nodes' facts.
    init(_ observations: [Observation], stage: DrillStage) {
        var facts: [String: String] = [:]
        for role in MachineID.pair {
            guard let printed = observations.output(DrillProbe.facts, on: role, stage: stage) else {
                continue
            }
            for (key, value) in DrillFacts.lasting(DrillFacts.read(printed)) {
                facts["\(role.rawValue) \(key)"] = value
            }
        }
        let cibs = MachineID.pair.compactMap {
            observations.output(ClusterProbe.cib, on: $0, stage: stage)
        }
        self.init(cib: cibs.first, facts: facts)
    }
}

extension DrillEvidence {
    /// Whether something other than the drill changed between the first look and the deciding one: the configuration,
    /// the boot of a node that the drill does not take down, or the drill's own standby.
    var wasDisturbed: Bool {
        guard let plan else { return false }
        for node in plan.machines where !plan.goesDown || node != plan.active {
            if let before = bootID(of: node, stage: .before), let then = bootID(of: node, stage: .moved),
                before != then
            {
                return true
            }
        }
        guard let before = snapshot(.before), let then = snapshot(.moved) else { return false }
        return before.configuration != then.configuration
            || (kind == .standby && then.transientAttributes["\(plan.name(plan.active)) standby"] != "on")
    }

    /// The cluster's CIB in a stage, by the node that the drill leaves alone where it was asked.
    private func snapshot(_ stage: DrillStage) -> ClusterSnapshot? {
        guard let plan,
            let cib = output(ClusterProbe.cib, on: plan.witness, stage: stage)
                ?? output(ClusterProbe.cib, on: plan.active, stage: stage)
        else { return nil }
        let snapshot = ClusterSnapshot(cib: cib, facts: [:])
        return snapshot.configuration == nil ? nil : snapshot
    }
}
