import ArgumentParser
import Exercises
import Foundation

@main
struct Bascule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bascule", abstract: "Grades a practical lab: looks, judges, scores, reports.",
        discussion: """
            Exit status of every command, besides what its own help says: 64 it was typed wrong; 65 what was given \
            or stored cannot be used (a roster, a rubric, a name, a file); 69 a machine, or a program of this \
            machine, that the command needs is not there; 70 a bug in Bascule; 74 something could not be written (a \
            full disk, a folder of somebody else's); 75 another Bascule is writing there: again later; 130 \
            interrupted.
            """,
        version: VersionReport.text(in: TerminalLanguage.current),
        // By who needs them; the teacher's in the order of a lesson.
        groupedSubcommands: [
            CommandGroup(
                name: "Teacher",
                subcommands: [
                    DiscoverCommand.self, EnrollCommand.self, GradeAllCommand.self, ScheduleCommand.self,
                    BoardCommand.self,
                    CollectCommand.self, ImportCommand.self,
                    ScoreCommand.self, MergeCommand.self, MarkCommand.self, AnswersCommand.self,
                    MarksCommand.self,
                    ReportCommand.self,
                    ExportCommand.self,
                    HistoryCommand.self, RestoreCommand.self, BundleCommand.self, PurgeCommand.self,
                ]), CommandGroup(name: "Student", subcommands: [CheckCommand.self]),
            CommandGroup(
                name: "Tools",
                subcommands: [
                    RosterCommand.self, RubricCommand.self, ExerciseCommand.self, TryCommand.self,
                    ParseCommand.self, ProbeCommand.self,
                    ResolveCommand.self, LabCommand.self, SelfTestCommand.self,
                ]),
        ])

    static func main() async {
        // A file that may not grow (setrlimit(2)) is a disk that is full, and no reason to die half-way.
        signal(SIGXFSZ, SIG_IGN)
        do {
            for exercise in Catalog.builtIn { try exercise.validate() }
            var command = try parseAsRoot(OwnLabOptions.spelledOut(Array(CommandLine.arguments.dropFirst())))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: Exit.final(error))
        }
        if let ending = Exit.final(nil) { exit(withError: ending) }
    }
}
