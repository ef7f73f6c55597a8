import GraderCore

extension DrillScripts {
    /// Of a step that came after the node's own timer had given back.
    static let tooLateStatus = 76

    /// What is noted on the nodes, flushed, before anything is changed: the undo looks at nothing else.
    func intents() -> [DrillStep] {
        guard let undo = plan.undo else { return [] }
        let files = undo.files.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
        return undo.intents.sorted { $0.key < $1.key }.map { role, names in
            DrillStep(
                "intent", on: role,
                [
                    "sh", "-c",
                    """
                    [ -e "$1/undo" ] || exit 76
                    cd "$1" && shift || exit 1
                    while [ "$1" != -- ]; do printf '%s\\n' "$2" >"$1" && shift 2 || exit 1; done
                    shift && touch "$@" && sync
                    """, "intent", folder,
                ] + files + ["--"] + names.map { "intent-\($0)" }, timeLimit: .seconds(10), undo: "")
        }
    }

    /// The perturbation itself, in order. On a node each step holds the undo off until it is done, and does nothing
    /// once that has begun: a command goes on there though nobody waits for it any more.
    func perturbation() -> [DrillStep] {
        plan.steps.map { step in
            guard step.node != nil else { return step }
            var held = step
            held.arguments =
                [
                    "sh", "-c",
                    """
                    [ -e "$1/undo" ] || { echo 'given back already' >&2; exit 76; }
                    exec 9<"$1/undo"
                    flock -w 20 9 || exit 75
                    [ -e "$1/given-back" ] && { echo 'given back already' >&2; exit 76; }
                    cd "$1" && shift || exit 77
                    exec "$@"
                    """, step.name, folder,
                ] + step.arguments
            return held
        }
    }
}

extension DrillStep {
    var command: RemoteCommand { RemoteCommand(arguments, timeLimit: timeLimit) }
}
