import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore

/// What every command that grades takes.
struct RunOptions: ParsableArguments {
    @Option(name: .long, help: "The rubric; rubrics/<exercise>.yaml where none is given.")
    var rubric: String?

    @Option(name: .long, help: "The folder for reports.")
    var reports = "reports"

    @Option(name: .customLong("question"), help: "Only this question, e.g. Q3; may be given several times.")
    var questions: [String] = []

    @Option(name: .long, help: "Language of this program's own lines: fr or en (default: by LANG).")
    var lang: Language?

    @Flag(name: .long, help: "Print events as JSON lines instead of text.")
    var json = false

    /// The language of the terminal.
    var language: Language { lang ?? TerminalLanguage.current }

    /// The exercise that a roster names, with its rubric.
    /// - Throws: all mistakes of the rubric at once, or an unknown exercise or question, as usage errors.
    /// - Parameter acceptsExcerpt: whether an exam's rubric will do from which checks are left out.
    func exerciseAndRubric(_ id: String, acceptsExcerpt: Bool = false) throws -> (
        exercise: Exercise, rubric: Rubric, asked: Set<QuestionID>?
    ) {
        guard let exercise = Catalog.exercise(id) else {
            let known = Catalog.exercises.map(\.id).joined(separator: ", ")
            throw ValidationError("there is no exercise \(id); there is: \(known)")
        }
        let file = try rubric ?? Self.defaultRubric(id)
        let rubric = try RubricFile.read(file: file, exercise: exercise)
        guard !rubric.isExcerpt || acceptsExcerpt else {
            throw InputErrors([
                InputMistake(
                    file: file,
                    message: "this is what students are handed in an exam (exam: true, checks left out): "
                        + "grade with the whole rubric")
            ])
        }
        guard !questions.isEmpty else { return (exercise, rubric, nil) }
        let asked = Set(questions.map { QuestionID($0.uppercased()) })
        for id in asked where rubric[id] == nil {
            throw ValidationError(
                "there is no question \(id); there is: "
                    + rubric.questions.map(\.id.rawValue).joined(separator: ", "))
        }
        return (exercise, rubric, asked)
    }

    /// In the working folder or beside the program's own folder (`rubrics/`, or `share/bascule/rubrics`).
    private static func defaultRubric(_ exercise: String) throws -> String {
        let name = "rubrics/\(exercise).yaml"
        let program = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
        var folders = [URL(filePath: FileManager.default.currentDirectoryPath)]
        // From .build/<configuration>/bascule up to the checkout.
        var folder = program.deletingLastPathComponent()
        for _ in 0..<4 {
            folders += [folder, folder.appending(path: "share/bascule")]
            folder = folder.deletingLastPathComponent()
        }
        for folder in folders {
            let path = folder.appending(path: name).path(percentEncoded: false)
            if FileManager.default.fileExists(atPath: path) { return path }
        }
        throw ValidationError("no \(name) here; name the rubric with --rubric FILE")
    }
}

extension Language: ExpressibleByArgument {}

/// The language that the environment asks for: `LC_ALL`, `LC_MESSAGES`, `LANG` (POSIX, Environment Variables).
enum TerminalLanguage {
    static var current: Language {
        let environment = ProcessInfo.processInfo.environment
        let value = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first {
            !$0.isEmpty
        }
        return value?.hasPrefix("fr") == true ? .french : .english
    }
}
