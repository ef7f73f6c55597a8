import ArgumentParser
import ClassRun
import GraderCore
import Reports

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "score",
        LocalizedText(
            fr: "Juge et note à nouveau les observations d'un passage, sans toucher aucune machine.",
            en: "Judges and scores the evidence of an earlier run again, without touching a machine."),
        LocalizedText(
            fr: """
                Écrit un nouveau passage à côté de l'ancien, qui reste tel quel. État de sortie comme pour grade-all.
                """,
            en: """
                Writes a new run beside the old one; the old one stays as it is. Exit status as for grade-all.
                """),
        examples: [
            (
                "bascule score --diff",
                LocalizedText(
                    fr: "Le dernier passage, avec le barème tel qu'il est maintenant, et ce que cela change.",
                    en: "The latest run by the rubric as it is now, and what that changes.")
            ),
            (
                "bascule score reports/bts-sio-2/latest --rubric rubric.yaml",
                LocalizedText(
                    fr: "Le passage de ce dossier, avec ce barème.",
                    en: "The run of this folder, by this rubric.")
            ),
        ])

    @OptionGroup var chosenRun: RunArgument

    @Flag(
        name: .customLong("diff"),
        help: ArgumentHelp(
            fr: "Dire aussi quelles notes ont changé, de combien, et pourquoi.",
            en: "Also say whose mark changed by what, and why."))
    var showsDifferences = false

    @OptionGroup var options: RunOptions
    @OptionGroup var pages: PageOptions

    func run() throws {
        let source = try chosenRun.folder(in: options.reports)
        let theme = try pages.pageTheme()
        let old = try source.manifest()
        let grader = try options.grader(old.exercise)
        // Before `latest` is another run.
        let before = showsDifferences ? old.students.compactMap { try? source.result(of: $0.id) } : []
        let console = Console()
        let progress = RunProgress(
            console: console, students: old.students, language: options.language, json: options.json)
        let outcome = try ReportsFolder(options.reports).scoreAgain(source, old, by: grader, theme: theme) {
            progress.note($0)
        }
        progress.end(outcome)
        if showsDifferences { tellDifferences(from: before, to: outcome.results, console) }
        if !options.json { console.next(.after(outcome, of: old.className, in: options.reports)) }
        try Exit.endUnlessKept(outcome)
        if !outcome.missing.isEmpty || outcome.results.contains(where: \.hasUnassessed) {
            throw Exit.notAssessed
        }
    }

    private func tellDifferences(
        from old: [GradedResult], to results: [GradedResult], _ console: Console
    ) {
        // What is for people goes beside what a program reads.
        let say = { (line: String) in options.json ? console.complain(line) : console.line(line) }
        var count = 0
        for result in results {
            let student = result.student.id
            guard let before = old.first(where: { $0.student.id == student }) else {
                say(
                    options.language.pick(
                        "\(student) : pas de résultat antérieur à comparer",
                        "\(student): no earlier result to compare with"))
                continue
            }
            let difference = ScoreDifference(before: before, after: result, language: options.language)
            if difference.isEmpty { continue }
            count += 1
            for line in difference.lines { say(line) }
        }
        say(options.language.pick("Notes différentes : \(count).", "Marks that differ: \(count)."))
    }
}
