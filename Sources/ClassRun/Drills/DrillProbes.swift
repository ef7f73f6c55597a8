import GraderCore

extension PairConnection {
    /// Whether a machine answers and is not on its way down: one that is answers for some seconds more, or for as long as
    /// its shutdown is delayed.
    func isUp(_ role: MachineID) async -> Bool {
        guard let said = try? await run(DrillProbes.boot, on: role) else { return false }
        let words = said.standardOutput.text.split(whereSeparator: \.isWhitespace)
        return !words.contains("stopping") && !words.contains("pending")
    }
}

/// Reading commands that only drills need.
enum DrillProbes {
    static let clock = RemoteCommand(["date", "+%s.%N"], asRoot: false)

    /// A word for the boot, another after each (random(4)), what the machine is at (`running`, `stopping`), and `pending`
    /// where it is to go down as soon as whoever delays that lets it (systemd-inhibit(1), PreparingForShutdown in
    /// org.freedesktop.login1(5)).
    static let boot = RemoteCommand(
        [
            "sh", "-c",
            """
            cat /proc/sys/kernel/random/boot_id; systemctl is-system-running
            [ "$(busctl --auto-start=no --timeout=3 get-property org.freedesktop.login1 /org/freedesktop/login1 \
                org.freedesktop.login1.Manager PreparingForShutdown 2>/dev/null)" = "b true" ] && echo pending
            exit 0
            """,
        ], asRoot: false)

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
