import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import Reports

struct ScoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "score",
        abstract: "Judges and scores the evidence of an earlier run again, without touching a machine.",
        discussion: """
            Writes a new run beside the old one; the old one stays as it is. Exit status as for grade-all.
            """)

    @Argument(help: ArgumentHelp("The folder of a run, e.g. reports/bts-sio-2/latest.", valueName: "run"))
    var runFolder: String

    @Flag(name: .customLong("diff"), help: "Also say whose mark changed by what, and why.")
    var showsDifferences = false

    @OptionGroup var options: RunOptions
    @OptionGroup var pages: PageOptions

    func run() throws {
        let source = RunFolder(path: runFolder)
        let theme = try pages.pageTheme()
        let outcome = try Inputs.reportingNow {
            let old = try source.manifest()
            let (exercise, rubric, asked) = try options.exerciseAndRubric(old.exercise)
            let marks = try ReportsFolder(options.reports).marks(
                of: old.className, sheet: MarkableSheet(rubric), students: old.students)
            var manifest = old
            manifest.questions = asked.map { $0.sorted() } ?? old.questions
            // Cut off, it is gone on with from the same evidence, not by looking at the machines.
            let reports = ReportsFolder(options.reports)
            manifest.carried = try CarriedOver.whole(source, old, in: reports).names
            let folder = try reports.newRun(manifest, at: Date())
            let writer = ResultWriter(
                place: RunPlace(folder: folder, manifest: manifest, theme: theme),
                grader: Grader(
                    exercise: exercise, rubric: rubric, questions: asked ?? old.questions.map { Set($0) },
                    version: basculeVersion), marks: marks,
                history: ReportsFolder(options.reports).history(of: old.className))
            writer.place.complainOfAnswers()
            // Before `latest` is another run.
            let before =
                showsDifferences
                ? manifest.students.compactMap { try? source.result(of: $0.id) } : []
            let progress = RunProgress(
                console: Console(), students: manifest.students, language: options.language,
                json: options.json)
            let gathered = RunGathering()
            for student in manifest.students {
                let event: RunEvent =
                    source.wasLookedAt(student.id)
                    ? .finishing(student) {
                        .graded(
                            try writer.finish(try source.evidence(of: student.id), student: student))
                    } : .notSeen(student, writer.place.absence(of: student.id))
                gathered.note(event)
                progress.note(event)
            }
            let outcome = gathered.outcome(folder, order: manifest.students.map(\.id))
            try writer.writeClassPage(outcome.results, failures: outcome.failures)
            try ReportsFolder(options.reports).pointLatest(at: folder)
            progress.end(outcome)
            if showsDifferences { printDifferences(from: before, to: outcome.results) }
            return outcome
        }
        if outcome.hasFault { throw Exit.bug }
        if !outcome.failures.isEmpty || outcome.results.contains(where: \.hasUnassessed) {
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
        let isFrench = options.language == .french
        print(isFrench ? "\(count) note(s) différente(s)." : "\(count) mark(s) that differ.")
    }
}
