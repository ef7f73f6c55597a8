import ClassRun
import Foundation
import GraderCore
import Reports

/// The live pages of a lesson: whom they let in, what they show, and what they take. How requests come and go is the
/// server's (``BoardServer``).
public struct Board: Sendable {
    public let lesson: Lesson
    let settings: BoardSettings
    let sessions: BoardSessions
    let limits = VisitLimits()
    /// Reads the rubric and exercise beside which answers are marked.
    let comparing: @Sendable (_ exercise: String) throws -> (exercise: any Exercise, rubric: Rubric)?

    /// - Parameter comparing: what the teacher's marks are given by, for a run of that exercise.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public init(
        _ lesson: Lesson, settings: BoardSettings,
        comparing: @escaping @Sendable (String) throws -> (exercise: any Exercise, rubric: Rubric)?
    ) throws {
        self.lesson = lesson
        self.settings = settings
        self.comparing = comparing
        let roster = lesson.grader.roster
        sessions = BoardSessions(
            try lesson.grader.reports.board(of: roster.className), className: roster.className,
            students: roster.students.map(\.identity.id))
    }

    var className: String { lesson.grader.roster.className }
    var reports: ReportsFolder { lesson.grader.reports }
    var rubric: Rubric? { lesson.grader.grader?.rubric }

    func problem(_ refusal: BoardRefusal, _ language: Language) -> BoardAnswer {
        let page = BoardProblemPage(
            status: refusal.status, message: refusal.message, back: "/",
            language: language, theme: settings.theme)
        let html = (try? page.html()) ?? refusal.message[language]
        return .page(html, status: refusal.status)
    }
}
