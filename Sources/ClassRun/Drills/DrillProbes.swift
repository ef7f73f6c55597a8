import GraderCore

/// Reading commands that only drills need.
enum DrillProbes {
    /// Units, sums of the web server's configuration, and who is at work, as `key=value` lines.
    static func facts(unit: String) -> RemoteCommand {
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

    /// The parts of the facts that a drill promises to give back.
    static func lasting(_ facts: [String: String]) -> [String: String] {
        facts.filter {
            $0.key.hasPrefix("enabled.") || $0.key.hasPrefix("active.") || $0.key.hasPrefix("sum.")
        }
    }

    static let clock = RemoteCommand(["date", "+%s.%N"], asRoot: false)

    /// A word for the boot, another after each (random(4)), and what the machine is at (`running`, `stopping`).
    static let boot = RemoteCommand(
        ["sh", "-c", "cat /proc/sys/kernel/random/boot_id; systemctl is-system-running; exit 0"],
        asRoot: false)

    /// The cluster's own words since a moment of the node's clock (systemd-journald's syslog tags).
    static func log(since seconds: Int) -> RemoteCommand {
        let tags = [
            "pacemakerd", "pacemaker-controld", "pacemaker-schedulerd", "pacemaker-execd", "pacemaker-attrd",
            "pacemaker-fenced", "corosync", "bascule",
        ]
        return RemoteCommand(
            ["journalctl", "--no-pager", "-q", "-o", "short-unix", "--since", "@\(seconds)", "-n", "600"]
                + tags.flatMap { ["-t", $0] }, timeLimit: .seconds(15), outputLimit: 1 << 18)
    }

    /// One CIB, to see how far the cluster is.
    static let cib = RemoteCommand(["cibadmin", "--query"], timeLimit: .seconds(10), outputLimit: 2 << 20)

    /// Left by drills, on a node: the lock's owner, then each drill's folder with what it has said.
    static let remains = RemoteCommand(
        [
            "sh", "-c",
            #"""
            cd /var/lib/bascule 2>/dev/null || exit 0
            read -r up rest </proc/uptime; read -r boot </proc/sys/kernel/random/boot_id
            [ -r lock/owner ] && { echo "lock=$(head -n 1 lock/owner)"; echo "owner=$(sed -n 2p lock/owner)"; }
            for folder in */; do
                id=${folder%/}
                case $id in lock|'*'|.*) continue ;; esac
                state=receipt
                [ -e "$id/undo" ] && state=armed
                lease=
                known=
                [ -r "$id/deadline" ] && read -r known due <"$id/deadline"
                [ "$known" = "$boot" ] && lease=$((due - ${up%%.*}))
                echo "drill=$id $state $lease"
            done
            """#, "remains",
        ], timeLimit: .seconds(10), outputLimit: 1 << 14)
}
