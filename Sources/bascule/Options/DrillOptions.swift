import ArgumentParser
import ClassRun
import Exercises
import GraderCore
import Reports

/// What every command that may drill takes. None runs unless it is named.
struct DrillOptions: ParsableArguments {
    @Option(
        name: .customLong("drills"),
        help: ArgumentHelp(
            fr:
                "Exercices de bascule, séparés par des virgules : \(Catalog.drillNames) ; ils perturbent les clusters des étudiants et les remettent en place.",
            en:
                "Failover drills, separated by commas: \(Catalog.drillNames); they perturb the students' clusters and give them back.",
            valueName: "drills"))
    var list: String?

    @Flag(
        name: .customLong("force-drills"),
        help: ArgumentHelp(
            fr: "Lancer les exercices de bascule même si quelqu'un travaille sur la paire.",
            en: "Drill although somebody is at work on the pair."))
    var isForced = false

    @Flag(
        name: .customLong("dry-run"),
        help: ArgumentHelp(
            fr:
                "Résumer ce que feraient les exercices de bascule, afficher chaque commande et n'en lancer aucune.",
            en: "Sum up what the drills would do, print every command, and run none."))
    var isDryRun = false

    @Option(name: .customLong("drill-lease"), help: .hidden)
    var lease: Duration?

    /// Nil where no drill is asked for.
    /// - Parameter exercise: which declares them.
    func request(of exercise: any Exercise) throws -> DrillRequest? {
        try require(
            list != nil || !isDryRun,
            LocalizedText(fr: "--dry-run ne va pas sans --drills", en: "--dry-run needs --drills"))
        guard let list else { return nil }
        let kinds = try list.split(separator: ",").map { word in
            guard let drill = exercise.drills.first(where: { $0.kind.rawValue == word }) else {
                throw ValidationError.unknown(
                    String(word), in: exercise.drills.map(\.kind.rawValue),
                    fr: "il n'y a pas d'exercice de bascule \(word)", en: "there is no drill \(word)")
            }
            return drill.kind
        }
        guard !kinds.isEmpty || isDryRun else { return nil }
        var request = DrillRequest(Set(kinds))
        request.isForced = isForced
        request.lease = lease.map { max(.seconds(10), $0) }
        return request
    }
}

extension DrillEvent {
    /// What the terminal says of it; nil for what a live line says better.
    func line(_ language: Language) -> String? {
        switch self {
        case .began, .stage, .seen, .notKept: nil
        case .ended(let student, let evidence):
            "\(student)  \(DrillLine(evidence, language: language).text())"
        case .notice(let student, let sentence):
            language.pick("\(student) : \(sentence)", "\(student): \(sentence)")
        case .remark(let student, let text): language.pick("\(student) : \(text)", "\(student): \(text)")
        }
    }
}
