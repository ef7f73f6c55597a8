import Foundation
import GraderCore
import LinuxFacts
import Pacemaker

/// One pair's evidence, parsed once for all questions. Holds what could be read; what could not is absent, and
/// never stands for a no.
public struct Findings: ExerciseFindings {
    public let evidence: Evidence
    /// What the roster says.
    let lab: PairLab
    /// The cluster's names for the nodes, as the cluster spells them; absent where that cannot be told.
    let names: [MachineID: String]
    /// The nodes' own names (`uname -n`), which the cluster need not use.
    public let hostNames: [MachineID: String]
    /// The CIB as each node has it (`cibadmin -Q`).
    let cibs: [MachineID: ClusterInformationBase]
    /// The configuration as Pacemaker keeps it on each node's disk, where that is another than what `cibadmin` printed
    /// there: of a cluster that runs they are the same. Where `cibadmin` gave no answer the file may confirm and not
    /// convict; where it gave none anywhere, or Pacemaker is stopped and the file an old one, it is not believed.
    var stored: [MachineID: ClusterInformationBase] { cibs.isEmpty ? [:] : files }
    private let files: [MachineID: ClusterInformationBase]
    /// `crm configure show`, from the node that was asked.
    let shown: (node: MachineID, configuration: ClusterConfiguration)?
    /// `crm_mon`, from each node.
    let statuses: [MachineID: ClusterStatus]
    /// `ip addr`, from each node.
    let interfaces: [MachineID: InterfaceAddresses]
    /// What Pacemaker's scheduler would do; nil where it was not asked or did not answer.
    let forecast: SchedulerForecast?
    /// What each node's logs of Pacemaker are.
    let logs: [MachineID: NodeLog]
    /// What each of them says has happened, drills left out; the best of a node's first.
    let histories: [LoggedHistory]
    // What most questions ask for: looked for once.
    /// Every readable configuration, the CIBs first.
    private(set) var configurations: [ConfigurationSource] = []
    /// All virtual IPs that any source claims, the best first.
    private(set) var virtualIPs: [FoundVirtualIP] = []
    /// The virtual IP's address and those that are wherever it is.
    private(set) var sharedAddresses: Set<IPAddress> = []
    /// All web servers that any source claims, the best first.
    private(set) var webResources: [FoundWebResource] = []

