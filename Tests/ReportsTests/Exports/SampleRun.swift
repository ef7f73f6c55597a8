import Foundation
import GraderCore

@testable import Reports

/// A run with every kind of line: decided, open, not assessed, absent, a team whose members differ, no result.
enum SampleRun {
    static func run(_ language: Language = .french) -> GradedRun {
        let results = [decided, team, SampleResults.faulty, SampleResults.unreachable, absent]
        return GradedRun(
            className: "BTS SIO 2 SISR", exercise: "activite-2",
            exerciseTitle: SampleResults.solved.exerciseTitle, ranAt: SampleResults.moment,
            students: results.map(\.student) + [StudentIdentity(id: "perdu", names: ["Ysée Oudard"])],
            results: results, language: language)
    }

    /// Everything is decided: 12 judged points, and 7.125 of the other 8 by the teacher.
    static var decided: GradedResult {
        var result = SampleResults.solved
        result.student = StudentIdentity(id: "quemener", names: ["Maël Quéméner"])
        return result.applying(marks(["Q5.answer": 2.125, "Q6.standby": 5]))
    }

    /// A team, decided but for one question, which only one of the two has a mark for.
    static var team: GradedResult {
        var marks = marks(["Q6.standby": 4])
        marks.members = ["Maël Quéméner": self.marks(["Q5.answer": 1.5])]
        marks.members["Maël Quéméner"]?.comment = "Oral réussi."
        marks.comment = "=HYPERLINK(\"http://evil.example\")"
        return SampleResults.solved.applying(marks)
    }

    /// Of the first question only that something is missing, of the last but one nothing, as the student sees it.
    static var concealed: GradedResult {
        var result = SampleResults.faulty
        result.student = StudentIdentity(id: "tanguy", names: ["Solenn Tanguy"])
        let levels: [Visibility.Level] = [.missing, .full, .full, .hidden]
        for (index, level) in zip(result.questions.indices, levels) where level != .full {
            for place in result.questions[index].checks.indices {
                result.questions[index].checks[place].concealed = Concealment(
                    Visibility(level, until: CalendarDay("2999-12-18")))
            }
        }
        return result.shownToStudents(at: SampleResults.moment)
    }

    static var absent: GradedResult {
        var result = SampleResults.unreachable
        result.student = StudentIdentity(id: "le-goff", names: ["Hoël \"le Grand\" Le Goff; dit l'Ours"])
        return result.applying(StudentMarks(isAbsent: true))
    }

    /// Of every check that is still open in the sample.
    static func marks(_ points: [String: Double]) -> StudentMarks {
        let open = SampleResults.solved.questions.flatMap(\.checks).filter { $0.earned == nil }
        let ids = open.map(\.result.id.rawValue)
        return StudentMarks(
            marks: Dictionary(
                uniqueKeysWithValues: points.map { id, points in
                    precondition(ids.contains(id), "\(id) is not among \(ids)")
                    return (MarkSubject(id), TeacherMark(points: Points(points)))
                }))
    }
}
