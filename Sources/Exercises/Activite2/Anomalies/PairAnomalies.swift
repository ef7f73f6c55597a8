import GraderCore
import LinuxFacts
import Pacemaker

/// What does not go with what a pair says. Told only where the pair held still, and where everything was seen that the
/// sentence is about: absence of evidence is no anomaly.
enum PairAnomalies {
    static func all(_ findings: Findings) -> [Anomaly] {
        let audits = MachineID.pair.reduce(into: [MachineID: NodeAudit]()) {
            $0[$1] = NodeAudit(findings, $1)
        }
        // Evidence from before it was looked for says nothing of it.
        guard !audits.isEmpty else { return [] }
        var anomalies: [Anomaly] = []
        for role in MachineID.pair {
            guard let audit = audits[role] else { continue }
            anomalies += audit.machine.anomalies(on: role)
            anomalies += [
                changedProgram(audit, role), writtenAtLogIn(findings, audit, role),
            ].compactMap(\.self)
            guard findings.evidence.instability == nil else { continue }
            anomalies += [
                noCluster(findings, audit, role), noSockets(findings, audit, role),
                ownDisagreement(findings, role), addresses(findings, audit, role),
                otherMachine(findings, role),
            ].compactMap(\.self)
        }
        return anomalies + [oneMachine(findings, audits), stranger(findings)].compactMap(\.self)
    }

    /// Whether the node's tools speak of a cluster that is up there.
    private static func claimsCluster(_ findings: Findings, _ role: MachineID) -> Bool {
        guard let status = findings.statuses[role], let name = findings.names[role] else { return false }
        return findings.cibs[role] != nil
            && status.nodes.contains { $0.name.isSameNode(as: name) && $0.isOnline }
    }

    private static func noCluster(_ findings: Findings, _ audit: NodeAudit, _ role: MachineID) -> Anomaly? {
        guard !audit.hasProcesses, claimsCluster(findings, role) else { return nil }
        return Anomaly(
            "noProcess", on: role, seen: AnomalyTexts.noProcess, why: AnomalyTexts.speaksForNobody,
            innocent: AnomalyTexts.justStopped)
    }

    private static func noSockets(_ findings: Findings, _ audit: NodeAudit, _ role: MachineID) -> Anomaly? {
        guard audit.hasProcesses, claimsCluster(findings, role) else { return nil }
        let corosync = audit.machine.processes.filter { $0.name == "corosync" }
        let isDeaf = !corosync.isEmpty && corosync.allSatisfy { $0.hasUDP == false }
        guard audit.sockets == 0 || isDeaf else { return nil }
        return Anomaly(
            "noSocket", on: role, seen: audit.sockets == 0 ? AnomalyTexts.noSocket : AnomalyTexts.noUDP,
            why: AnomalyTexts.speaksForNobody, innocent: AnomalyTexts.justStopped)
    }

    /// A process that has a daemon's name and runs another file.
    private static func changedProgram(_ audit: NodeAudit, _ role: MachineID) -> Anomaly? {
        let others = audit.machine.processes.filter { process in
            let path = process.program.split(separator: " ").first ?? ""
            let file = path.split(separator: "/").last ?? ""
            return !file.isEmpty && !file.hasPrefix(process.name)
        }
        guard !others.isEmpty else { return nil }
        return Anomaly(
            "otherProgram", on: role,
            seen: AnomalyTexts.otherProgram(Anomaly.list(others.map { "\($0.name): \($0.program)" })),
            why: AnomalyTexts.borrowedName, innocent: AnomalyTexts.wrapper)
    }

    /// How many seconds after a log-in a change is still of it, between the log-in and the first look.
    private static let logInSeconds = 4.0
    /// What writes the configuration without anybody's doing.
    private static let daemons = [
        "crmd", "attrd", "pacemaker-controld", "pacemaker-attrd", "pacemaker-based",
    ]

