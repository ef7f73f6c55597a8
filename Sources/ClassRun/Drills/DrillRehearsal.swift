import Foundation
import GraderCore

extension DrillRunner {
    /// Looks at the pair, read-only, and says what each drill would run, command by command; the two scripts that
    /// every drill puts on the nodes are printed once, at the end.
    /// - Parameter begun: is given the plan of each drill that can be begun.
    func rehearse(on pair: Pair, begun: (DrillPlan) -> Void = { _ in }) async -> [String] {
        let drills = exercise.drills.filter { request.kinds.contains($0.kind) }
        guard let first = drills.first else { return [] }
        let connection = PairConnection(pair.access)
        let seen = await look(first, .before, at: pair, over: connection)
        let looked = await followed(first, seen, over: connection, pair.machines)
        await connection.close()
        var lines = snapshots(pair)
        var undo = ""
        for drill in drills {
            let id = identifier(drill.kind, student: pair.student)
            lines.append("# \(pair.student): \(drill.kind.rawValue)")
            switch drill.plan(looked, hooks: pair.hooks, userAgent: "bascule-drill/\(id)") {
            case .failure(let refusal): lines.append("#   not begun: \(refusal.sentence.en)")
            case .success(let plan):
                begun(plan)
                let scripts = DrillScripts(
                    id: id, plan: plan, owner: owner, lease: request.lease ?? .seconds(120))
                undo = scripts.undoText
                lines += commands(scripts, isDirect: pair.access.directProber != nil)
            }
        }
        guard !undo.isEmpty else { return lines }
        return lines + ["# arm.sh:"] + DrillScripts.armText.split(separator: "\n").map { "    \($0)" }
            + ["# undo.sh:"] + undo.split(separator: "\n").map { "    \($0)" }
    }

    private func snapshots(_ pair: Pair) -> [String] {
        let taking = PairSnapshot(
            PairSnapshot.name(.drills, at: Date()), student: pair.student, machines: pair.machines,
            hooks: pair.hooks)
        guard let taking else { return [] }
        let commands = taking.machines.compactMap(taking.command)
        return ["# \(pair.student): once, where any of the drills can be begun"]
            + commands.map { "here: \(ShellWord.line($0))" }
    }

    private func commands(_ scripts: DrillScripts, isDirect: Bool) -> [String] {
        let (plan, undo) = (scripts.plan, scripts.undoText)
        func line(_ role: MachineID?, _ command: RemoteCommand) -> String {
            // The two long scripts by their names.
            let words = command.arguments.map { word in
                switch word {
                case DrillScripts.armText: "…arm.sh"
                case undo: "…undo.sh"
                default: word
                }
            }
            return "\(role.map(plan.name) ?? "here"): \(ShellWord.line(words))"
        }
        var lines = plan.machines.map { line($0, scripts.arm(on: $0)) }
        lines.append(
            "# \(request.connectsPerSecond) connections and \(request.requestsPerSecond) requests a second to "
                + "\(plan.target.address) port \(plan.target.port), from here on"
                + (isDirect ? "" : ", made by \(plan.name(plan.witness)) (sample.py, a second at a time)"))
        lines += plan.machines.map { line($0, scripts.tellUsers()) }
        lines += (scripts.intents() + scripts.perturbation()).map { line($0.node, $0.command) }
        lines.append(
            "# watched for at most \(plan.failoverBound.components.seconds) s; meanwhile, on both nodes:")
        lines.append(line(plan.active, scripts.renew()))
        if let on = plan.powerOn { lines.append("here: \(ShellWord.line(on))") }
        for role in plan.machines {
            lines += [
                line(role, scripts.undo(by: "grader")), line(role, scripts.receipt()),
                line(role, scripts.disarm()),
            ]
        }
        return lines
    }
}
