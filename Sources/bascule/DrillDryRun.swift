import ClassRun
import GraderCore
import NIOPosix

/// `--dry-run`: looks at the pairs, read-only, and prints what the drills would run.
enum DrillDryRun {
    static func print(
        _ kinds: Set<DrillKind>, _ students: [RosterStudent], exercise: any Exercise, settings: DrillSettings,
        console: Console
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let accesses = try await Inputs.reporting { try PairAccessFactory(students: students, group: group) }
        let runner = Drilling.runner(exercise, settings: settings, reports: "reports", className: "dry-run")
        for student in students {
            for line in await runner.rehearse(kinds, on: Drilling.pair(student, accesses)) {
                console.line(line)
            }
        }
        try await group.shutdownGracefully()
    }
}
