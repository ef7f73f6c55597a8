import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import NIOPosix

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract:
            "Gives back what interrupted drills left on the pairs, compares, and says what is different.",
        discussion: """
            Exit status: 0 everything is as before the drills; 2 something could not be given back or checked (what, \
            and with which command, is printed); 65 the roster is wrong.
            """)

    @Argument(help: "The roster (class.yaml).")
    var roster: String

    @Argument(help: "Only these students.")
    var students: [String] = []

    @Option(name: .long, help: "The folder for reports; the journals of the drills are in it.")
    var reports = "reports"

    @Flag(name: .long, help: "Also where another grader seems to be at work on the pair.")
    var force = false

    func run() async throws {
        let console = Console()
        let roster = try Inputs.reading { try Roster.read(file: self.roster, exercises: Catalog.exercises) }
        let chosen = try roster.students(students)
        guard let exercise = Catalog.exercise(roster.exercise) else {
            throw ValidationError("there is no exercise \(roster.exercise)")
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let accesses = try await Inputs.reporting { try PairAccessFactory(students: chosen, group: group) }
        var restorer = DrillRestorer(
            runner: Drilling.runner(
                exercise, settings: DrillSettings(), reports: reports, className: roster.className))
        restorer.isForced = force
        let (records, damaged) = DrillRecord.all(in: Drilling.journalFolder(reports, roster.className))
        for failure in damaged { console.line("✗ \(failure.message)") }
        let work = restorer
        var isClean = damaged.isEmpty
        await withTaskGroup(of: DrillRestorer.Report.self) { tasks in
            for student in chosen {
                tasks.addTask { await work.restore(Drilling.pair(student, accesses), records: records) }
            }
            for await report in tasks {
                if !report.isClean { isClean = false }
                for line in Self.lines(report, isAll: damaged.isEmpty) { console.line(line) }
            }
        }
        try await group.shutdownGracefully()
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
