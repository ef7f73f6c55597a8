import ClassRun
import Foundation
import GraderCore
import Reports

/// What a student has: his own page, and what he may ask for.
extension BoardRoute {
    static let forStudents: [BoardRoute] = [
        BoardRoute(method: .get, path: "/me", audience: .student) { board, visit in
            guard let (state, standing) = await board.lesson.state(forStudent: visit.student) else {
                throw BoardRefusal.notFound
            }
            let page = BoardStudentPage(
                standing: standing, lesson: BoardStudentPage.Lesson(state), language: visit.language,
                theme: board.settings.theme, token: visit.token,
                answersOpen: !state.isExam && !board.writtenQuestions.isEmpty, now: Date())
            return .page(try page.html())
        },
        BoardRoute(method: .get, path: "/me/events", audience: .student) { _, visit in
            BoardAnswer(status: 200, body: .events(.student(visit.student)))
        },
        BoardRoute(method: .post, path: "/me/look", audience: .student) { board, visit in
            let answer = await board.lesson.askLook(
                at: visit.student, by: .student, isMended: visit.request.field("mended") != nil)
            if let refusal = BoardRefusal(answer) { throw refusal }
            return .seeOther("/me")
        },
        BoardRoute(method: .post, path: "/me/drill", audience: .student, isOpenInExams: false) {
            board, visit in
            guard let kind = visit.request.field("kind").flatMap(DrillKind.init(rawValue:)) else {
                throw BoardRefusal(.notAllowed) ?? .notFound
            }
            guard visit.request.field("sure") != nil else {
                throw BoardRefusal(
                    409, fr: "Cochez d'abord que la coupure est voulue.",
                    en: "Tick first that the outage is wanted.")
            }
            let answer = await board.lesson.askDrill(
                kind, on: visit.student, isMended: visit.request.field("mended") != nil)
            if let refusal = BoardRefusal(answer) { throw refusal }
            return .seeOther("/me")
        },
        BoardRoute(method: .get, path: "/me/answers", audience: .student, isOpenInExams: false) {
            board, visit in
            try await board.answersPage(visit)
        },
        BoardRoute(method: .post, path: "/me/answers", audience: .student, isOpenInExams: false) {
            board, visit in
            try await board.saveAnswers(visit)
        },
    ]
}

extension Board {
    /// What is answered in writing, in the rubric's order.
    var writtenQuestions: [(id: QuestionID, titles: [LocalizedText])] {
        (rubric?.questions ?? []).compactMap { question in
            let titles = question.checks.filter(\.byTeacher).map { $0.title ?? question.title }
            return titles.isEmpty ? nil : (question.id, titles)
        }
    }

    /// Before anybody types what will not be saved.
    private static let unreadable = LocalizedText(
        fr: """
            Ce qui a été rendu sous votre nom n'a pas pu être lu et reste tel quel : rien ne sera enregistré ici avant que \
            l'enseignant l'ait corrigé.
            """,
        en: """
            What was handed in under your name could not be read and stays as it is: nothing will be saved here before the \
            teacher has mended it.
            """)

    /// Of one answer, in characters of a form's field.
    private static let mostCharacters = 20_000

    fileprivate func answersPage(
        _ visit: BoardRoute.Visit, isSaved: Bool = false
    ) async throws -> BoardAnswer {
        let (reports, className, student) = (reports, className, visit.student)
        let number = visit.request.query.first { $0.name == "version" }?.value.flatMap { Int($0) }
        let (now, versions) = try await lesson.blocking {
            (
                try reports.writtenAnswers(of: student, in: className),
                try reports.answerVersion(number, of: student, in: className)
            )
        }
        let page = BoardAnswersPage(
            questions: writtenQuestions.map {
                BoardAnswersPage.Question(id: $0.id, titles: $0.titles, text: now.answers[$0.id] ?? "")
            },
            versions: versions.dates,
            shown: versions.version.map {
                BoardAnswersPage.Version(number: number ?? 0, savedAt: $0.savedAt, texts: $0.answers)
            },
            saved: visit.request.query.contains { $0.name == "saved" },
            // Its own sentence names files and paths.
            problem: now.remarks.isEmpty ? nil : Self.unreadable, language: visit.language,
            theme: settings.theme, token: visit.token, timeZone: lesson.grader.roster.timeZone ?? .current)
        return .page(try page.html())
    }

    fileprivate func saveAnswers(_ visit: BoardRoute.Visit) async throws -> BoardAnswer {
        var answers: [QuestionID: String] = [:]
        for question in writtenQuestions.map(\.id) {
            guard let text = visit.request.field(question.rawValue) else { continue }
            guard text.unicodeScalars.count <= Self.mostCharacters else {
                throw BoardRefusal(
                    413, fr: "\(question) : la réponse est trop longue (20 000 caractères au plus).",
                    en: "\(question): the answer is too long (20,000 characters at most).")
            }
            answers[question] = text
        }
        let (reports, className, student, saved) = (reports, className, visit.student, answers)
        let isOther = try await lesson.blocking {
            try reports.saveAnswers(saved, of: student, in: className)
        }
        if isOther { await lesson.deskChanged() }
        return .seeOther("/me/answers?saved=1")
    }
}
