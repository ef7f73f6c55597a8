import Foundation
import GraderCore

/// What is being done about a student, and the button that asks for a look.
struct BoardAsk: PageView {
    enum Asker { case student, teacher }

    /// Of the form.
    var action: String
    var label: String
    /// For the teacher's form; nil: his own.
    var student: String?
    /// `En file : 2e`; nil where nothing is being done.
    var state: String?
    var since: BoardMoment?
    /// When the machines were seen last.
    var seen: BoardMoment?
    var problem: String?
    /// Whether a look is being made or waited for, or it is too early for another.
    var isHeld: Bool
    /// When it is no longer too early; nil where that is not what holds.
    var until: BoardMoment?
    /// When everybody is looked at next; nil where nobody has said.
    var next: BoardMoment?
    /// Machines that refused the log-in: the form wants a word that it was mended.
    var refused: [String]
    var refusedLead: String
    var mended: String

    init(
        _ asker: Asker, _ standing: LessonStanding, nextRoundAt: Date? = nil, now: Date, _ words: Sentences
    ) {
        let language = words.language
        self.next = nextRoundAt.map { BoardMoment($0, .until, now: now, words) }
        let isTeacher = asker == .teacher
        action = isTeacher ? "/class/look" : "/me/look"
        label = (isTeacher ? BoardPhrase.boardLookAgain : .boardCheckNow)[language]
        student = isTeacher ? HTMLText.field(standing.student.id) : nil
        state = words.activity(standing.activity)
        since =
            switch standing.activity {
            case .looking(let date): BoardMoment(date, .since, now: now, words)
            case .drilling(let drill): BoardMoment(drill.beganAt, .since, now: now, words)
            case .idle, .waiting: nil
            }
        seen = standing.result.map { BoardMoment($0.collectedAt, .ago, now: now, words) }
        problem = standing.problem?[language]
        let next = isTeacher ? nil : standing.nextLookAt.flatMap { $0 > now ? $0 : nil }
        let isBusy = standing.activity != .idle
        isHeld = isBusy || next != nil
        until = isBusy ? nil : next.map { BoardMoment($0, .until, now: now, words) }
        refused = standing.refusedLogins.sorted { $0.key < $1.key }.map { words.refused($0.key, $0.value) }
        refusedLead = (isTeacher ? BoardPhrase.boardRefusedTeacher : .boardRefusedLead)[language]
        mended = (isTeacher ? BoardPhrase.boardMendedTeacher : .boardMended)[language]
    }
}

/// What became of a student's checks since the lesson began, look by look, the newest first.
struct BoardChanges: PageView {
    /// The last ones.
    var looks: [Look]
    /// The others, behind a click.
    var earlier: [Look]
    var none: String?

    struct Look: PageView {
        var moment: BoardMoment
        var changes: [Change]
    }

    struct Change: PageView {
        var question: String
        var title: String
        var from: Sign.View
        var to: Sign.View
    }

    /// Looks that lie open.
    private static let shown = 3

    init(_ standing: LessonStanding, _ words: Sentences) {
        let language = words.language
        var looks: [(at: Date, changes: [Change])] = []
        for change in standing.changes.reversed() {
            let view = Change(
                question: SafeText.line(change.check.question.rawValue, limit: 40, language: language),
                title: change.title[language], from: Sign(change.from).view(language),
                to: Sign(change.to).view(language))
            if looks.last?.at != change.at { looks.append((change.at, [])) }
            // In the order of the page within a look.
            looks[looks.count - 1].changes.insert(view, at: 0)
        }
        let views = looks.map { look in
            Look(
                moment: BoardMoment(look.at, .clock, now: look.at, words), changes: look.changes)
        }
        self.looks = Array(views.prefix(Self.shown))
        earlier = Array(views.dropFirst(Self.shown))
        none = views.isEmpty && standing.result != nil ? BoardPhrase.boardNoChange[language] : nil
    }
}

/// `GET /student/<id>`, the teacher's: all of one student's report, what is being done and what has changed.
public struct BoardReportPage: Sendable {
    /// Whole.
    public var standing: LessonStanding
    public var language: Language
    public var theme: PageTheme?
    public var timeZone: TimeZone
    public var token: String
    /// With which the student opens his own page: folded away, for it is his.
    public var code: String
    /// When the page is made.
    public var now: Date

    public init(
        standing: LessonStanding, language: Language, theme: PageTheme? = nil, timeZone: TimeZone,
        token: String, code: String, now: Date
    ) {
        self.code = code
        self.standing = standing
        self.language = language
        self.theme = theme
        self.timeZone = timeZone
        self.token = token
        self.now = now
    }

    /// The page. Its forms post to `/class/look` (`student`, `mended`), `/class/new-code` (`student`, `sure`) and
    /// `/leave`.
    /// - Throws: where a template of Bascule's own is broken; never because of the result.
    public func html() throws -> String {
        try PageTemplates.of(language, theme).render("board-report", view)
    }

    var view: BoardReportView {
        let words = Sentences(language, in: timeZone)
        let names = standing.student.names.map { SafeText.line($0, limit: 200, language: language) }
        let id = SafeText.line(standing.student.id, limit: 200, language: language)
        let people = names.isEmpty ? id : names.joined(separator: ", ")
        return BoardReportView(
            page: BoardFrame(.student, title: people, words, now: now, token: token),
            people: people, studentID: id, student: HTMLText.field(standing.student.id),
            ask: BoardAsk(.teacher, standing, now: now, words),
            code: BoardCardsPage.parts(of: SafeText.line(code, limit: 100, language: language))
                .joined(separator: " "),
            stuck: standing.stuckSince(now).map { BoardMoment($0, .since, now: now, words) },
            drill: BoardDrill(standing.activity, now: now, words),
            changes: BoardChanges(standing, words),
            report: standing.result.map { result in
                var report = StudentReport(result: result, language: language, theme: theme)
                report.timeZone = timeZone
                report.isLive = true
                return report.view
            })
    }
}

/// What the template of a student's report, as the teacher sees it, is given.
struct BoardReportView: PageView {
    var page: BoardFrame
    var people: String
    /// To be read.
    var studentID: String
    /// To be sent.
    var student: String
    var ask: BoardAsk
    var code: String
    var stuck: BoardMoment?
    var drill: BoardDrill?
    var changes: BoardChanges
    var report: StudentView?
}
