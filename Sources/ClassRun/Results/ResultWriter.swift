import Foundation
import GraderCore

extension ReportsFolder {
    /// Says first what is wrong with the history, and with the answers that were handed in.
    func writer(_ place: RunPlace, by grader: Grader, _ marks: TeacherMarks?) -> ResultWriter {
        let history = history(of: place.manifest.className, remark: place.remark)
        place.remarkOnAnswers()
        return ResultWriter(place: place, grader: grader, marks: marks, history: history)
    }
}

/// Writes what a run finds out, student by student as it comes: the evidence first, before anything is judged.
struct ResultWriter: Sendable {
    var place: RunPlace
    var grader: Grader
    /// Nil where the class has none.
    var marks: TeacherMarks?
    /// The class's runs so far; those before this one may count.
    var history: [PastRun] = []

    /// Keeps the evidence, judges it, and writes the student's result and pages.
    func finish(_ evidence: Evidence, student: StudentIdentity) throws -> GradedResult {
        let checksum = try place.folder.write(evidence, student: student.id)
        var result = try grader.grade(
            evidence, className: place.manifest.className, student: student, evidenceSHA256: checksum)
        for (name, text) in grader.openCases(evidence, result) {
            try place.folder.write(text, as: name, student: student.id)
        }
        result.origin = place.manifest.origins?[student.id]?.counted(by: grader.rubric)
        result = result.answering(place.answers(of: student.id))
        result = result.counting(history, startedAt: place.manifest.startedAt, rubric: grader.rubric)
        if let marks { result = result.applying(marks.students[student.id]) }
        result = place.dated(result)
        // Of a run's pages none is waited for: `bascule report` writes them again from the result.
        try place.write(result, pagesAreFlushed: false)
        return result
    }
}
