import GraderCore
import LinuxFacts

/// What is looked at on each node beside what it says: whether anybody stands between its tools and who asks them, and
/// what of the cluster can be seen without asking the cluster's own tools.
enum PairAudit {
    static let name = "audit"

    /// The tools that the exercise's commands run.
    private static let tools = [
        "crm", "crm_mon", "crm_node", "crm_verify", "crm_simulate", "cibadmin", "pidof", "ip", "ss", "ping",
        "cat",
        "sh", "env", "timeout", "uname", "date", "dpkg-query", "dpkg", "grep", "sed", "find", "head", "cut",
        "journalctl", "systemctl", "apachectl", "apache2ctl", "nginx", "base64",
    ]
    /// Those of them, and their like, that no shell's start-up file has a reason to define.
    private static let defined = "crm|crm_mon|crm_node|crm_verify|crm_simulate|cibadmin|pidof|dpkg-query"
    /// The packages that they come from; what is not installed is passed over.
    private static let packages = [
        "pacemaker", "pacemaker-cli-utils", "corosync", "crmsh", "iproute2", "dpkg", "procps",
        "sysvinit-utils",
    ]
    /// As proc(5) names them, of Pacemaker 2 and 1.1.
    private static let processes = ["corosync", "pacemakerd", "pacemaker-based", "cib"]
    /// What changes a cluster, or puts an address up; not what only asks how it is (`systemctl status`).
    static let touched = """
        cibadmin[^|;&]* -[CRMDEPo]|cibadmin[^|;&]* --(create|replace|modify|delete|erase|patch)|\
        crm_(resource|attribute|standby|failcount) |crm +(-[^ ]+ +)*(configure|resource|node|cluster) |pcs |\
        systemctl +(-[^ ]+ +)*[a-z-]*(start|stop|kill|able|mask|load) [^|;&]*(corosync|pacemaker)|\
        ip +(-[^ ]+ +)*a(ddr)?(ess)? +(add|del|replace)
        """

    /// What Pacemaker has on its disk, by when and by what it was written; the sockets that its CIB is asked by.
    private static let script = #"""
        file=/var/lib/pacemaker/cib/cib.xml
        attribute() { head -c 4096 "$file" | sed -n "1,3s/.*<cib[^>]* $1=\"\([^\"]*\)\".*/\1/p" | head -n 1; }
        if [ -s "$file" ]; then
        at=$(attribute cib-last-written)
        [ -n "$at" ] && say written "$(date -d "$at" +%s 2>/dev/null)" "$(attribute epoch)" "$(attribute update-client)" \
        "$(date -r "$file" +%s.%N)"
        fi
        [ -r /proc/net/unix ] && say ipc "$(grep -c 'cib_r[ow]' /proc/net/unix)"
        """#

    /// Not brief: dpkg(1) reads the packages' files, and a slow disk is no reason to wait with the rest.
    static func probe(_ node: MachineID) -> Probe {
        Activite2Probes.shell(
            node, name, AuditScript.text(script),
            [touched, defined] + processes + ["--"] + tools + ["--"] + packages, outputLimit: 64 << 10)
    }
}

/// What was seen on one node.
struct NodeAudit {
    var machine: MachineAudit
    /// When the configuration on disk was written, in seconds by the node's clock, as which `epoch`, and by what.
    var written: (seconds: Double, epoch: Int, client: String)?
    /// How many sockets there are of those that the CIB is asked by; nil where that was not seen.
    var sockets: Int?

    /// nil where it was not looked for, or not by root, or not to the end.
    init?(_ findings: Findings, _ role: MachineID) {
        guard let output = findings.evidence.complete(PairAudit.name, on: role) else { return nil }
        machine = MachineAudit(output.text)
        guard machine.isWhole else { return nil }
        for line in machine.lines where line.count > 1 {
            switch line[0] {
            case "ipc": sockets = Int(line[1])  // bounded: a text
            case "written":
                guard line.count > 3, let seconds = Double(line[1]), let epoch = Int(line[2]) else {
                    continue
                }
                // The CIB knows whole seconds, the file system more.
                let stored = line.count > 4 ? Double(line[4]) ?? seconds : seconds
                let isOfIt = stored >= seconds && stored < seconds + 2
                written = (isOfIt ? stored : seconds, epoch, String(line[3]))
            default: continue
            }
        }
    }

    /// The cluster's processes: Corosync's and Pacemaker's.
    var hasProcesses: Bool { !machine.processes.isEmpty }
}
