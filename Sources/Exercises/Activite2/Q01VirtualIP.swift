import GraderCore
import LinuxFacts
import Pacemaker

/// Q1. Create the resource that moves the virtual IP, with a monitor every 10 s, a start time-out of 30 s and a
/// stop time-out of 40 s.
///
/// Points are for the primitive (`ocf:heartbeat:IPaddr2`), its address, netmask and interface, its operations, and
/// for the address being up on exactly one node because the cluster put it there. Names are free; the label is
/// advice. Source: lab sheet, Q1 and document 1, "Configuration du failover d'IP".
struct Q01VirtualIP: QuestionModule {
    let id = QuestionID("Q1")
    let checks = [
        Q1.primitive, Q1.address, Q1.netmask, Q1.interface, Q1.monitorInterval, Q1.startTimeout,
        Q1.stopTimeout,
        Q1.running, Q1.notStatic, Q1.label,
    ]
    let parameters = [
        ParameterDefinition("monitor-intervals", .durations),
        ParameterDefinition("start-timeouts", .durations),
        ParameterDefinition("stop-timeouts", .durations),
    ]

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] {
        guard stage == .nodes else { return [] }
        return findings.reached.map { node in
            Activite2Probes.shell(
                node, StaticConfiguration.probe, StaticConfiguration.script, asRoot: false, brief: true)
        }
    }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        let monitor = parameters.durations("monitor-intervals") ?? [.seconds(10)]
        let start = parameters.durations("start-timeouts") ?? [.seconds(30)]
        let stop = parameters.durations("stop-timeouts") ?? [.seconds(40)]
        guard let vip = findings.virtualIP.found else {
            return withoutPrimitive(findings, monitor: monitor, start: start, stop: stop)
        }
        return [
            primitive(findings, vip),
            address(findings, vip),
            netmask(findings, vip),
            interface(findings, vip),
            Q1.monitorInterval.monitorInterval(findings, ofPrimitive: vip.id, accepted: monitor),
            Q1.startTimeout.timeout(of: "start", findings, ofPrimitive: vip.id, accepted: start),
            Q1.stopTimeout.timeout(of: "stop", findings, ofPrimitive: vip.id, accepted: stop),
            running(findings, vip).unlessSilent(findings, vip.address),
            notStatic(findings, vip),
            label(findings, vip),
        ]
    }

    private func withoutPrimitive(
        _ findings: Findings, monitor: [Duration], start: [Duration], stop: [Duration]
    ) -> [CheckResult] {
        let expected = Q1.expectations(findings.lab, monitor: monitor, start: start, stop: stop)
        let sources = findings.configurations.map(\.probe)
        return checks.map { check in
            if case .unknown = findings.virtualIP {
                return check.result(
                    .notAssessed(.noEvidence), expected: expected[check.id] ?? .none,
                    found: .noConfiguration)
            }
            if check.id == Q1.primitive.id {
                // One node says so and the other denies it: that is what the student has to read.
                if let contested = findings.contestedVirtualIP { return primitive(findings, contested) }
                return check.result(
                    .notMet, expected: Q1.expectedPrimitive, found: Q1.noPrimitive, sources: sources)
            }
            return check.result(
                .blocked(by: Q1.primitive.id), expected: expected[check.id] ?? .none, found: Q1.noPrimitive,
                sources: sources)
        }
    }

    private func primitive(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        let outcome = findings.fact(ofPrimitive: vip.id) { configuration, primitive in
            FactReading(
                configuration.isVirtualIP(primitive),
                LocalizedText(verbatim: "\(primitive.id) (\(configuration.agent(of: primitive)))"))
        }
        return Q1.primitive.result(outcome, expected: Q1.expectedPrimitive)
    }

    private func address(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        let wanted = IPAddress(findings.lab.vip)
        let outcome = findings.fact(ofPrimitive: vip.id) { configuration, primitive in
            let given = configuration.effectiveParameter("ip", of: primitive)
            return FactReading(
                wanted != nil && given.flatMap { IPAddress($0) } == wanted,
                LocalizedText(verbatim: "ip=\(given ?? "–")"))
        }
        return Q1.address.result(
            outcome, expected: LocalizedText(verbatim: "ip=\(findings.lab.vip)"))
    }

    /// What the mask comes to counts: `24`, `255.255.255.0`, or none where the agent takes the network's own.
    private func netmask(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        let wanted = findings.lab.vipPrefixLength ?? findings.labPrefixLength
        let live = vip.address.flatMap { address in
            findings.reached.lazy.compactMap {
                findings.interfaces[$0]?.holder(of: address)?.entry.prefixLength
            }.first
        }
        guard let wanted else {
            return Q1.netmask.result(
                .notAssessed(.noEvidence), expected: Q1.expectedNetmask(nil), found: .noAddresses)
        }
        let outcome = findings.fact(ofPrimitive: vip.id) { configuration, primitive in
            if let given = configuration.effectiveParameter("cidr_netmask", of: primitive), !given.isEmpty {
                return FactReading(
                    PrefixLength.parse(given) == wanted, LocalizedText(verbatim: "cidr_netmask=\(given)"))
            }
            // IPaddr2(7): without cidr_netmask the agent takes the mask of the route that leads to the address.
            return FactReading((live ?? wanted) == wanted, Q1.netmaskFromRoute(live))
        }
        return Q1.netmask.result(outcome, expected: Q1.expectedNetmask(wanted))
    }

    private func interface(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        var unseen: MachineID?
        let outcome = findings.fact(ofPrimitive: vip.id) { configuration, primitive in
            guard let given = configuration.effectiveParameter("nic", of: primitive), !given.isEmpty else {
                return FactReading(true, Q1.interfaceByRoute)
            }
            // `eth0:0` names an alias of eth0 (IPaddr2 takes the part before the colon).
            let name = String(given.prefix { $0 != ":" })
            for role in MachineID.pair {
                guard let interfaces = findings.interfaces[role] else {
                    unseen = unseen ?? role
                    continue
                }
                guard let interface = interfaces.interface(name) else {
                    return FactReading(false, Q1.noSuchInterface(given, findings.label(role), interfaces))
                }
                if let lab = IPAddress(findings.lab.addresses[role] ?? ""),
                    let holder = interfaces.holder(of: lab), holder.interface.name != interface.name
                {
                    return FactReading(
                        false,
                        Q1.otherInterface(
                            given, findings.label(role), lab: lab.description, on: holder.interface.name))
                }
            }
            return FactReading(true, LocalizedText(verbatim: "nic=\(given)"))
        }
        if outcome.verdict == .met, let unseen {
            return Q1.interface.result(
                .notAssessed(.noEvidence), expected: Q1.expectedInterface,
                found: outcome.found + Q1.interfacesUnseen(findings.label(unseen)))
        }
        return Q1.interface.result(outcome, expected: Q1.expectedInterface)
    }

    /// Up on one node, the one where the cluster says it runs.
    private func running(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        let expected = Q1.expectedRunning
        let sources = MachineID.pair.map { ProbeID($0, ClusterProbe.addresses) }
        guard let address = vip.address else {
            return Q1.running.result(
                .blocked(by: Q1.address.id), expected: expected, found: Q1.noAddress, sources: sources)
        }
        let holders = findings.holders(of: address)
        let unseen = MachineID.pair.filter { findings.interfaces[$0] == nil }
        if holders.count > 1 {
            return Q1.running.result(
                .notMet, expected: expected,
                found: Q1.onBoth(address.description, holders.map(findings.label)), sources: sources)
        }
        let saidActive = Set(findings.statuses.values.flatMap { $0.activeNodes(of: vip.id) })
        if let unseen = unseen.first {
            return Q1.running.result(
                .notAssessed(.noEvidence), expected: expected,
                found: Q1.unseen(address.description, findings.label(unseen), holders.map(findings.label)),
                sources: sources)
        }
        if let unseen = findings.unseenStatus {
            return Q1.running.result(
                .notAssessed(.noEvidence), expected: expected, found: unseen, sources: sources)
        }
        guard let holder = holders.first else {
            return Q1.running.result(
                findings.liveVerdict(.notMet, of: vip.id), expected: expected,
                found: Q1.onNone(address.description, vip.id, saidActive.sorted()), sources: sources)
        }
        if findings.viewsDiffer(on: vip.id) {
            return Q1.running.result(
                .blocked(by: Q2.oneNode.id), expected: expected,
                found: Q2.viewsDiffer(findings.views(of: vip.id)), sources: sources)
        }
        guard let name = findings.names[holder] else {
            return Q1.running.result(
                .notAssessed(.noEvidence), expected: expected, found: Q3.namesUnknown, sources: sources)
        }
        let isSaid = saidActive.isOnlyNode(name)
        return Q1.running.result(
            isSaid ? .met : .notMet, expected: expected,
            found: isSaid
                ? Q1.onOne(address.description, findings.label(holder))
                : Q1.notByCluster(address.description, findings.label(holder), saidActive.sorted()),
            sources: sources + MachineID.pair.map { ProbeID($0, ClusterProbe.status) })
    }

    private func notStatic(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        guard let address = vip.address else {
            return Q1.notStatic.result(
                .blocked(by: Q1.address.id), expected: Q1.expectedNotStatic, found: Q1.noAddress)
        }
        let sources = MachineID.pair.map { ProbeID($0, StaticConfiguration.probe) }
        var unseen: MachineID?
        for role in MachineID.pair {
            guard let output = findings.evidence.complete(StaticConfiguration.probe, on: role),
                StaticConfiguration.isReadable(output.text)
            else {
                unseen = unseen ?? role
                continue
            }
            if let place = StaticConfiguration.place(in: output.text, of: address) {
                return Q1.notStatic.result(
                    .notMet, expected: Q1.expectedNotStatic,
                    found: Q1.staticOn(findings.label(role), place), sources: sources)
            }
        }
        if let unseen {
            return Q1.notStatic.result(
                .notAssessed(.noEvidence), expected: Q1.expectedNotStatic,
                found: Q1.filesUnseen(findings.label(unseen)), sources: sources)
        }
        return Q1.notStatic.result(
            .met, expected: Q1.expectedNotStatic, found: Q1.nowhereStatic, sources: sources)
    }

    private func label(_ findings: Findings, _ vip: FoundVirtualIP) -> CheckResult {
        let outcome = findings.fact(ofPrimitive: vip.id) { configuration, primitive in
            let label = configuration.effectiveParameter("iflabel", of: primitive)
            return FactReading(
                label != nil, label.map { LocalizedText(verbatim: "iflabel=\($0)") } ?? Q1.noLabel)
        }
        return Q1.label.result(outcome, expected: Q1.expectedLabel)
    }
}
