import ArgumentParser
import ClassRun
import Exercises
import GraderCore

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract:
            "Gives back what interrupted drills left on the pairs, compares, and says what is different.",
        discussion: """
            Exit status: 0 everything is as before the drills; 2 something could not be given back or checked (what, \
            and with which command, is printed); 65 the roster is wrong.
            """)

    @OptionGroup var rosterArgument: RosterArgument

    @Option(name: .customLong("student"), help: .onlyStudents)
    var students: [String] = []

    @OptionGroup var voice: VoiceOptions

    @Option(name: .long, help: "The folder for reports; the journals of the drills are in it.")
    var reports = "reports"

    @Flag(name: .long, help: "Also where another grader seems to be at work on the pair.")
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
                grader: nil, reports: ReportsFolder(reports), transports: .ssh(group, secrets))
            var isAll = true
            return try await grader.restore(
                chosen, isForced: force,
                onDamaged: { damaged in
                    isAll = damaged.isEmpty
                    for failure in damaged { console.line("✗ \(failure.message)") }
                },
                onReport: { report in
                    for line in Self.lines(report, isAll: isAll) { console.line(line) }
                })
        }
        if !isClean { throw Exit.notAssessed }
    }

    /// - Parameter isAll: whether every journal could be read; otherwise what was not compared is not called as before.
    private static func lines(_ report: DrillRestorer.Report, isAll: Bool) -> [String] {
        if report.isClean, report.found.isEmpty { return ["✓ \(report.student): nothing left by drills"] }
        return report.found.map { "  \($0)" } + report.failures.map { "✗ \($0)" }
            + report.differences.map { "✗ \(report.student): \($0.sentence.en)" }
            + report.commands.map { "  on \($0.node?.rawValue ?? "this host"): \($0.command)" }
            + (report.isClean && (isAll || report.wasCompared) ? ["✓ \(report.student): as before"] : [])
    }
}
