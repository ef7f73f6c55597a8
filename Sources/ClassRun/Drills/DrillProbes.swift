import GraderCore

/// Reading commands that only drills need.
enum DrillProbes {
    static let clock = RemoteCommand(["date", "+%s.%N"], asRoot: false)

    /// A word for the boot, another after each (random(4)), and what the machine is at (`running`, `stopping`).
    static let boot = RemoteCommand(
        ["sh", "-c", "cat /proc/sys/kernel/random/boot_id; systemctl is-system-running; exit 0"],
        asRoot: false)

    /// Left by drills, on a node: the lock's owner, then each drill's folder with what it has said.
    static let leftovers = RemoteCommand(
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
            """#, "leftovers",
        ], timeLimit: .seconds(10), outputLimit: 1 << 14)
}
