import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import Reports

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Looks at one pair, read-only, and says in the terminal what is met and what is not.",
        discussion: """
            Exit status: 0 everything is met; 1 something is not; 2 something could not be assessed (2 beats 1); \
            65 the roster or the rubric is wrong; 130 interrupted. In an exam (exam: true in the roster or the \
            rubric) only whether the machines can be reached is shown: 0 all can, 2 one cannot.

            With --local, instead of a roster:
            \(OwnLabOptions.help)
            """)

    @OptionGroup var rosterArgument: RosterArgument

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "L'identifiant de l'étudiant ; inutile si la liste n'en a qu'un.",
            en: "The student's id; not needed where the roster has only one.", valueName: "id"))
    var student: String?

    @OptionGroup var own: OwnLabOptions

    @OptionGroup var options: RunOptions
    @OptionGroup var drillOptions: DrillOptions
    @OptionGroup var watchOptions: WatchOptions

    @Flag(
        name: .long,
        help: "On one of the machines: look at this machine without SSH, and say what is not seen.")
    var local = false

    @Option(
        name: .customLong("hand-in"),
        help: ArgumentHelp(
            "With --local: also write what was seen to this zip, to be handed in where the grader cannot come; once "
                + "on each machine.", valueName: "file"))
    var handIn: String?

    @Flag(
        name: .long,
        help:
            "Print the file to write your answers in, and look at nothing: a heading for each written question."
    )
    var template = false

    @Flag(name: .long, help: "Print the hints too, where the rubric shows them.")
    var hints = false

    @Option(name: .long, help: "Only hints for this question, e.g. Q3: what is not met, and why it matters.")
    var hint: String?

    @Option(
        name: .customLong("hint-level"),
        help: "1: why it matters; 2: what to look at; 3: with which command, and what it showed.")
    var hintLevel = 1

    @OptionGroup var patience: PatienceOptions

    func validate() throws {
        guard !template else { return }
        try require(
            hasRoster || own.isGiven,
            "give the roster (class.yaml); on one of the pair's own machines: "
                + "check --local \(OwnLabOptions.example)")
        try require(
            rosterArgument.given == nil || !own.isGiven,
            "\(OwnLabOptions.fewNames) and their like stand in for a roster: leave one of the two out")
        try require(local || !own.isGiven, "\(OwnLabOptions.fewNames) and their like go with --local")
        try require(
            1...RubricQuestion.mostHints ~= hintLevel,
            "--hint-level is from 1 to \(RubricQuestion.mostHints)")
        try require(!watchOptions.isOn || hint == nil, "--watch and --hint do not go together")
        try require(
            handIn?.lowercased().hasSuffix(".zip") ?? true, "--hand-in takes a name that ends in .zip")
        try require(handIn == nil || local, "--hand-in goes with --local, on each of the machines")
        try require(
            handIn == nil
                || !watchOptions.isOn && hint == nil && options.questions.isEmpty
                    && drillOptions.list == nil,
            "--hand-in looks at the whole sheet, once: leave out --watch, --hint, --question and --drills")
        try require(
            !watchOptions.isOn || drillOptions.list == nil,
            "--watch only looks; it does not go together with --drills")
    }

    func run() async throws {
        let console = Console()
        if template { return print(try answerSheet()) }
        let roster = try readRoster()
        let student = try chosen(from: roster)
        let zone = roster.timeZone ?? .current
        try require(
            !local || drillOptions.list == nil,
            "--drills needs a third machine: a node cannot see its own failover")
        var grader = try options.grader(roster.exercise, acceptsExcerpt: true)
        let drills = try drillOptions.request(of: grader.exercise)
        if roster.isExam || grader.rubric.isExam {
            if handIn != nil { throw HandInCheck.examRefusal(options.language) }
            let secrets = try secrets(student)
            return try await tryLogins(student, console) { local ? .onOwnMachine($0) : .ssh($0, secrets) }
        }
        let hinted = try hint.map { name in
            guard let section = grader.rubric[QuestionID(name.uppercased())] else {
                throw options.noQuestion(name, grader.rubric)
            }
            return section
        }
        if let hinted { grader.questions = [hinted.id] }
        if let handIn {
            return try await writeHandIn(to: handIn, student, roster, grader, zone, console)
        }
        let reports = ReportsFolder(options.reports)
        for sentence in reports.openDrills(of: roster.className) { console.line(sentence[options.language]) }
        let (secrets, judge) = (try secrets(student), grader)
        let (result, wasInterrupted) = try await Composition.working { group in
            let grader = ClassGrader(
                roster, collector: judge.collector, grader: judge, reports: reports,
                transports: local ? .onOwnMachine(group) : .ssh(group, secrets),
                pairDeadline: patience.limit.duration)
            if let drills, drillOptions.isDryRun {
                try await grader.rehearse(drills, [student]) { console.line($0) }
                return nil as GradedResult?
            }
            guard watchOptions.isOn else {
                console.progress(options.language.pick("Lecture de la paire…", "Looking at the pair…"))
                return try await grader.check(student, drills: drills) { say($0, judge, console) }
            }
            return try await grader.watch(student, pause: watchOptions.pause, looks: watchOptions.mostLooks) {
                try show($0, since: $1, next: $2, zone, console)
            }
        }
        console.endProgress()
        if drillOptions.isDryRun, !wasInterrupted { return }
        if watchOptions.isOn {
            if wasInterrupted, !options.json {
                console.line(options.language.pick("Fin du suivi.", "No longer watching."))
            }
        } else if let result {
            for line in try lines(result, hinted, zone, console) { console.line(line) }
        }
        if wasInterrupted { throw Exit.interrupted }
        if let result { try Exit.end(check: result) }
    }

    private var hasRoster: Bool { rosterArgument.given != nil || WorkingFolder.hasRoster }

    private func answerSheet() throws -> String {
        let exercise = try hasRoster ? readRoster().exercise : Catalog.usual.id
        let sheet = AnswerSheet(try options.grader(exercise, acceptsExcerpt: true).rubric)
        try require(!sheet.isEmpty, "this rubric has no question that is answered in writing")
        return sheet.text(options.language)
    }

    /// On one of the pair's own machines nobody logs in.
    private func secrets(_ student: RosterStudent) throws -> [SecretSource: Secret] {
        local ? [:] : try Composition.secrets([student])
    }

    private func readRoster() throws -> Roster {
        if own.isGiven { return try own.roster() }
        return try Roster.read(
            InputText(file: rosterArgument.file()), exercises: Sheets.all, ownOf: local ? Catalog.usual.id : nil)
    }

    func lines(
        _ result: GradedResult, _ hinted: RubricQuestion?, _ zone: TimeZone, _ console: Console
    ) throws -> [String] {
        if options.json { return [try PrintedJSON.text(result)] }
        guard let hinted else {
            let report = report(of: result, zone, console)
            let asked = Set(options.questions.map { QuestionID($0.uppercased()) })
            return asked.isEmpty ? report.lines() : report.lines(of: asked)
        }
        return HintPage(
            result: result, question: hinted.id, level: hintLevel, mostLevel: hinted.hintLevel,
            language: options.language
        ).lines(colour: console.hasColour, width: console.width)
    }

    func report(of result: GradedResult, _ zone: TimeZone, _ console: Console) -> TerminalReport {
        var report = TerminalReport(
            result, language: options.language, colour: console.hasColour, width: console.width,
            hints: hints)
        report.timeZone = zone
        return report
    }

    /// What was measured says as much as a check that students are not shown.
    private func say(_ event: DrillEvent, _ grader: Grader, _ console: Console) {
        let isConcealed = !grader.rubric.concealedChecks(at: Date()).isDisjoint(
            with: grader.exercise.drillsTellOf)
        if isConcealed, case .ended = event { return }
        if let line = event.line(options.language) { console.line(line) }
    }

    private func chosen(from roster: Roster) throws -> RosterStudent {
        if let student { return try roster.students([student])[0] }
        guard roster.students.count == 1, let only = roster.students.first else {
            throw ValidationError(
                "the roster has several students: say which of "
                    + roster.students.map(\.identity.id).joined(separator: ", "))
        }
        return only
    }
}
