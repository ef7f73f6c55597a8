import ArgumentParser
import ClassRun
import GraderCore
import History
import Reports

/// Whose history, bundle, …: the class need not be named where only one has the student.
struct StudentOptions: ParsableArguments {
    @Argument(help: "The student's id.")
    var student: String

    @Option(
        name: .customLong("class"), help: "The class, where several have a student of this id.")
    var className: String?

    @Option(name: .long, help: "The folder for reports.")
    var reports = "reports"

    var folder: ReportsFolder { ReportsFolder(reports) }

    /// - Throws: a sentence where no class, or more than one, has the student.
    func theClass() throws -> String {
        let name = try folder.theClass(of: student, named: className)
        for remark in folder.remarksOnUnfinished(name) { Inputs.complain(remark) }
        return name
    }
}

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Shows a student's marks from run to run, and what changed.")

    @OptionGroup var options: StudentOptions

    @Option(name: .long, help: "Language: fr or en (default: by LANG).")
    var lang: Language?

    func run() throws {
        let name = try options.theClass()
        let runs = try History(path: options.folder.historyFile(of: name)).runs(of: options.student)
        var history = StudentHistory(
            student: options.student, runs: runs, language: lang ?? .current)
        if let latest = try options.folder.latestRun(of: name) {
            history.timeZone = try latest.manifest().zone
        }
        for line in history.lines(colour: Console().hasColour) { print(line) }
    }
}
