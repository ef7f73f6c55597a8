import Foundation
import GraderCore

/// Writes what a run finds out, student by student as it comes: the evidence first, before anything is judged.
struct ResultWriter: Sendable {
    var place: RunPlace
    var grader: Grader
    /// Nil where the class has none.
    var marks: TeacherMarks?
    /// The class's runs so far; those before this one may count.
    var history: [PastRun] = []

    private var folder: RunFolder { place.folder }

    /// Keeps the evidence, judges it, and writes the student's result and pages.
    func finish(_ evidence: Evidence, student: StudentIdentity) throws -> GradedResult {
        let checksum = try folder.write(evidence, student: student.id)
        var result = try grader.grade(
            evidence, className: place.manifest.className, student: student, evidenceSHA256: checksum)
        result = result.answering(place.answers(of: student.id))
        result = result.counting(history, startedAt: place.manifest.startedAt, rubric: grader.rubric)
        if let marks { result = result.applying(marks.students[student.id]) }
        result = place.dated(result)
        // Of a run's pages none is waited for: `bascule report` writes them again from the result.
        try place.write(result, pagesAreFlushed: false)
        return result
    }
}
