import GraderCore

/// What a drill puts on the nodes and runs there. Scripts are fixed texts; what varies goes in as positional
/// parameters or as quoted values of the plan file.
struct DrillScripts: Sendable {
    /// `/var/lib/bascule/<id>` on both nodes.
    let id: String
    let plan: DrillPlan
    /// Who holds the lock, one line: user, host, process, since when.
    let owner: String
    /// How long a node waits to hear from the grader before it gives everything back by itself.
    let lease: Duration

    static let base = "/var/lib/bascule"
    private static let undoFrame = String(decoding: PackageResources.undo_sh, as: UTF8.self)
    static let armText = String(decoding: PackageResources.arm_sh, as: UTF8.self)

    /// What gives back on the nodes: the frame, with the drill's own lines in their place.
    var undoText: String {
        let lines = Self.undoFrame.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { line in
            line.hasPrefix(Self.undoPlace) ? "\(line)\n\(plan.undo?.script ?? "")" : String(line)
        }.joined(separator: "\n")
    }
    private static let undoPlace = "# --- what the drill changed ---"

    var folder: String { "\(Self.base)/\(id)" }
    private var leaseSeconds: String { String(lease.wholeSeconds) }

    func arm(on role: MachineID) -> RemoteCommand {
        RemoteCommand(
            [
                "sh", "-c", Self.armText, "arm", id, owner, leaseSeconds, undoText, planFile(for: role),
                serviceUnit, timerUnit,
            ], timeLimit: .seconds(30))
    }

    /// Values for `undo.sh`, as shell assignments.
    func planFile(for role: MachineID) -> String {
        let own = plan.undo?.values[role] ?? [:]
        let values =
            own.sorted { $0.key < $1.key } + [
                ("id", id), ("grace", leaseSeconds), ("tools", plan.undo?.tools.joined(separator: " ") ?? ""),
            ]
        return values.map { "\($0)=\(ShellWord.quoted($1))\n" }.joined()
    }

    /// Where the machine went down in the undo's last lines: it was taken away, and its lock and its timer were not.
    /// systemd makes one `$` of two (systemd.service(5)). What the grader takes away meanwhile is no failure: a unit that
    /// has failed stays in `systemctl --failed`, whatever becomes of its file.
    private var takesItselfAway: String {
        let (lock, timer) = ("\(Self.base)/lock", "bascule-undo-\(id).timer")
        let units = "/etc/systemd/system/bascule-undo-\(id)"
        return """
            [ "$$(head -n 1 \(lock)/owner 2>/dev/null)" != \(id) ] || rm -rf \(lock); \
            systemctl disable \(timer) 2>/dev/null; rm -f \(units).timer \(units).service; \
            systemctl stop \(timer) 2>/dev/null; exit 0
            """
    }

    var serviceUnit: String {
        """
        [Unit]
        Description=Bascule: gives back what drill \(id) changed

        [Service]
        Type=oneshot
        SuccessExitStatus=75
        ExecStart=/bin/sh -c '[ ! -e \(folder)/undo ] || sh \(folder)/undo tick; status=$$?; \
        [ ! -e \(folder)/undo ] || exit $$status; \(takesItselfAway)'
        TimeoutStartSec=360

        """
    }

    /// Polls, because the deadline moves while the grader is heard of; enabled, so that it outlives a reboot,
    /// which a transient timer does not (systemd.timer(5)).
    private var timerUnit: String {
        """
        [Unit]
        Description=Bascule: gives back what drill \(id) changed, if the grader cannot

        [Timer]
        OnActiveSec=15s
        OnBootSec=15s
        OnUnitInactiveSec=15s
        AccuracySec=1s

        [Install]
        WantedBy=timers.target

        """
    }

    /// Of `renew` and of the undo where that is gone: the timer has given back, or somebody took it away.
    static let goneStatus = 3
    /// Of the undo that is not done yet: the cluster is not there, or still acting.
    static let notYetStatus = 75
    /// How often it is run until it is done, and the pause between: as often as it waits for machines that still act.
    static let (undoAttempts, undoPause) = (14, Duration.seconds(3))

    /// `sh undo …`, with a status of its own where that is gone: a shell's 2 and 127 have other reasons too (dash ends
    /// so where it cannot fork).
    static func undo(_ folder: String, _ mode: String...) -> RemoteCommand {
        RemoteCommand(
            ["sh", "-c", "[ -e \"$0\" ] || exit \(goneStatus); exec sh \"$0\" \"$@\"", "\(folder)/undo"]
                + mode,
            timeLimit: .seconds(300))
    }

    func renew() -> RemoteCommand {
        RemoteCommand(
            [
                "sh", "-c",
                """
                read -r up rest </proc/uptime; read -r boot </proc/sys/kernel/random/boot_id
                [ -e "$1/undo" ] || exit \(Self.goneStatus)
                echo "$boot $((${up%%.*} + $2))" >"$1/deadline.new" \
                && mv "$1/deadline.new" "$1/deadline"
                """, "renew", folder, leaseSeconds,
            ], timeLimit: .seconds(10))
    }

    func undo(by: String) -> RemoteCommand { Self.undo(folder, "now", by) }

    func receipt() -> RemoteCommand { RemoteCommand(["cat", "\(folder)/receipt"], outputLimit: 1 << 16) }

    func disarm() -> RemoteCommand { Self.undo(folder, "disarm") }

    /// Whether a receipt has the word of a timer that has given everything back.
    static func isDoneByTimer(_ receipt: [String]) -> Bool {
        receipt.contains { $0.hasSuffix("timer: done") }
    }

    /// Takes away what a timer that has given back leaves, its receipt, once that is read; nothing of a drill whose undo
    /// is still there.
    static func clearAway(_ folder: String) -> RemoteCommand {
        RemoteCommand([
            "sh", "-c", "[ ! -e \"$1/undo\" ] || exit 1; rm -rf \"$1\"; rmdir \"$2\" 2>/dev/null; exit 0",
            "rm",
            folder, base,
        ])
    }

    func say(_ text: String) -> RemoteCommand {
        RemoteCommand(["logger", "-t", "bascule", "drill \(id) \(text)"])
    }

    /// To whoever is logged in; nobody's terminal is no failure.
    func tellUsers() -> RemoteCommand {
        RemoteCommand([
            "wall",
            // Without accents: wall(1) writes \303\251 for one where the grader's log-in brings no locale.
            """
            Bascule : un exercice de bascule (\(plan.kind.rawValue)) commence sur cette paire ; attendre qu'il soit fini.
            Bascule: a failover drill (\(plan.kind.rawValue)) begins on this pair; please wait until it is over.
            """,
        ])
    }
}
