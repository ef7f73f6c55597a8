import ArgumentParser
import ClassRun
import Foundation
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
        let file = try options.folder.historyFile(of: name)
        // To be opened is to be made, and an empty one would say that there were no runs.
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: file)) != nil
        guard isLink || mayBeThere(file) else {
            throw StoreFailure(
                fr: """
                    \(file) n'est pas là : le remettre s'il a été déplacé ; « bascule score » en commence un autre.
                    """,
                en: """
                    \(file) is not there: put it back where it was moved away; `bascule score` begins another.
                    """)
        }
        let runs = try History(path: file).runs(of: options.student)
        var history = StudentHistory(
            student: options.student, runs: runs, language: voice.language)
        if let latest = try options.folder.latestRun(of: name) {
            history.timeZone = try latest.manifest().zone
        }
        for line in history.lines(colour: Console().hasColour) { StandardOutput.say(styled: line + "\n") }
    }
}
