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
            case .failure(let refusal):
                lines.append(
                    String(
                        fr: "#   pas commencé : \(refusal.sentence)", en: "#   not begun: \(refusal.sentence)"
                    ))
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

    /// Begins the line of a command of this host.
    private static var here: String { String(fr: "ici: ", en: "here: ") }

    private func snapshots(_ pair: Pair) -> [String] {
        let taking = PairSnapshot(
            PairSnapshot.name(.drills, at: Date()), student: pair.student, machines: pair.machines,
            hooks: pair.hooks)
        guard let taking else { return [] }
        let commands = taking.machines.compactMap(taking.command)
        return [
            String(
                fr: "# \(pair.student) : une fois, si l'un des exercices peut commencer",
                en: "# \(pair.student): once, where any of the drills can be begun")
        ] + commands.map { Self.here + ShellWord.line($0) }
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
            return (role.map { "\(plan.name($0)): " } ?? Self.here) + ShellWord.line(words)
        }
        var lines = plan.machines.map { line($0, scripts.arm(on: $0)) }
        let (connects, requests) = (request.connectsPerSecond, request.requestsPerSecond)
        let (address, port, witness) = (plan.target.address, plan.target.port, plan.name(plan.witness))
        let maker = LocalizedText(
            fr: ", faites par \(witness) (sample.py, une seconde à la fois)",
            en: ", made by \(witness) (sample.py, a second at a time)")
        lines.append(
            String(
                fr:
                    "# dès lors \(connects) connexions et \(requests) requêtes par seconde vers \(address) port \(port)",
                en:
                    "# \(connects) connections and \(requests) requests a second to \(address) port \(port), from here on"
            )
                + (isDirect ? "" : maker[.current]))
        lines += plan.machines.map { line($0, scripts.tellUsers()) }
        let bound = plan.failoverBound.wholeSeconds
        lines += (scripts.intents() + scripts.perturbation()).map { line($0.node, $0.command) }
        lines.append(
            String(
                fr: "# observé pendant \(bound) s au plus ; pendant ce temps, sur les deux nœuds :",
                en: "# watched for at most \(bound) s; meanwhile, on both nodes:"))
        lines.append(line(plan.active, scripts.renew()))
        if let on = plan.powerOn { lines.append(Self.here + ShellWord.line(on)) }
        for role in plan.machines {
            lines += [
                line(role, scripts.undo(by: "grader")), line(role, scripts.receipt()),
                line(role, scripts.disarm()),
            ]
        }
        return lines
    }
}
