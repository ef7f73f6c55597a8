import ArgumentParser
import ClassRun
import GraderCore
import Reports

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Judges and scores the evidence of an earlier run again, without touching a machine.",
        discussion: """
            Writes a new run beside the old one; the old one stays as it is. Exit status as for grade-all.
            """)

    @OptionGroup var run: RunArgument

    @Flag(name: .customLong("diff"), help: "Also say whose mark changed by what, and why.")
    var showsDifferences = false

    @OptionGroup var options: RunOptions
    @OptionGroup var pages: PageOptions

    func run() throws {
        let source = try run.folder(in: options.reports)
        let theme = try pages.pageTheme()
        let old = try source.manifest()
        let grader = try options.grader(old.exercise)
        // Before `latest` is another run.
        let before = showsDifferences ? old.students.compactMap { try? source.result(of: $0.id) } : []
        let progress = RunProgress(
            console: Console(), students: old.students, language: options.language, json: options.json)
        let outcome = try ReportsFolder(options.reports).scoreAgain(source, old, by: grader, theme: theme) {
            progress.note($0)
        }
        progress.end(outcome)
        if showsDifferences { printDifferences(from: before, to: outcome.results) }
        try Exit.endUnlessKept(outcome)
        if !outcome.missing.isEmpty || outcome.results.contains(where: \.hasUnassessed) {
            throw Exit.notAssessed
        }
    }

    private func printDifferences(from old: [GradedResult], to results: [GradedResult]) {
        var count = 0
        for result in results {
            guard let before = old.first(where: { $0.student.id == result.student.id }) else {
                print("\(result.student.id): no earlier result to compare with")
                continue
            }
            let difference = ScoreDifference(before: before, after: result, language: options.language)
            if difference.isEmpty { continue }
            count += 1
            for line in difference.lines { print(line) }
        }
        print(options.language.pick("\(count) note(s) différente(s).", "\(count) mark(s) that differ."))
    }
}
