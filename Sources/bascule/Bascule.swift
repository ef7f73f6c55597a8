import ArgumentParser
import Exercises

@main
struct Bascule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bascule", abstract: "Grades a practical lab: looks, judges, scores, reports.",
        version: basculeVersion,
        // By who needs them; the teacher's in the order of a lesson.
        groupedSubcommands: [
            CommandGroup(
                name: "Teacher",
                subcommands: [
                    DiscoverCommand.self, EnrollCommand.self, GradeAllCommand.self, CollectCommand.self,
                    ScoreCommand.self, MarkCommand.self, AnswersCommand.self, MarksCommand.self,
                    ReportCommand.self,
                    ExportCommand.self,
                    HistoryCommand.self, RestoreCommand.self, BundleCommand.self, PurgeCommand.self,
                ]), CommandGroup(name: "Student", subcommands: [CheckCommand.self]),
            CommandGroup(
                name: "Tools",
                subcommands: [
                    RosterCommand.self, RubricCommand.self, ParseCommand.self, ProbeCommand.self,
                    ResolveCommand.self, LabCommand.self, SelfTestCommand.self,
                ]),
        ])

    static func main() async {
        do {
            for exercise in Catalog.exercises { try exercise.validate() }
            var command = try parseAsRoot(OwnLabOptions.spelledOut(Array(CommandLine.arguments.dropFirst())))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: Exit.translated(error))
        }
    }
}
