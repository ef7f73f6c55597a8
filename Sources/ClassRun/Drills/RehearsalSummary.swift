import GraderCore

/// What a rehearsal comes to, ahead of its commands: whoever decides about other people's machines reads five lines.
struct RehearsalSummary {
    private var pairs: [String] = []
    private var asked = 0
    private var plans: [DrillPlan] = []
    /// By the machine's name in its exercise; nil: on this host.
    private var commands: [MachineID?: Int] = [:]

    /// - Parameters:
    ///   - lines: of the pair's rehearsal.
    ///   - plans: of its drills that can be begun.
    mutating func add(_ student: String, lines: [String], plans: [DrillPlan]) {
        asked += 1
        guard !plans.isEmpty else { return }
        pairs.append(student)
        self.plans += plans
        // Comments and the scripts' own lines are no commands.
        for line in lines where !line.hasPrefix("#") && !line.hasPrefix(" ") {
            let name = line.prefix { $0 != ":" }
            let machine = plans.lazy.flatMap(\.names).first { $0.value == name }?.key
            commands[machine, default: 0] += 1
        }
    }

    var lines: [String] {
        let parts =
            plans.isEmpty
            ? [whose, which, runs] + nothing : [whose, which, runs, client, undone]
        return parts.map { "# \($0[.current])" }
    }

    private var whose: LocalizedText {
        guard !pairs.isEmpty else {
            return LocalizedText(fr: "Paires : aucune sur \(asked)", en: "Pairs: none of \(asked)")
        }
        let names = pairs.prefix(20).joined(separator: ", ") + (pairs.count > 20 ? ", …" : "")
        return LocalizedText(
            fr: "Paires : \(names) (\(pairs.count) sur \(asked))",
            en: "Pairs: \(names) (\(pairs.count) of \(asked))")
    }

    private var which: LocalizedText {
        // In the order in which they are run.
        let counts = plans.reduce(into: [(kind: DrillKind, count: Int)]()) { counts, plan in
            if let known = counts.firstIndex(where: { $0.kind == plan.kind }) {
                counts[known].count += 1
            } else {
                counts.append((plan.kind, 1))
            }
        }
        guard !counts.isEmpty else {
            return LocalizedText(
                fr: "Exercices de bascule : aucun ne peut commencer, la raison est plus bas",
                en: "Drills: none can be begun, why is said below")
        }
        let words = counts.map { kind, count in
            count == 1
                ? LocalizedText(fr: "\(kind.rawValue) sur 1 paire", en: "\(kind.rawValue) on 1 pair")
                : LocalizedText(
                    fr: "\(kind.rawValue) sur \(count) paires", en: "\(kind.rawValue) on \(count) pairs")
        }.joined(Self.comma)
        return LocalizedText(
            fr: "Exercices de bascule : \(words), l'un après l'autre sur chaque paire",
            en: "Drills: \(words), one after the other on each pair")
    }

    private var runs: LocalizedText {
        let total = commands.values.reduce(0, +)
        guard total > 0 else { return LocalizedText(fr: "Commandes : aucune", en: "Commands: none") }
        let places = commands.sorted { ($0.key?.rawValue ?? "~") < ($1.key?.rawValue ?? "~") }.map {
            machine, count in
            machine.map {
                LocalizedText(fr: "\(count) sur \($0.rawValue)", en: "\(count) on \($0.rawValue)")
            } ?? LocalizedText(fr: "\(count) sur ce poste", en: "\(count) on this host")
        }.joined(Self.comma)
        return LocalizedText(
            fr: "Commandes : \(total), dont \(places)", en: "Commands: \(total), of which \(places)")
    }

    private var client: LocalizedText {
        let there = plans.map(\.failoverBound).max() ?? .zero
        let back = plans.map(\.failbackBound).max() ?? .zero
        let down = Set(plans.filter(\.goesDown).map(\.kind.rawValue)).sorted()
        let off =
            down.isEmpty
            ? LocalizedText(verbatim: "")
            : LocalizedText(
                fr: " ; une machine s'arrête puis revient (\(down.joined(separator: ", ")))",
                en: "; a machine goes down and comes back (\(down.joined(separator: ", ")))")
        return LocalizedText(
            fr:
                "Clients : à chaque exercice, sans réponse \(there.wholeSeconds) s au plus quand le service bascule, \(back.wholeSeconds) s au plus à son retour\(off)",
            en:
                "Clients: in each drill, without an answer for at most \(there.wholeSeconds) s when the service moves, and at most \(back.wholeSeconds) s on its way back\(off)"
        )
    }

    private var undone: LocalizedText {
        LocalizedText(
            fr:
                "Retour : par le correcteur à la fin de chaque exercice ; s'il disparaît, par une minuterie de chaque machine ; s'il reste quelque chose, par « bascule restore »",
            en:
                "Undone: by the grader at the end of each drill; if it goes away, by a timer on each machine; if something is left, by `bascule restore`"
        )
    }

    private var nothing: [LocalizedText] {
        [
            LocalizedText(fr: "Clients : ne remarquent rien", en: "Clients: notice nothing"),
            LocalizedText(fr: "Retour : rien à remettre en place", en: "Undone: there is nothing to undo"),
        ]
    }

    private static let comma = LocalizedText(fr: ", ", en: ", ")
}
