import ArgumentParser
import ClassRun
import GraderCore
import History
import Reports

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration.command(
        "history",
        LocalizedText(
            fr: "Montre les notes d'un étudiant d'un passage à l'autre, et ce qui a changé.",
            en: "Shows a student's marks from run to run, and what changed."),
        examples: [
            (
                "bascule history --student dupont",
                LocalizedText(fr: "L'historique de dupont.", en: "The history of dupont.")
            )
        ])

    @OptionGroup var options: StudentOptions

    @OptionGroup var voice: VoiceOptions

    func run() throws {
        let name = try options.theClass()
        let runs = try History(path: options.folder.historyFile(of: name)).runs(of: options.student)
        var history = StudentHistory(
            student: options.student, runs: runs, language: voice.language)
        if let latest = try options.folder.latestRun(of: name) {
            history.timeZone = try latest.manifest().zone
        }
        for line in history.lines(colour: Console().hasColour) { StandardOutput.say(styled: line + "\n") }
    }
}
