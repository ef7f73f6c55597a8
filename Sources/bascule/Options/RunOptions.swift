import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import InputFiles
import VirtualClass

/// What every command that grades takes.
struct RunOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "The rubric; rubrics/<exercise>.yaml here, or the program's own, where none is given.")
    var rubric: String?

    @Option(name: .long, help: "The folder for reports.")
    var reports = "reports"

    @Option(name: .customLong("question"), help: "Only this question, e.g. Q3; may be given several times.")
    var questions: [String] = []

    @Flag(name: .long, help: "Print events as JSON lines instead of text.")
    var json = false

    @OptionGroup var voice: VoiceOptions

    var language: Language { voice.language }

    /// Judges by the rubric of the exercise that a roster names.
    /// - Parameter acceptsExcerpt: whether an exam's rubric will do from which checks are left out.
    /// - Throws: all mistakes of the rubric at once, or an unknown exercise or question, as usage errors.
    func grader(_ id: String, acceptsExcerpt: Bool = false) throws -> Grader {
        let file = try rubric ?? Self.defaultRubric(id)
        tell(ofRubric: file)
        let (exercise, rubric) = try Sheets.read(rubric: file, for: Sheets.named(id))
        guard !rubric.isExcerpt || acceptsExcerpt else {
            throw InputErrors([
                InputMistake(
                    file: file,
                    message: "this is what students are handed in an exam (exam: true, checks left out): "
                        + "grade with the whole rubric")
            ])
        }
        var grader = Grader(exercise: exercise, rubric: rubric, version: basculeVersion)
        guard !questions.isEmpty else { return grader }
        let asked = Set(questions.map { QuestionID($0.uppercased()) })
        for id in asked where rubric[id] == nil { throw noQuestion(id.rawValue, rubric) }
        grader.questions = asked
        return grader
    }

    func noQuestion(_ name: String, _ rubric: Rubric) -> ValidationError {
        ValidationError(
            "there is no question \(name); there is: "
                + rubric.questions.map(\.id.rawValue).joined(separator: ", "))
    }

    /// The working folder's own, or the one that came with the program.
    static func defaultRubric(_ exercise: String) throws -> String {
        let name = "rubrics/\(exercise).yaml"
        if let file = ShippedFiles.find(name) { return file }
        // A declared exercise may have its points in its own file.
        let declaration = ShippedFiles.find("exercises/\(exercise)/exercise.yaml")
        if let declaration, try Declaration.head(of: declaration).hasPoints { return declaration }
        throw ValidationError(
            declaration.map {
                "\($0) says nothing of points (total: and points: of each check), and there is no \(name): write either"
            }
                ?? "there is no \(name) here, nor beside \(OwnProgram.path): name the rubric with --rubric FILE, or "
                + "leave the program in the folder that it came in (link to it instead of copying it)")
    }

    /// Marks hang on it: somebody who did not ask for a rubric is told where it is not the usual one.
    private func tell(ofRubric file: String) {
        guard rubric == nil, ShippedFiles.isOwn(file) else { return }
        Inputs.complain(
            language.pick(
                "Barème de ce dossier : \(file) ; il diffère de celui qui est livré avec bascule.",
                "Rubric of this folder: \(file); it differs from the one that comes with bascule."))
    }
}

extension Roster {
    /// The students asked for, in roster order; all where none is named.
    func students(_ ids: [String]) throws -> [RosterStudent] {
        guard !ids.isEmpty else { return students }
        for id in ids where self[id] == nil {
            throw ValidationError(
                "the roster has no student \(id); it has: "
                    + students.map(\.identity.id).joined(separator: ", "))
        }
        return students.filter { ids.contains($0.identity.id) }
    }
}

extension Language: ExpressibleByArgument {}
