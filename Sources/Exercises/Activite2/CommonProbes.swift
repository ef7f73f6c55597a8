import GraderCore
import Pacemaker

/// What a machine is asked by whoever comes to it, to grade it or to find out whose it is: reading commands of
/// milliseconds.
enum NodeCommand {
    static let hostName = RemoteCommand(["uname", "-n"], asRoot: false)
    static let machineID = RemoteCommand(["cat", "/etc/machine-id"], asRoot: false, outputLimit: 4096)
    /// What Pacemaker calls it.
    static let nodeName = RemoteCommand(["crm_node", "-n"])
    static let addresses = RemoteCommand(["ip", "-j", "addr", "show"], asRoot: false, outputLimit: 2 << 20)
    static let cib = RemoteCommand(["cibadmin", "--query"], outputLimit: 2 << 20)
}

extension Probe {
    fileprivate init(_ node: MachineID, _ name: String, _ command: RemoteCommand) {
        self.init(ProbeID(node, name), .command(node: node, command), isBrief: true)
    }
}

/// What every question of the sheet rests on.
enum Activite2Probes {
    /// Reading commands only. Limits are generous: a loaded virtual machine in a classroom takes seconds for what
    /// takes milliseconds elsewhere.
    static func common(_ stage: ProbeStage, _ findings: Findings) -> [Probe] {
        switch stage {
        case .stamp, .closing:
            return findings.reached.flatMap { node in
                [
                    Probe(node, ClusterProbe.cib, NodeCommand.cib),
                    shell(
                        node, ClusterProbe.clock,
                        "cat /proc/sys/kernel/random/boot_id && date +%s.%N", asRoot: false,
                        brief: true),
                    stage == .closing
                        ? nil
                        : Probe(node, ClusterProbe.hostName, NodeCommand.hostName),
                    // Absent where no drill holds the pair; then the command's failure says so.
                    command(node, DrillProbe.lock, ["cat", "/var/lib/bascule/lock/owner"], brief: true),
                ].compactMap(\.self)
            }
        case .nodes:
            let each = findings.reached.flatMap { node in
                [
                    // --as-xml is what Pacemaker before 2.0.3 has.
                    shell(
                        node, ClusterProbe.status,
                        "crm_mon -1 --output-as=xml 2>/dev/null || crm_mon -1 --as-xml", brief: true),
                    Probe(node, ClusterProbe.addresses, NodeCommand.addresses),
                    command(
                        node, ClusterProbe.addressText, ["ip", "addr", "show"], asRoot: false, brief: true),
                    // What cibadmin says is looked up where Pacemaker keeps it.
                    command(
                        node, ClusterProbe.cibFile, ["cat", "/var/lib/pacemaker/cib/cib.xml"], brief: true),
                    Probe(node, ClusterProbe.nodeName, NodeCommand.nodeName),
                    shell(
                        node, ClusterProbe.daemons,
                        "for name in corosync pacemakerd; do pidof $name >/dev/null "
                            + "&& echo $name running || echo $name stopped; done", asRoot: false, brief: true),
                    command(
                        node, ClusterProbe.packages,
                        ["dpkg-query", "-W", "-f", "${Package} ${Version}\\n"] + ClusterProbe.packageNames,
                        asRoot: false, brief: true),
                    Probe(node, ClusterProbe.machineID, NodeCommand.machineID),
                ]
            }
            // One node is asked: crmsh costs half a second of its processor, and the CIBs of both are at hand
            // to compare with.
            let asked = findings.asked.map {
                [command($0, ClusterProbe.crmShow, ["crm", "configure", "show"], seconds: 20)]
            }
            return each + (asked ?? []) + findings.reached.map(PairAudit.probe)
                + [Foretold.probe(findings)].compactMap(\.self)
        case .network, .trace:
            return []
        }
    }

    static func command(
        _ node: MachineID, _ name: String, _ arguments: [String], asRoot: Bool = true, seconds: Int = 10,
        outputLimit: Int = 2 << 20, brief: Bool = false
    ) -> Probe {
        Probe(
            ProbeID(node, name),
            .command(
                node: node,
                RemoteCommand(
                    // bounded: a whole number of ours
                    arguments, asRoot: asRoot, timeLimit: .seconds(seconds), outputLimit: outputLimit)),
            isBrief: brief)
    }

    /// A fixed script for `sh`; what varies goes in as its positional parameters, never into its text.
    static func shell(
        _ node: MachineID, _ name: String, _ script: String, _ parameters: [String] = [],
        asRoot: Bool = true, seconds: Int = 10, outputLimit: Int = 2 << 20, brief: Bool = false
    ) -> Probe {
        command(
            node, name, ["sh", "-c", script, "sh"] + parameters, asRoot: asRoot, seconds: seconds,
            outputLimit: outputLimit, brief: brief)
    }
}
