import ArgumentParser
import ClassRun
import Exercises
import GraderCore

/// Which proposals are taken unread.
enum AcceptedProposals: String, CaseIterable, ExpressibleByArgument {
    case certain
}

/// With what written answers are compared: the exercise and the rubric of a run.
enum AnswerComparison {
    /// - Parameter rubric: the file; nil: as for `score`.
    static func of(_ id: String, rubric: String?) throws -> (exercise: any Exercise, rubric: Rubric) {
        let exercise = try Sheets.named(id)
        let file = try rubric ?? RunOptions.defaultRubric(id)
        return try Sheets.read(rubric: file, for: exercise)
    }

    /// The answers that wait for points, with what is proposed.
    /// - Parameter questions: whose; none, or `all` among them: every question's.
    static func sheet(
        of className: String, _ questions: [String], in folder: ReportsFolder, rubric: String?
    ) throws -> MarkingSheet {
        let isAll = questions.isEmpty || questions.contains { $0.lowercased() == "all" }
        let asked: [QuestionID?] = isAll ? [nil] : questions.map { QuestionID($0) }
        let sheets = try asked.map { question in
            try folder.markingSheet(of: className, only: question) { try of($0, rubric: rubric) }
        }
        var whole = sheets[0]
        for entry in sheets.dropFirst().flatMap(\.entries) where !whole.entries.contains(entry) {
            whole.entries.append(entry)
        }
        return whole
    }
}
