import GraderCore

/// One thing that a drill does to a pair, with how to take it back by hand.
struct DrillStep: Sendable {
    var name: String
    /// Nil: on the grader's own host.
    var node: MachineID?
    var command: RemoteCommand
    /// For people: the command that takes it back; empty where it changes nothing.
    var undo: String
    /// A failure ends the drill; otherwise only its absence counts (a node that goes down cuts its own answer off).
    var mustSucceed = true
}

extension DrillScripts {
    /// What is noted on the nodes, flushed, before anything is changed: the undo looks at nothing else.
    func intents() -> [DrillStep] {
        plan.machines.map { role in
            var marks = ["intent-failures"]
            if plan.kind == .standby { marks.append("intent-standby") }
            if role == plan.active {
                if plan.kind.stopsService { marks.append("intent-stop") }
                if plan.kind == .serviceBroken { marks.append("intent-break") }
            }
            return DrillStep(
                name: "intent", node: role,
                command: RemoteCommand(
                    [
                        "sh", "-c",
                        "cd \"$1\" && shift && printf 'Bascule_drill_of_an_unusable_configuration\\n' >breaking.conf && touch \"$@\" && sync",
                        "intent", folder,
                    ] + marks), undo: "")
        }
    }

    /// The perturbation itself, in order. On a node each step holds the undo off until it is done, and does nothing
    /// once that has begun: a command goes on there though nobody waits for it any more.
    func perturbation() -> [DrillStep] {
        changes().map { step in
            guard step.node != nil else { return step }
            var held = step
            held.command.arguments =
                [
                    "sh", "-c",
                    """
                    exec 9<"$1/undo"
                    flock -w 20 9 || exit 75
                    [ -e "$1/given-back" ] && { echo 'given back already' >&2; exit 76; }
                    shift
                    exec "$@"
                    """, step.name, folder,
                ] + step.command.arguments
            return held
        }
    }

    private func changes() -> [DrillStep] {
        let name = plan.name(plan.active)
        switch plan.kind {
        case .standby:
            let attribute = ["crm_attribute", "--node", name, "--name", "standby", "--lifetime", "reboot"]
            return [
                DrillStep(
                    name: "standby", node: plan.active,
                    command: RemoteCommand(attribute + ["--update", "on"], timeLimit: .seconds(20)),
                    undo: ShellWord.line(attribute + ["--delete"]))
            ]
        case .serviceStop:
            return stopService.map { [$0] } ?? []
        case .serviceBroken:
            return [breakConfiguration, stopService].compactMap(\.self)
        case .shutdown, .powerLoss:
            guard let power = plan.power else { return [] }
            let again = power.powerOn.map(ShellWord.line) ?? ""
            switch power.down {
            case .reboot:
                return [down(["systemctl", "reboot"], undo: "")]
            case .powerOff:
                return [down(["systemctl", "poweroff"], undo: again)]
            case .hook(let words):
                return [
                    DrillStep(
                        name: "power-loss", node: nil, command: RemoteCommand(words, timeLimit: .seconds(60)),
                        undo: again)
                ]
            }
        }
    }

    private func down(_ words: [String], undo: String) -> DrillStep {
        // Answers before it acts: the answer would be lost with the machine.
        DrillStep(
            name: plan.kind.rawValue, node: plan.active,
            command: RemoteCommand(words, timeLimit: .seconds(20)), undo: undo, mustSucceed: false)
    }

    /// A file of our own beside the student's; the configuration must be refused afterwards, or the drill would
    /// show nothing.
    private var breakConfiguration: DrillStep? {
        guard let service = plan.service else { return nil }
        return DrillStep(
            name: "break", node: plan.active,
            command: RemoteCommand(
                [
                    "sh", "-c",
                    """
                    from=$1 to=$2; shift 2
                    [ ! -e "$to" ] && "$@" >/dev/null 2>&1 || exit 3
                    cp "$from" "$to" && chmod 0644 "$to" && sync || exit 4
                    "$@" >/dev/null 2>&1 && exit 5
                    exit 0
                    """, "break", "\(folder)/breaking.conf", service.breakingFile,
                ] + service.configurationTest, timeLimit: .seconds(30)),
            undo: "rm \(service.breakingFile) && \(service.configurationTest.joined(separator: " "))")
    }

    private var stopService: DrillStep? {
        guard let service = plan.service else { return nil }
        let web = plan.resources.web ?? ""
        let undo = ShellWord.line(["crm", "resource", "cleanup", web, plan.name(plan.active)])
        if service.isUnitManaged {
            return DrillStep(
                name: "stop", node: plan.active,
                command: RemoteCommand(["systemctl", "stop", service.unit], timeLimit: .seconds(60)),
                undo: undo)
        }
        // An agent of its own started it, unknown to the unit: its main process is asked to end (apache2(8)).
        return DrillStep(
            name: "stop", node: plan.active,
            command: RemoteCommand(
                [
                    "sh", "-c", "read -r pid <\"$1\" && kill -TERM \"$pid\"", "stop", service.pidFile,
                ], timeLimit: .seconds(20)), undo: undo)
    }
}
