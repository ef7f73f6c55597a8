import Foundation
import GraderCore

/// `GET /class/projector`: who has which question, for everybody in the room. Other names, no marks, no links.
public struct BoardProjectorPage: Sendable {
    public var state: LessonState
    /// By which the names are given.
    public var pseudonymKey: String
    public var language: Language
    public var theme: PageTheme?
    /// When the page is made.
    public var now: Date

    public init(
        state: LessonState, pseudonymKey: String, language: Language, theme: PageTheme? = nil, now: Date
    ) {
        self.state = state
        self.pseudonymKey = pseudonymKey
        self.language = language
        self.theme = theme
        self.now = now
    }

    /// The page. In an exam it says nothing of questions.
    /// - Throws: where a template of Bascule's own is broken; never because of the lesson.
    public func html() throws -> String {
        try PageTemplates.of(language, theme).render("board-projector", view)
    }

    var view: BoardProjectorView {
        let words = Sentences(language, in: state.timeZone)
        let className = SafeText.line(state.className, limit: 200, language: language)
        var lesson = BoardLesson(state, now: now, words)
        // Remarks are for the teacher.
        lesson.remarks = []
        let seen = state.standings.filter { $0.result != nil }
        let questions = state.isExam ? [] : state.decidedQuestions
        let pseudonyms = Pseudonyms(
            state.standings.map(\.student.id), className: state.className, key: pseudonymKey)
        let rows = seen.map { standing in
            let who = pseudonyms.identity(standing.student.id).id
            return BoardProjectorView.Row(
                who: who,
                cells: questions.map { cell(standing.result?.question($0.id)) })
        }.sorted { $0.who < $1.who }
        let isFull = rows.count > 40 || rows.count > 32 && questions.count <= 6
        let count = isFull ? 3 : rows.count > 12 ? 2 : 1
        return BoardProjectorView(
            page: BoardFrame(.projector, title: className, words, now: now),
            size: count == 1
                ? "is-small"
                : rows.count <= 24 ? "is-middle" : isFull && questions.count > 6 ? "is-dense" : "",
            className: className, exerciseTitle: state.exerciseTitle[language], lesson: lesson,
            groups: state.isExam
                ? [] : Self.groups(rows, count).map { .init(questions: questions.map(view), rows: $0) },
            progress: state.isExam ? [] : BoardProgress.of(state, words))
    }

    /// Tables beside one another: what a projector shows is not scrolled.
    private static func groups(_ rows: [BoardProjectorView.Row], _ count: Int) -> [[BoardProjectorView.Row]] {
        let size = max((rows.count + count - 1) / count, 1)
        return stride(from: 0, to: rows.count, by: size).map {
            Array(rows[$0..<min($0 + size, rows.count)])
        }
    }

    private func view(_ question: LessonState.DecidedQuestion) -> BoardProjectorView.Question {
        .init(
            id: SafeText.line(question.id.rawValue, limit: 40, language: language),
            title: question.title[language])
    }

    /// Met, in part, or not yet: nobody's mistakes are shown to the room.
    private func cell(_ question: QuestionResult?) -> BoardProjectorView.Cell {
        let sign = question.map { QuestionSign($0).sign }
        switch sign {
        case .met: return .init(kind: "met", symbol: Sign.met.symbol, word: Sign.met.word[language])
        case .partly:
            return .init(kind: "partly", symbol: Sign.partly.symbol, word: Sign.partly.word[language])
        default: return .init(kind: "open", symbol: "", word: language.pick("pas encore", "not yet"))
        }
    }
}

extension GradedResult {
    fileprivate func question(_ id: QuestionID) -> QuestionResult? { questions.first { $0.id == id } }
}

/// What the projector's template is given.
struct BoardProjectorView: PageView {
    var page: BoardFrame
    /// For the stylesheet: how much has to fit on it.
    var size: String
    var className: String
    var exerciseTitle: String
    var lesson: BoardLesson
    var groups: [Group]
    var progress: [BoardProgress]

    struct Group: PageView {
        var questions: [Question]
        var rows: [Row]
    }

    struct Question: PageView {
        var id: String
        var title: String
    }

    struct Row: PageView {
        var who: String
        var cells: [Cell]
    }

    struct Cell: PageView {
        /// For the stylesheet: `met`, `partly`, `open`.
        var kind: String
        var symbol: String
        var word: String
    }
}
