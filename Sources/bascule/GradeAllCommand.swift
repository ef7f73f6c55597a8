import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import Reports

struct GradeAllCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade-all",
        abstract: "Looks at every pair of a class, read-only, and writes the reports.",
        discussion: """
            Exit status: 0 everything asked for was assessed, whatever the marks; 2 something could not be \
            assessed; 65 the roster or the rubric is wrong (no machine is touched); 130 interrupted.
            """)

    @Argument(help: "The roster (class.yaml).")
    var roster: String

    @OptionGroup var options: RunOptions
    @OptionGroup var drillOptions: DrillOptions
    @OptionGroup var pages: PageOptions

    @Option(name: .customLong("student"), help: "Only this student; may be given several times.")
    var only: [String] = []

    @Flag(name: .long, help: "Go on with a run that was interrupted: who is done is not looked at again.")
    var resume = false

    @Flag(
        name: .customLong("only-failed"),
        help: "Look only at those who could not be assessed in the latest run.")
    var onlyFailed = false

    @Option(name: .long, help: "Pairs looked at at once.")
    var jobs = 16

    @Option(name: .long, help: "Seconds after which a pair is given up.")
    var deadlineSeconds = 90

    @OptionGroup var repeatOptions: RepeatOptions

    func validate() throws {
        if repeatOptions.every != nil, drillOptions.list != nil {
            throw ValidationError("--every only looks; it does not go together with --drills")
        }
        guard [resume, onlyFailed, !only.isEmpty, repeatOptions.every != nil].count(where: \.self) <= 1 else {
            throw ValidationError("--resume, --only-failed, --student and --every do not go together")
        }
        guard jobs >= 1 else { throw ValidationError("--jobs takes a whole number from 1 on") }
        guard deadlineSeconds >= 5 else { throw ValidationError("--deadline-seconds takes 5 or more") }
    }

    func run() async throws {
        let console = Console()
        let roster = try Inputs.reading { () throws in
            try Roster.read(file: self.roster, knownExercises: [])
        }
        guard let (students, carried) = try Inputs.reportingNow({ try meant(roster) }) else {
            console.line(
                options.language == .french
                    ? "Rien à reprendre : le dernier passage est complet."
                    : "Nothing to resume: the last run is complete.")
            return
        }
        let (exercise, rubric, asked) = try Inputs.reading { try options.exerciseAndRubric(roster.exercise) }
        let theme = try pages.pageTheme()
        let kinds = try drillOptions.kinds()
        for sentence in Drilling.openSentences(options.reports, roster.className, options.language) {
            console.line(sentence)
        }
        if drillOptions.isDryRun {
            try await DrillDryRun.print(
                kinds, students, exercise: exercise, settings: drillOptions.settings, console: console)
            return
        }
        var session = GradingSession(
            roster: roster, students: students, exercise: exercise, rubric: rubric, asked: asked,
            reports: ReportsFolder(options.reports), jobs: jobs,
            pairDeadline: .seconds(deadlineSeconds), language: roster.language, theme: theme)
        session.carried = carried
        let progress = RunProgress(
            console: console, students: session.lookedAt.map(\.identity), language: options.language,
            json: options.json)
        if !kinds.isEmpty {
            let language = options.language
            session.drills = DrillRequest(
                kinds: kinds, settings: drillOptions.settings, reports: options.reports,
                onEvent: { event in
                    if let line = Drilling.line(event, language: language) { console.line(line) }
                })
        }
        let work = session
        if repeatOptions.every != nil {
            return try await RepeatedGrading(
                session: work, options: repeatOptions, language: options.language, json: options.json,
                console: console
            ).run()
        }
        let (outcome, wasInterrupted) = try await Inputs.reporting {
            try await Interruption.guarding {
                try await work.run { progress.note($0) }
            }
        }
        progress.end(outcome)
        if wasInterrupted { throw Exit.interrupted }
        if outcome.isIncomplete(of: students.count) { throw Exit.notAssessed }
    }
}

extension GradeAllCommand {
    /// Who belongs to the run, and who of them is taken over from an earlier one; nil where nothing is to be resumed.
    private func meant(_ roster: Roster) throws -> ([RosterStudent], CarriedOver)? {
        let folder = ReportsFolder(options.reports)
        if resume {
            guard let (carried, ids) = try CarriedOver.resuming(folder, className: roster.className) else {
                return nil
            }
            return (roster.students.filter { ids.contains($0.identity.id) }, carried)
        }
        if onlyFailed {
            return (roster.students, try CarriedOver.assessed(folder, className: roster.className))
        }
        let asked = try roster.students(only).map(\.identity.id)
        guard !only.isEmpty else { return (roster.students, CarriedOver()) }
        let carried = try CarriedOver.others(than: asked, folder, className: roster.className)
        return (
            roster.students.filter { asked.contains($0.identity.id) || carried.runs[$0.identity.id] != nil },
            carried
        )
    }
}

extension GradingSession.Outcome {
    /// Whether something that was asked for could not be assessed.
    func isIncomplete(of students: Int) -> Bool {
        !failures.isEmpty || results.contains(where: \.hasUnassessed) || results.count < students
    }
}

extension Roster {
    /// The students asked for, in roster order; all where none is named.
    func students(_ ids: [String]) throws -> [RosterStudent] {
        guard !ids.isEmpty else { return students }
        for id in ids where self[id] == nil {
            throw ValidationError(
                "the roster has no student \(id); it has: "
                    + students.map(\.identity.id).joined(separator: ", "))
        }
        return students.filter { ids.contains($0.identity.id) }
    }
}
