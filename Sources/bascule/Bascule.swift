import ArgumentParser
import Exercises

@main
struct Bascule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bascule",
        abstract: "Grades a two-node Pacemaker lab: looks, judges, scores, reports.",
        version: basculeVersion,
        subcommands: [
            GradeAllCommand.self, CheckCommand.self, EnrollCommand.self, DiscoverCommand.self,
            CollectCommand.self,
            ScoreCommand.self, ReportCommand.self, ExportCommand.self, MarkCommand.self,
            HistoryCommand.self, RestoreCommand.self, PurgeCommand.self, BundleCommand.self,
            RosterCommand.self, ParseCommand.self,
            RubricCommand.self, ProbeCommand.self, ResolveCommand.self, LabCommand.self,
            SelfTestCommand.self,
        ])

    static func main() async {
        do {
            for exercise in Catalog.exercises { try exercise.validate() }
            var command = try parseAsRoot()
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