    /// - Parameter earlier: of the same pair, a stage before: what is the same to the byte is not read again.
    public init(_ evidence: Evidence, after earlier: Findings? = nil) {
        self.evidence = evidence
        lab = PairLab(evidence.lab)
        var cibs: [MachineID: ClusterInformationBase] = [:]
        var statuses: [MachineID: ClusterStatus] = [:]
        var interfaces: [MachineID: InterfaceAddresses] = [:]
        var shown: (node: MachineID, configuration: ClusterConfiguration)?
        var files: [MachineID: ClusterInformationBase] = [:]
        for role in MachineID.pair {
            /// What the outputs of these commands were read as, once: nil where the first did not end well and whole.
            func read<Value>(
                _ probes: [String], as known: (Findings) -> Value?, _ read: ([Bytes?]) -> Value?
            ) -> Value? {
                let outputs = probes.map { evidence.complete($0, on: role) }
                if let earlier, outputs == probes.map({ earlier.evidence.complete($0, on: role) }) {
                    return known(earlier)
                }
                return read(outputs)
            }
            cibs[role] = read([ClusterProbe.cib], as: { $0.cibs[role] }) { outputs in
                let cib = outputs[0].map { CIBReader.read($0.raw) }  // bounded: one for each probe
                return cib?.version == nil ? nil : cib
            }
            let kept = [ClusterProbe.cib, ClusterProbe.cibFile, ClusterProbe.daemons]
            files[role] = read(kept, as: { $0.files[role] }) { outputs in
                guard let file = outputs[1] else { return nil }  // bounded: one for each probe
                if let live = outputs[0], cibs[role] != nil {  // bounded: one for each probe
                    if CIBReader.haveSameConfiguration(live.raw, file.raw) { return nil }
                } else if Findings.isStopped(outputs[2]) {  // bounded: one for each probe
                    // Nobody keeps it up to date.
                    return nil
                }
                let read = CIBReader.read(file.raw)
                return read.version == nil ? nil : read
            }
            statuses[role] = read([ClusterProbe.status], as: { $0.statuses[role] }) { outputs in
                // bounded: one for each probe
                let status = outputs[0].map { ClusterStatusReader.read($0.raw) }
                // What is missing from a part of it would be denied.
                return status.flatMap { $0.nodes.isEmpty || !$0.problems.isEmpty ? nil : $0 }
            }
            interfaces[role] = read(
                [ClusterProbe.addresses, ClusterProbe.addressText], as: { $0.interfaces[role] }
            ) { outputs in
                // bounded: one for each probe
                let read = outputs[0].map { InterfaceAddresses.read(json: $0.raw) }
                if let read, read.isWhole { return read }
                // bounded: one for each probe
                let spelt = outputs[1].map { InterfaceAddresses.read(text: $0.text) }
                return spelt.flatMap { $0.isWhole ? $0 : nil }
            }
            if shown == nil {
                let known = { (earlier: Findings) in
                    earlier.shown.flatMap { $0.node == role ? $0.configuration : nil }
                }
                let configuration = read([ClusterProbe.crmShow], as: known) { outputs in
                    let read = outputs[0].map { CrmShowReader.read($0.text) }  // bounded: one for each probe
                    return read?.nodes.isEmpty ?? true ? nil : read
                }
                shown = configuration.map { (role, $0) }
            }
        }
        let known =
            MachineID.pair.compactMap { cibs[$0]?.configuration }
            + [shown?.configuration].compactMap(\.self)
        names = Findings.clusterNames(
            evidence,
            listed: Findings.listedNodes(known, MachineID.pair.compactMap { statuses[$0] }))
        hostNames = Findings.hostNames(evidence)
        self.cibs = cibs
        self.statuses = statuses
        self.interfaces = interfaces
        self.shown = shown
        self.files = files
        let foretold = MachineID.pair.lazy.compactMap { evidence.complete(ClusterProbe.scheduler, on: $0) }
            .first
        forecast = foretold.flatMap { SchedulerForecast($0.text) }
        let areLogsKnown = MachineID.pair.allSatisfy { role in
            evidence.complete(ClusterProbe.history, on: role)
                == earlier?.evidence.complete(ClusterProbe.history, on: role)
        }
        if let earlier, areLogsKnown {
            (logs, histories) = (earlier.logs, earlier.histories)
        } else {
            var logs: [MachineID: NodeLog] = [:]
            for role in MachineID.pair {
                logs[role] = evidence.complete(ClusterProbe.history, on: role).flatMap { NodeLog($0.text) }
            }
            self.logs = logs
            histories = LoggedHistory.all(logs, withoutDrills: true)
        }
        configurations = readConfigurations()
        virtualIPs = findVirtualIPs()
        sharedAddresses = findSharedAddresses()
        webResources = findWebResources()
    }

    /// The nodes that could be logged in to.
    var reached: [MachineID] { evidence.reached }

    /// The role of the node that the cluster calls by this name.
    func role(named name: String) -> MachineID? {
        MachineID.pair.first { names[$0]?.isSameNode(as: name) ?? false }
    }

    /// What people call a node: its name in the cluster, or else its own, where one is known. For reading; `names` is
    /// for comparing.
    func label(_ role: MachineID) -> String { names[role] ?? hostNames[role] ?? role.rawValue }

    /// Whether what a node says of its daemons says that Pacemaker does not run; false where it says nothing.
    func isStopped(_ role: MachineID) -> Bool {
        Findings.isStopped(evidence.complete(ClusterProbe.daemons, on: role))
    }

    private static func isStopped(_ daemons: Bytes?) -> Bool {
        daemons?.text.split(separator: "\n").contains("pacemakerd stopped") ?? false
    }

    /// Nodes that were logged in to and whose `crm_mon` could not be read, although Pacemaker runs there or that is not
    /// known: they may see the cluster otherwise than the others do. Of a node that the student did not hand in, too.
    var unreadViews: [MachineID] {
        let notHandedIn = evidence.handIn == nil ? [] : MachineID.pair.filter { !reached.contains($0) }
        return (reached + notHandedIn).filter { role in
            guard statuses[role] == nil else { return false }
            return !isStopped(role)
        }
    }

    /// The node whose history says that the virtual IP runs on it, from the CIB alone.
    var vipHolderByHistory: MachineID? {
        guard let vip = virtualIP.found else { return nil }
        for cib in MachineID.pair.compactMap({ cibs[$0] }) {
            for state in cib.nodeStates {
                let last = state.operations.filter {
                    $0.resource == vip.id && ["start", "stop"].contains($0.operation) && $0.returnCode == 0
                }.max { ($0.callID ?? 0) < ($1.callID ?? 0) }
                if last?.operation == "start", let role = role(named: state.name) { return role }
            }
        }
        return nil
    }
}

extension InterfaceAddresses {
    /// Whether what is not there is not on the machine.
    fileprivate var isWhole: Bool { !interfaces.isEmpty && problems.isEmpty }
}
