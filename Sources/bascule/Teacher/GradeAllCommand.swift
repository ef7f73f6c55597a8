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
            With --at deadline it waits and looks at each student just before his own deadline; `bascule schedule` \
            prints the systemd timer that starts it.
            While `bascule board` has the class, the run is made by it, with its --jobs, --give-up-after and \
            --theme, and shown here.
            Exit status: 0 everything asked for was assessed, whatever the marks; 2 something could not be \
            assessed; 65 the roster or the rubric is wrong (no machine is touched); 69 the board ended before the \
            run did; 74 something could not be written; 75 another grade-all is at work on the class; 130 interrupted.
            """)

    @OptionGroup var rosterArgument: RosterArgument

    @Option(
        name: .long,
        help: ArgumentHelp("Find the pairs of this subnet first; several times.", valueName: "172.16.0.0/22"))
    var subnet: [String] = []

    @OptionGroup(title: "With --subnet") var discovery: DiscoveryOptions

    @OptionGroup var options: RunOptions
    @OptionGroup var drillOptions: DrillOptions
    @OptionGroup var pages: PageOptions

    @Option(name: .customLong("student"), help: .onlyStudents)
    var only: [String] = []

    @Flag(name: .long, help: "Go on with a run that was interrupted: who is done is not looked at again.")
    var resume = false

    @Flag(
        name: .customLong("only-failed"),
        help: "Look only at those who could not be assessed in the latest run.")
    var onlyFailed = false

    @Option(name: .long, help: "Pairs looked at at once.")
    var jobs = 16

    @OptionGroup var patience: PatienceOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Also write events as JSON lines to this file or pipe as they happen; - is --json.",
            valueName: "file"))
    var events: String?

    @Flag(name: .long, help: "Lines as they come, on a terminal too.")
    var plain = false

    @OptionGroup var repeatOptions: RepeatOptions
    @OptionGroup var deadlineOptions: DeadlineOptions

    func validate() throws {
        try require(
            rosterArgument.given == nil || subnet.isEmpty,
            "--subnet looks for the pairs itself: leave the roster out")
        if !subnet.isEmpty {
            try require(
                !resume && !onlyFailed && only.isEmpty && !waitsForDeadlines,
                "--resume, --only-failed, --student and --at need a roster: give the one that the first run kept, "
                    + "roster.yaml in its folder")
            try require(
                drillOptions.list == nil,
                "--drills needs a roster that you have looked through: write one with `bascule discover`")
        } else if discovery.isGiven {
            throw ValidationError(
                "how to log in, and whose machines are whose, stands in the roster: these options go with --subnet"
            )
        }
        try require(
            repeatOptions.every == nil && !waitsForDeadlines || drillOptions.list == nil,
            "--every and --at only look; they do not go together with --drills")
        try require(
            [resume, onlyFailed, !only.isEmpty, repeatOptions.every != nil, waitsForDeadlines].count(
                where: \.self) <= 1,
            "--resume, --only-failed, --student, --every and --at do not go together")
        try require(jobs >= 1, "--jobs takes a whole number from 1 on")
    }

    func run() async throws {
        let console = Console()
        if !subnet.isEmpty { return try await gradeSubnet(console) }
        let file = try rosterArgument.file()
        let roster = try Roster.read(file: file, exercises: Sheets.all)
        if waitsForDeadlines { return try await gradeAtDeadlines(of: roster, file: file, console) }
        guard let order = try order(roster) else {
            console.line(
                options.language.pick(
                    "Rien à reprendre : le dernier passage est complet.",
                    "Nothing to resume: the last run is complete."))
            return
        }
        try await grade(order, of: roster, by: try judging(roster.exercise), console)
    }

    /// Who is looked at; nil where nothing is to be resumed.
    private func order(_ roster: Roster) throws -> RunOrder? {
        let folder = ReportsFolder(options.reports)
        if resume { return try RunOrder.resuming(roster, in: folder) }
        if onlyFailed { return try RunOrder.onlyFailed(roster, in: folder) }
        if only.isEmpty { return RunOrder(roster.students) }
        return try RunOrder.only(try roster.students(only), of: roster, in: folder)
    }
}

/// By what a run is judged and shown, read and found to be right before any machine is touched.
struct Judging {
    var grader: Grader
    var theme: PageTheme?
    var drills: DrillRequest?

    /// The questions that are looked at, in the order of the sheet.
    var columns: [QuestionID] {
        (grader.exercise.prerequisitesDefinition.map { [$0.id] } ?? [])
            + grader.exercise.questionDefinitions.map(\.id).filter { grader.questions?.contains($0) ?? true }
    }
}

extension GradeAllCommand {
    func judging(_ exercise: String) throws -> Judging {
        let grader = try options.grader(exercise)
        return Judging(
            grader: grader, theme: try pages.pageTheme(),
            drills: try drillOptions.request(of: grader.exercise))
    }

    /// `--events -` is another way to say --json.
    var printsJSON: Bool { options.json || events == "-" }

    var waitsForDeadlines: Bool { deadlineOptions.moment != nil }

    /// Whether the command goes on after a run.
    var makesSeveralRuns: Bool { repeatOptions.every != nil || waitsForDeadlines }

    /// What earlier runs left that the teacher should know of.
    func tellOfLeftovers(_ className: String, in reports: ReportsFolder, _ console: Console) {
        for sentence in reports.openDrills(of: className) { console.line(sentence[options.language]) }
        for remark in reports.remarksOnUnfinished(className) { Inputs.complain(remark) }
    }

    func eventStream() throws -> EventStream? {
        drillOptions.isDryRun || events == "-" ? nil : try events.map { try EventStream(path: $0) }
    }

    func classGrader(
        _ roster: Roster, _ judging: Judging, _ transports: Transports
    ) -> ClassGrader {
        ClassGrader(
            roster, collector: judging.grader.collector, grader: judging.grader,
            reports: ReportsFolder(options.reports), transports: transports, theme: judging.theme, jobs: jobs,
            pairDeadline: patience.limit.duration)
    }

    func grade(_ order: RunOrder, of roster: Roster, by judging: Judging, _ console: Console) async throws {
        let reports = ReportsFolder(options.reports)
        let rounds = try repeatOptions.rounds(of: roster)
        tellOfLeftovers(roster.className, in: reports, console)
        var order = order
        order.drills = judging.drills
        let stream = try eventStream()
        let wanted = order
        // Passwords are asked for before the view has the terminal; a board has its own.
        let isHandedOver = drillOptions.isDryRun ? false : try await hasBoard(roster.className, reports)
        let asked = drillOptions.isDryRun ? order.students : order.lookedAt
        let secrets = isHandedOver ? nil : try Composition.secrets(asked)
        let (outcome, wasInterrupted) = try await Composition.working(threads: 2) { group in
            var known = secrets
            let grader = {
                // A board that is gone by a later round leaves them to be read here.
                let secrets = try known ?? Composition.secrets(asked)
                known = secrets
                return classGrader(roster, judging, .ssh(group, secrets))
            }
            if drillOptions.isDryRun, let drills = wanted.drills {
                try await grader().rehearse(drills, wanted.students) { console.line($0) }
                return nil as RunOutcome?
            }
            let round = GradingRound(
                order: wanted, roster: roster, judging: judging, reports: reports, grader: grader,
                events: stream, console: console)
            guard let rounds else { return try await run(round) }
            let last = try await rounds.run {
                try await runUnlessInTheWay(round)
            } onPause: { pause in
                guard !printsJSON else { return }
                let seconds = max(1, pause.components.seconds)
                console.progress(
                    options.language.pick(
                        "Prochain passage dans \(seconds) s ; Ctrl-C pour finir.",
                        "Next run in \(seconds) s; Ctrl-C to end."))
            }
            return last ?? nil
        }
        console.endProgress()
        if wasInterrupted { throw Exit.interrupted }
        if drillOptions.isDryRun { return }
        if repeatOptions.every == nil { try Exit.endUnlessKept(outcome) }
        // With --student, others are taken over from the run before: the status is of those who were asked for.
        let meant = only.isEmpty ? Set(order.everybody.map(\.id)) : Set(only)
        if outcome?.isIncomplete(of: meant) ?? true { throw Exit.notAssessed }
    }
}
