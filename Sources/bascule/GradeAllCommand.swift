import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import Reports

struct GradeAllCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade-all",
        abstract: "Looks at every pair of a class, read-only, and writes the reports.",
        discussion: """
            With --subnet in the place of a roster, the pairs are looked for first, as `discover` does, and the \
            roster that was used is kept beside the reports (roster.yaml in the run's folder). Machines that nobody \
            has listed are logged in to by key only, and drills are for rosters that you have looked through.
            Exit status: 0 everything asked for was assessed, whatever the marks; 2 something could not be \
            assessed; 65 the roster or the rubric is wrong (no machine is touched); 130 interrupted.
            """)

    @Argument(help: "The roster (class.yaml); none with --subnet.")
    var roster: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Find the pairs of this subnet first; several times.", valueName: "172.16.0.0/22"))
    var subnet: [String] = []

    @OptionGroup(title: "With --subnet") var discovery: DiscoveryOptions

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

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Also write events as JSON lines to this file or pipe as they happen; - is --json.",
            valueName: "file"))
    var events: String?

    @Flag(name: .long, help: "Lines as they come, on a terminal too.")
    var plain = false

    @OptionGroup var repeatOptions: RepeatOptions

    func validate() throws {
        guard (roster == nil) != subnet.isEmpty else {
            throw ValidationError(
                roster == nil
                    ? "give a roster (class.yaml), or --subnet 172.16.0.0/24 to look for the pairs"
                    : "--subnet looks for the pairs itself: leave the roster out")
        }
        if !subnet.isEmpty {
            guard !resume, !onlyFailed, only.isEmpty else {
                throw ValidationError(
                    "--resume, --only-failed and --student need a roster: give the one that the first run kept, "
                        + "roster.yaml in its folder")
            }
            guard drillOptions.list == nil else {
                throw ValidationError(
                    "--drills needs a roster that you have looked through: write one with `bascule discover`")
            }
        } else if discovery.isGiven {
            throw ValidationError(
                "how to log in, and whose machines are whose, stands in the roster: these options go with --subnet"
            )
        }
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
        guard let file = roster else { return try await gradeSubnet(console) }
        let roster = try Inputs.reading { () throws in
            try Roster.read(file: file, exercises: Catalog.exercises)
        }
        guard let (students, carried) = try Inputs.reportingNow({ try meant(roster) }) else {
            // Killed at the very end: complete, and with what a kill leaves beside it.
            ReportsFolder(options.reports).sweep(roster.className)
            console.line(
                options.language == .french
                    ? "Rien à reprendre : le dernier passage est complet."
                    : "Nothing to resume: the last run is complete.")
            return
        }
        try await grade(
            roster, students, carried, order: try order(exercise: roster.exercise), console: console)
    }
}

/// What a run is to do, read and found to be right before any machine is touched.
struct GradingOrder {
    var exercise: any Exercise
    var rubric: Rubric
    var asked: Set<QuestionID>?
    var theme: PageTheme?
    var kinds: Set<DrillKind>

    /// The questions that are looked at, in the order of the sheet.
    var columns: [QuestionID] {
        (exercise.prerequisitesDefinition.map { [$0.id] } ?? [])
            + exercise.questionDefinitions.map(\.id).filter { asked?.contains($0) ?? true }
    }
}

extension GradeAllCommand {
    func order(exercise id: String) throws -> GradingOrder {
        let (exercise, rubric, asked) = try Inputs.reading { try options.exerciseAndRubric(id) }
        return GradingOrder(
            exercise: exercise, rubric: rubric, asked: asked, theme: try pages.pageTheme(),
            kinds: try drillOptions.kinds(of: exercise))
    }

    /// `--events -` is another way to say --json.
    var printsJSON: Bool { options.json || events == "-" }

    private func eventStream() throws(StoreFailure) -> EventStream? {
        guard let events, events != "-" else { return nil }
        return try EventStream(path: events)
    }

    /// - Parameters:
    ///   - rosterText: the roster, where no file of the teacher's holds it.
    ///   - notSeen: who belongs to the class and is not in the roster, and why.
    func grade(
        _ roster: Roster, _ students: [RosterStudent], _ carried: CarriedOver, rosterText: String? = nil,
        notSeen: [(student: StudentIdentity, reason: LocalizedText)] = [], order: GradingOrder,
        console: Console
    ) async throws {
        for sentence in Drilling.openSentences(options.reports, roster.className, options.language) {
            console.line(sentence)
        }
        ReportsFolder(options.reports).complainOfUnfinished(roster.className)
        if drillOptions.isDryRun {
            try await DrillDryRun.print(
                order.kinds, students, exercise: order.exercise, settings: drillOptions.settings,
                console: console)
            return
        }
        var session = GradingSession(
            roster: roster, students: students, exercise: order.exercise, rubric: order.rubric,
            asked: order.asked, reports: ReportsFolder(options.reports), jobs: jobs,
            pairDeadline: .seconds(deadlineSeconds), language: roster.language, theme: order.theme)
        session.carried = carried
        session.rosterText = rosterText
        session.notSeen = notSeen
        let stream = try Inputs.reportingNow { try eventStream() }
        if !order.kinds.isEmpty {
            let language = options.language
            session.drills = DrillRequest(
                kinds: order.kinds, settings: drillOptions.settings, reports: options.reports,
                onEvent: { event in
                    if let line = Drilling.line(event, language: language) { console.line(line) }
                })
        }
        let work = session
        let isJSON = printsJSON
        if repeatOptions.every != nil {
            return try await RepeatedGrading(
                session: work, options: repeatOptions, language: options.language, json: isJSON,
                console: console, events: stream
            ).run()
        }
        // Passwords are asked for before the view has the terminal.
        session.secrets = try Inputs.reportingNow {
            try SecretReader().read(work.lookedAt.flatMap(\.secretSources))
        }
        let ready = session
        let progress = RunProgress(
            console: console, students: session.expected, language: options.language,
            json: isJSON, questions: plain ? nil : order.columns, events: stream)
        let (outcome, wasInterrupted) = try await Inputs.reporting {
            do {
                return try await Interruption.guarding { try await ready.run { progress.note($0) } }
            } catch {
                progress.abandon()
                throw error
            }
        }
        progress.end(outcome)
        if wasInterrupted { throw Exit.interrupted }
        if outcome.hasFault { throw Exit.bug }
        // With --student, others are taken over from the run before: the status is of those who were asked for.
        let all = students.map(\.identity) + notSeen.map(\.student)
        let asked = only.isEmpty ? Set(all.map(\.id)) : Set(only)
        if outcome.isIncomplete(of: asked) { throw Exit.notAssessed }
    }

    /// Who belongs to the run, and who of them is taken over from an earlier one; nil where nothing is to be resumed.
    private func meant(_ roster: Roster) throws -> ([RosterStudent], CarriedOver)? {
        let folder = ReportsFolder(options.reports)
        if resume {
            guard let (carried, ids) = try CarriedOver.resuming(folder, className: roster.className) else {
                return nil
            }
            return (roster.students.filter { ids?.contains($0.identity.id) ?? true }, carried)
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
    /// Whether something that was asked for of these students could not be assessed.
    func isIncomplete(of students: Set<String>) -> Bool {
        let assessed = Set(results.filter { !$0.hasUnassessed }.map(\.student.id))
        return !students.isSubset(of: assessed.subtracting(failures.map(\.student.id)))
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
