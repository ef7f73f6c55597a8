import ArgumentParser
import ClassRun
import Exercises

struct RosterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster", abstract: "Looks after rosters.", subcommands: [Lint.self])

    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lists every mistake of a roster with line and column; touches no machine.")

        @Argument(help: "The roster (class.yaml).")
        var roster: String

        func run() throws {
            let roster = try Roster.read(file: self.roster, exercises: Sheets.all)
            print("\(roster.className): \(roster.students.count) students, no mistakes.")
        }
    }
}
