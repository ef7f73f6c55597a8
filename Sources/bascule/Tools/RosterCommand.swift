import ArgumentParser
import ClassRun
import Exercises

struct RosterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster", abstract: "Looks after rosters.", subcommands: [Lint.self])

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every mistake of a roster with line and column; touches no machine.")

        @OptionGroup var rosterArgument: RosterArgument
        @OptionGroup var voice: VoiceOptions

        func run() throws {
            let roster = try rosterArgument.read()
            print("\(roster.className): \(roster.students.count) students, no mistakes.")
        }
    }
}