    private static func writtenAtLogIn(_ findings: Findings, _ audit: NodeAudit, _ role: MachineID)
        -> Anomaly?
    {
        guard let written = audit.written, let start = audit.machine.sessionStart,
            // What was there when we first looked.
            findings.cibs[role]?.version?.epoch == written.epoch, !daemons.contains(written.client),
            written.seconds > start, written.seconds <= start + logInSeconds
        else { return nil }
        return Anomaly(
            "writtenAtLogIn", on: role,
            seen: AnomalyTexts.writtenAtLogIn(written.seconds - start, by: written.client),
            why: AnomalyTexts.putBack, innocent: AnomalyTexts.atWork)
    }

    private static func ownDisagreement(_ findings: Findings, _ role: MachineID) -> Anomaly? {
        let said = findings.ownDisagreements(role)
        guard !said.isEmpty else { return nil }
        return Anomaly(
            "contradiction", on: role, seen: said.joined(LocalizedText(verbatim: " ")),
            why: AnomalyTexts.oneIsNotTrue, innocent: AnomalyTexts.badMoment)
    }

    /// `ip addr` against what the kernel takes for its own. An interface that is down has addresses that the kernel does
    /// not listen to.
    private static func addresses(_ findings: Findings, _ audit: NodeAudit, _ role: MachineID) -> Anomaly? {
        guard let interfaces = findings.interfaces[role]?.interfaces, !audit.machine.localAddresses.isEmpty
        else { return nil }
        let kernel = Set(audit.machine.localAddresses)
        let up = interfaces.filter { $0.flags.contains("UP") && !$0.isLoopback }
        let claimed = up.flatMap(\.addresses).filter { !$0.isTentative }.map(\.address).filter(\.isIPv4)
        let shown = Set(interfaces.flatMap(\.addresses).map(\.address))
        let invented = claimed.filter { !kernel.contains($0) }.map(\.description)
        let hidden = kernel.subtracting(shown).map(\.description).sorted()
        guard !(invented + hidden).isEmpty else { return nil }
        return Anomaly(
            "addresses", on: role,
            seen: AnomalyTexts.addresses(invented: Anomaly.list(invented), hidden: Anomaly.list(hidden)),
            why: AnomalyTexts.oneIsNotTrue, innocent: AnomalyTexts.moved)
    }

    /// Where the roster's address is none of the machine that answered, which has another of the same network.
    private static func otherMachine(_ findings: Findings, _ role: MachineID) -> Anomaly? {
        guard let address = findings.lab.addresses[role],
            let entries = findings.interfaces[role]?.interfaces.filter({ !$0.isLoopback }).flatMap(
                \.addresses),
            !entries.contains(where: { $0.address == address }),
            let other = entries.first(where: { entry in
                entry.address.isIPv4 && address.isIPv4 && entry.prefixLength < 32
                    && entry.address.isInSameNetwork(as: address, prefixLength: entry.prefixLength)
            })
        else { return nil }
        return Anomaly(
            "otherMachine", on: role,
            seen: AnomalyTexts.otherMachine(address.description, has: other.address.description),
            why: AnomalyTexts.anotherAnswers, innocent: AnomalyTexts.renumbered)
    }

    /// Two looks at one and the same machine: two processes of it that started in the same hundredth of a second.
    private static func oneMachine(_ findings: Findings, _ audits: [MachineID: NodeAudit]) -> Anomaly? {
        let processes = MachineID.pair.map { Set(audits[$0]?.machine.processes ?? []) }
        guard let first = processes.first, let last = processes.last, first.intersection(last).count >= 2
        else { return nil }
        return Anomaly(
            "oneMachine", seen: AnomalyTexts.oneMachine(Anomaly.list(MachineID.pair.map(\.rawValue))),
            why: AnomalyTexts.anotherAnswers, innocent: AnomalyTexts.sameAddress)
    }

    private static func stranger(_ findings: Findings) -> Anomaly? {
        guard let address = findings.virtualIP.found?.address,
            case .stranger(let mac) = VIPNeighbours(findings, address: address).answering
        else { return nil }
        return Anomaly(
            "strangerAnswers", seen: AnomalyTexts.stranger(address.description, mac.description),
            why: AnomalyTexts.anotherServes, innocent: AnomalyTexts.duplicate)
    }
}
