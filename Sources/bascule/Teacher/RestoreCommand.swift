import ArgumentParser
import ClassRun
import Exercises
import GraderCore

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "restore",
        LocalizedText(
            fr: """
                Remet en place ce que des exercices de bascule interrompus ont laissé sur les paires, compare, et dit ce qui \
                diffère.
                """,
            en: "Gives back what interrupted drills left on the pairs, compares, and says what is different."),
        LocalizedText(
            fr: """
                État de sortie : 0 tout est comme avant les exercices ; 2 quelque chose n'a pas pu être remis en place ou \
                vérifié (c'est affiché, avec la commande à taper) ; 65 la liste de classe a des erreurs.
                """,
            en: """
                Exit status: 0 everything is as before the drills; 2 something could not be given back or checked (what, \
                and with which command, is printed); 65 the roster is wrong.
                """),
        examples: [
            (
                "bascule restore",
                LocalizedText(fr: "Toute la classe de class.yaml.", en: "The whole class of class.yaml.")
            ),
            (
                "bascule restore --student dupont",
                LocalizedText(fr: "La paire de dupont seulement.", en: "Only dupont's pair.")
            ),
        ])

    @OptionGroup var rosterArgument: RosterArgument

    @Option(name: .customLong("student"), help: .onlyStudents)
    var students: [String] = []

    @OptionGroup var voice: VoiceOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Le dossier des comptes rendus ; les journaux des exercices y sont.",
            en: "The folder for reports; the journals of the drills are in it.", valueName: "folder"))
    var reports = "reports"

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Même si un autre bascule semble travailler sur la paire.",
            en: "Also where another grader seems to be at work on the pair."))
    var force = false

    func run() async throws {
        let console = Console()
        let roster = try rosterArgument.read()
        let chosen = try roster.students(students)
        let exercise = try Sheets.named(roster.exercise)
        let secrets = try Composition.secrets(chosen)
        let isClean = try await Composition.withNetwork { group in
            let grader = ClassGrader(
                roster, collector: PairCollector(exercise: exercise, collector: basculeVersion),
                grader: nil, reports: ReportsFolder(reports), transports: .ssh(group, secrets, of: roster))
            var isAll = true
            return try await grader.restore(
                chosen, isForced: force,
                onDamaged: { damaged in
                    isAll = damaged.isEmpty
                    for failure in damaged { console.line("✗ \(failure.message)") }
                },
                onReport: { report in
                    for line in lines(report, isAll: isAll) { console.line(line) }
                })
        }
        if !isClean { throw Exit.notAssessed }
    }

    /// - Parameter isAll: whether every journal could be read; otherwise what was not compared is not called as before.
    private func lines(_ report: DrillRestorer.Report, isAll: Bool) -> [String] {
        let (language, student) = (voice.language, report.student)
        if report.isClean, report.found.isEmpty {
            return [
                language.pick(
                    "✓ \(student) : rien n'est resté des exercices", "✓ \(student): nothing left by drills")
            ]
        }
        let here = language.pick("cette machine", "this host")
        return report.found.map { "  \($0[language])" } + report.failures.map { "✗ \($0[language])" }
            + report.differences.map {
                language.pick("✗ \(student) : \($0.sentence)", "✗ \(student): \($0.sentence)")
            }
            + report.commands.map { node, command in
                let place = node?.rawValue ?? here
                return language.pick("  sur \(place) : \(command)", "  on \(place): \(command)")
            }
            + (report.isClean && (isAll || report.wasCompared)
                ? [language.pick("✓ \(student) : comme avant", "✓ \(student): as before")] : [])
    }
}
