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
        help: ArgumentHelp(
            fr: "Le barème ; à défaut rubric.yaml ou rubrics/<TP>.yaml de ce dossier, ou celui de bascule.",
            en:
                "The rubric; rubric.yaml or rubrics/<exercise>.yaml here, or the program's own, where none is given.",
            valueName: "file"))
    var rubric: String?

    @Option(name: .long, help: .reportsFolder)
    var reports = "reports"

    @Option(
        name: .customLong("question"),
        help: ArgumentHelp(
            fr: "Cette question seulement, p. ex. Q3 ; peut se répéter.",
            en: "Only this question, e.g. Q3; may be given several times.", valueName: "question"))
    var questions: [String] = []

    @Flag(
        name: .long,
        help: ArgumentHelp(
            fr: "Du JSON au lieu de texte ; pour une classe, une ligne par événement.",
            en: "JSON in the place of text; of a class, a line for each event."))
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
                    message: LocalizedText(
                        fr:
                            "c'est le barème remis aux étudiants pour un examen (exam: true, sans toutes les vérifications) : noter avec le barème entier",
                        en:
                            "this is what students are handed in an exam (exam: true, checks left out): grade with the whole rubric"
                    ))
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
        .unknown(
            name, in: rubric.questions.map(\.id.rawValue), fr: "il n'y a pas de question \(name)",
            en: "there is no question \(name)")
    }

    /// The working folder's own, or the one that came with the program.
    static func defaultRubric(_ exercise: String) throws -> String {
        let own = WorkingFolder.rubric
        // One of another exercise is of no use here, nor is one that is empty: `rubric print > rubric.yaml` makes it so.
        if let size = try? FileManager.default.attributesOfItem(atPath: own)[.size] as? Int, size > 0,
            try Declaration.head(of: own).exercise ?? exercise == exercise
        {
            return own
        }
        let name = "rubrics/\(exercise).yaml"
        if let file = ShippedFiles.find(name) { return file }
        // A declared exercise may have its points in its own file.
        let declaration = ShippedFiles.find("exercises/\(exercise)/exercise.yaml")
        if let declaration, try Declaration.head(of: declaration).hasPoints { return declaration }
        if let declaration {
            throw ValidationError(
                fr:
                    "\(declaration) ne donne pas de points (total: et points: de chaque vérification), et il n'y a pas de \(name) : écrire l'un ou l'autre",
                en:
                    "\(declaration) says nothing of points (total: and points: of each check), and there is no \(name): write either"
            )
        }
        throw ValidationError(
            fr:
                "il n'y a pas de \(name) ici, ni à côté de \(OwnProgram.path) : nommer le barème avec --rubric FICHIER, ou laisser le programme dans le dossier où il est arrivé (un lien au lieu d'une copie)",
            en:
                "there is no \(name) here, nor beside \(OwnProgram.path): name the rubric with --rubric FILE, or leave the program in the folder that it came in (link to it instead of copying it)"
        )
    }

    /// Marks hang on it: somebody who did not ask for a rubric is told where it is not the usual one.
    private func tell(ofRubric file: String) {
        guard rubric == nil, !Voice.current.isQuiet, ShippedFiles.isOwn(file) else { return }
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
            throw ValidationError.noStudent(id, in: self)
        }
        return students.filter { ids.contains($0.identity.id) }
    }
}

extension ValidationError {
    static func noStudent(_ id: String, in roster: Roster) -> ValidationError {
        .unknown(
            id, in: roster.students.map(\.identity.id), fr: "la liste de classe n'a pas d'étudiant \(id)",
            en: "the roster has no student \(id)")
    }
}

extension Language: ExpressibleByArgument {}
