import Foundation
import GraderCore

/// `GET /me`: a student's own report as the rubric lets him see it, and what he can ask for. In an exam: whether his
/// machines can be reached, and nothing else.
public struct BoardStudentPage: Sendable {
    /// What of a lesson every student may know.
    public struct Lesson: Sendable, Hashable {
        public var className: String
        public var exerciseTitle: LocalizedText
        public var timeZone: TimeZone
        public var isExam: Bool
        public var studentDrills: [LessonState.StudentDrill]
        public var nextRoundAt: Date?
        public var until: Date?

        public init(_ state: LessonState) {
            className = state.className
            exerciseTitle = state.exerciseTitle
            timeZone = state.timeZone
            isExam = state.isExam
            studentDrills = state.studentDrills
            nextRoundAt = state.nextRoundAt
            until = state.until
        }
    }

    /// Already what the student may see: ``LessonStanding/shownToStudent(at:by:hintLevel:)``.
    public var standing: LessonStanding
    public var lesson: Lesson
    public var language: Language
    public var theme: PageTheme?
    public var token: String
    /// Whether written answers can be handed in: `/me/answers`.
    public var answersOpen: Bool
    /// When the page is made.
    public var now: Date

    public init(
        standing: LessonStanding, lesson: Lesson, language: Language, theme: PageTheme? = nil, token: String,
        answersOpen: Bool, now: Date
    ) {
        self.standing = standing
        self.lesson = lesson
        self.language = language
        self.theme = theme
        self.token = token
        self.answersOpen = answersOpen
        self.now = now
    }

    /// The page. Its forms post to `/me/look` (`mended`), `/me/drill` (`kind`, `sure`) and `/leave`.
    /// - Throws: where a template of Bascule's own is broken; never because of the result.
    public func html() throws -> String {
        let templates = try PageTemplates.of(language, theme)
        return lesson.isExam
            ? try templates.render("board-exam", examView) : try templates.render("board-student", view)
    }

    private var words: Sentences { Sentences(language, in: lesson.timeZone) }

    private func safe(_ text: String) -> String { SafeText.line(text, limit: 200, language: language) }

    private var people: String {
        let names = standing.student.names.map(safe)
        return names.isEmpty ? safe(standing.student.id) : names.joined(separator: ", ")
    }

    private func frame(answersOpen: Bool) -> BoardFrame {
        BoardFrame(
            .report, title: "\(people) – \(lesson.exerciseTitle[language])", words, now: now, token: token,
            answersOpen: answersOpen)
    }

    var view: BoardStudentView {
        let report = standing.result.map { result in
            var report = StudentReport(result: result, language: language, theme: theme)
            report.timeZone = lesson.timeZone
            report.isLive = true
            report.foldsHints = true
            return report.view
        }
        let drill = BoardDrill(standing.activity, now: now, words)
        return BoardStudentView(
            page: frame(answersOpen: answersOpen),
            className: safe(lesson.className), exerciseTitle: lesson.exerciseTitle[language], people: people,
            ask: BoardAsk(.student, standing, nextRoundAt: lesson.nextRoundAt, now: now, words),
            drill: drill,
            changes: BoardChanges(standing, words),
            drillForms: lesson.studentDrills.map {
                BoardStudentView.DrillForm(
                    kind: $0.kind.rawValue, heading: $0.title[language],
                    isBusy: standing.activity != .idle || !standing.refusedLogins.isEmpty)
            },
            report: report)
    }

    /// Nothing but whether each machine let the grader in when it was asked last.
    var examView: BoardExamView {
        let asked = Dictionary(standing.logins.map { ($0.node, $0) }, uniquingKeysWith: { first, _ in first })
        let known = standing.machines
        let others = Set(asked.keys).union(standing.refusedLogins.keys).subtracting(known)
        return BoardExamView(
            page: frame(answersOpen: false),
            className: safe(lesson.className), exerciseTitle: lesson.exerciseTitle[language], people: people,
            ask: BoardAsk(.student, standing, now: now, words),
            machines: (known + others.sorted()).map { machine in
                let failure = standing.refusedLogins[machine] ?? asked[machine]?.failure
                let isKnown = failure != nil || asked[machine] != nil
                let sign: Sign = failure != nil ? .notMet : isKnown ? .met : .notAssessed
                let word =
                    failure?.kind.words.what[language]
                    ?? (isKnown
                        ? words.pick("joignable", "can be reached") : BoardPhrase.boardNotSeen[language])
                return BoardExamView.Machine(
                    name: safe(machine.rawValue), mark: Sign.View(name: sign.rawValue, word: word),
                    advice: failure?.kind.words.advice?[language])
            })
    }
}

/// What the student's template is given.
struct BoardStudentView: PageView {
    var page: BoardFrame
    var className: String
    var exerciseTitle: String
    var people: String
    var ask: BoardAsk
    /// The one under way.
    var drill: BoardDrill?
    var changes: BoardChanges
    /// Those that may be run.
    var drillForms: [DrillForm]
    /// Nil before the first look.
    var report: StudentView?

    struct DrillForm: PageView {
        var kind: String
        var heading: String
        var isBusy: Bool
    }
}

/// What the exam's template is given: it has nothing else to show.
struct BoardExamView: PageView {
    var page: BoardFrame
    var className: String
    var exerciseTitle: String
    var people: String
    var ask: BoardAsk
    var machines: [Machine]

    struct Machine: PageView {
        var name: String
        var mark: Sign.View
        var advice: String?
    }
}
