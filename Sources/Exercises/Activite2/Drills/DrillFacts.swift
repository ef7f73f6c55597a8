import GraderCore

extension Evidence {
    /// The `key=value` lines of `DrillProbe.facts`; empty where they could not be read.
    func drillFacts(_ role: MachineID) -> [String: String] {
        guard let output = complete(DrillProbe.facts, on: role) else { return [:] }
        return DrillFacts.read(output)
    }
}

/// Reads `key=value` lines.
enum DrillFacts {
    static func read(_ output: Bytes) -> [String: String] {
        var facts: [String: String] = [:]
        for line in output.text.split(separator: "\n").prefix(200) {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { facts[String(parts[0])] = String(parts[1].prefix(400)) }
        }
        return facts
    }
}

extension DrillFacts {
    /// The parts of the facts that a drill promises to give back.
    static func lasting(_ facts: [String: String]) -> [String: String] {
        facts.filter {
            $0.key.hasPrefix("enabled.") || $0.key.hasPrefix("active.") || $0.key.hasPrefix("sum.")
                || $0.key.hasPrefix(failed)
        }
    }

    /// Before the name of a unit that has failed; there is no such line of one that has not. Whether a unit runs is the
    /// cluster's affair, and goes where the resource goes.
    static let failed = "failed."

    /// Units, sums of the web server's configuration, and who is at work, as `key=value` lines.
    static func command(unit: String) -> RemoteCommand {
        RemoteCommand(
            [
                "sh", "-c",
                #"""
                [ -d /run/systemd/system ] && echo systemd=yes
                for unit in corosync pacemaker ssh "$1"; do
                    echo "enabled.$unit=$(systemctl is-enabled "$unit" 2>/dev/null)"
                done
                for unit in corosync pacemaker ssh; do
                    echo "active.$unit=$(systemctl is-active "$unit" 2>/dev/null)"
                done
                echo "units=asked"
                systemctl is-failed --quiet "$1" 2>/dev/null && echo "failed.$1=yes"
                for folder in /etc/apache2 /etc/nginx /etc/corosync; do
                    [ -d "$folder" ] && echo "sum.$folder=$(find "$folder" -xdev \( -type f -o -type l \) -print0 \
                        | sort -z | xargs -0 -r sha256sum 2>/dev/null | sha256sum | cut -d' ' -f1)"
                done
                ip -4 -o addr show scope global | grep -q ' dynamic ' && echo leased=yes
                echo "now=$(date +%s)"
                written=$(cibadmin --query 2>/dev/null | sed -n '1s/.* cib-last-written="\([^"]*\)".*/\1/p')
                [ -n "$written" ] && echo "written=$(date -d "$written" +%s 2>/dev/null)"
                grep -a '' /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | while IFS= read -r words; do
                    words=${words#/proc/*/cmdline:}
                    case $words in
                    */python*' '*/crm' '*|*/python*' '*/crm|*/crm' '*|crm' '*|*/crmadmin' '*) echo "crm=open" ;;
                    esac
                done
                exit 0
                """#, "facts", unit,
            ], timeLimit: .seconds(15))
    }
}
