import GraderCore

/// The file in which a student writes his answers: a heading for each question whose mark is the teacher's to give, with
/// what is asked below it.
public struct AnswerSheet: Sendable {
    private var exercise: String
    /// In the rubric's order.
    private var questions: [(id: QuestionID, titles: [LocalizedText])]

    /// Names of such a file on a student's machine, without their endings.
    public static let names = ["reponses", "réponses", "answers"]

    public init(_ rubric: Rubric) {
        exercise = rubric.exercise
        questions = rubric.questions.compactMap { question in
            let titles = question.checks.filter(\.byTeacher).map { $0.title ?? question.title }
            return titles.isEmpty ? nil : (question.id, titles)
        }
    }

    public var isEmpty: Bool { questions.isEmpty }

    /// Read by ``WrittenAnswers``: its remarks are no answers.
    public func text(_ language: Language) -> String {
        let instruction = LocalizedText(
            fr:
                "\(exercise) : une réponse sous chaque titre. Enregistrer ce fichier sous le nom reponses.md, dans son dossier personnel ou celui de root, sur l'une de ses machines.",
            en:
                "\(exercise): an answer below each heading. Save this file as answers.md in root's home folder or your own, on one of your machines."
        )
        let sections = questions.map { question in
            "# \(question.id)\n" + question.titles.map { remark($0[language]) }.joined(separator: "\n")
                + "\n\n"
        }
        return ([remark(instruction[language]) + "\n"] + sections).joined(separator: "\n")
    }

    /// On one line, and ended only where it ends.
    private func remark(_ words: String) -> String {
        "<!-- \(words.replacing("--", with: "–")) -->"
    }
}
