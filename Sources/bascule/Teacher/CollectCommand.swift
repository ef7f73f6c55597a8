import ArgumentParser
import ClassRun
import Exercises
import GraderCore

struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Collects the evidence of a class and judges nothing; `score` does, later.",
        discussion: """
            Exit status: 0 every node was looked at; 2 some could not be; 65 the roster is wrong; 74 the evidence could \
            not be written.
            """)

    @OptionGroup var rosterArgument: RosterArgument

    @OptionGroup var voice: VoiceOptions

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    @Option(name: .customLong("student"), help: "Only this student; may be given several times.")
    var only: [String] = []

    @Option(name: .long, help: "Pairs looked at at once.")
    var jobs = 16

    func run() async throws {
        let roster = try rosterArgument.read()
        let exercise = try Sheets.named(roster.exercise)
        let students = try roster.students(only)
        let secrets = try Composition.secrets(students)
        let progress = RunProgress(
            console: Console(), students: students.map(\.identity), language: Language.current,
            json: false)
        let (outcome, wasInterrupted) = try await Composition.working(threads: 2) { group in
            let grader = ClassGrader(
                roster, collector: PairCollector(exercise: exercise, collector: basculeVersion), grader: nil,
                reports: ReportsFolder(reports), transports: .ssh(group, secrets), jobs: jobs)
            return try await grader.grade(RunOrder(students)) { progress.note($0) }
        }
        progress.end(outcome)
        if wasInterrupted { throw Exit.interrupted }
        try Exit.endUnlessKept(outcome)
        let isIncomplete = outcome.collected.contains { !$0.unreachable.isEmpty || $0.instability != nil }
        if isIncomplete || outcome.collected.count < students.count { throw Exit.notAssessed }
    }
}
