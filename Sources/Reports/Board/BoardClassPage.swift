import Foundation
import GraderCore

/// `GET /class`, the teacher's: the class page's table filling in, with what is being done about each student.
public struct BoardClassPage: Sendable {
    public var state: LessonState
    public var language: Language
    public var theme: PageTheme?
    public var token: String
    /// When the page is made.
    public var now: Date

    public init(
        state: LessonState, language: Language, theme: PageTheme? = nil, token: String, now: Date
    ) {
        self.state = state
        self.language = language
        self.theme = theme
        self.token = token
        self.now = now
    }

    /// The page. Its forms post to `/class/look` (`student`, `mended`; without a student: the whole class),
    /// `/class/hints` (`level`) and `/leave`.
    /// - Throws: where a template of Bascule's own is broken; never because of the lesson.
    public func html() throws -> String {
        try PageTemplates.of(language, theme).render("board-class", view)
    }

    private var words: Sentences { Sentences(language, in: state.timeZone) }

    /// The class page over the last looks: what its table says is said here too.
    private var table: ClassPage {
        var page = ClassPage(
            className: state.className, title: state.title, exerciseTitle: state.exerciseTitle, ranAt: now,
            results: state.standings.compactMap(\.result), language: language)
        page.timeZone = state.timeZone
        return page
    }

    var view: BoardClassView {
        let table = table
        let heading = state.title.isEmpty ? state.exerciseTitle[language] : table.safe(state.title)
        let columns = table.questionColumns
        let ids = columns.map(\.id)
        return BoardClassView(
            page: BoardFrame(
                .theClass, title: "\(table.safe(state.className)) – \(heading)", words, now: now,
                token: token, openAnswers: state.openAnswers),
            className: table.safe(state.className), heading: heading,
            exerciseTitle: state.exerciseTitle[language], hasHeading: !state.title.isEmpty,
            figures: figures,
            lesson: BoardLesson(state, now: now, words),
            isRoundUnderWay: state.round != nil,
            levels: ([nil, 0, 1, 2, 3] as [Int?]).map { level in
                BoardClassView.Level(
                    value: level.map { "\($0)" } ?? "rubric", label: words.hintLevel(level),
                    isChosen: level == state.hintLevel)
            },
            showsNow: true, columns: columns.map(table.column),
            overall: table.share(table.assessed.map(\.score)),
            rows: state.standings.map { row($0, table, ids) },
            legend: table.legend.map { ClassView.Legend(mark: $0.view(language), symbol: $0.symbol) },
            progress: BoardProgress.of(state, words))
    }

    /// How many want to be gone to.
    private var figures: [ClassView.Figure] {
        let stuck = state.standings.count { $0.stuckSince(now) != nil }
        let refused = state.standings.count { !$0.refusedLogins.isEmpty }
        let seen = state.standings.count { $0.result != nil }
        let minutes = Int(saturating: BoardNow.patience / 60)
        return [
            ClassView.Figure(
                name: BoardPhrase.boardSeenCount[language],
                value: words.count(seen, of: state.standings.count)),
            ClassView.Figure(
                name: words.pick(
                    "Rien de neuf depuis \(minutes) min", "Nothing new for \(minutes) min"),
                value: "\(stuck)"),
            refused > 0
                ? ClassView.Figure(name: BoardPhrase.boardRefusedHeading[language], value: "\(refused)")
                : nil,
        ].compactMap(\.self)
    }

    private func row(_ standing: LessonStanding, _ table: ClassPage, _ columns: [QuestionID]) -> HeatRow {
        var row =
            standing.result.map { table.row($0, columns: columns) }
            ?? HeatRow(
                table.person(standing.student), missing: BoardPhrase.boardNotSeen[language],
                cells: columns.map { _ in HeatCell(level: "none", figure: "", inWords: "", isOpen: false) })
        row.report = BoardAssets.path(ofStudent: standing.student.id)
        row.markdown = nil
        row.now = BoardNow(
            standing, names: table.names(standing.student), now: now, token: token, words)
        return row
    }
}

/// What the class's template is given.
struct BoardClassView: PageView {
    var page: BoardFrame
    var className: String
    var heading: String
    var exerciseTitle: String
    /// Whether the heading says more than it.
    var hasHeading: Bool
    var figures: [ClassView.Figure]
    var lesson: BoardLesson
    var isRoundUnderWay: Bool
    var levels: [Level]
    var showsNow: Bool
    var columns: [ClassView.Column]
    var overall: String
    var rows: [HeatRow]
    var legend: [ClassView.Legend]
    var progress: [BoardProgress]

    /// How far hints may go.
    struct Level: PageView {
        var value: String
        var label: String
        var isChosen: Bool
    }
}

/// How a lesson stands as a whole.
struct BoardLesson: PageView {
    var isExam: Bool
    var began: BoardMoment
    /// `12 sur 30`; nil between two rounds.
    var round: String?
    /// In thousandths.
    var roundShare: Int
    var next: BoardMoment?
    var until: BoardMoment?
    /// `28 sur 30`.
    var seen: String
    /// The newest first.
    var remarks: [String]

    init(_ state: LessonState, now: Date, _ words: Sentences) {
        isExam = state.isExam
        began = BoardMoment(state.beganAt, .since, now: now, words)
        round = state.round.map { words.count($0.done, of: $0.all) }
        roundShare = state.round.map { min(max($0.done, 0), $0.all) * 1000 / max($0.all, 1) } ?? 0
        next = state.nextRoundAt.map { BoardMoment($0, .until, now: now, words) }
        until = state.until.map { BoardMoment($0, .clock, now: now, words) }
        seen = words.count(state.standings.count { $0.result != nil }, of: state.standings.count)
        remarks = state.remarks.suffix(5).reversed().map { $0[words.language] }
    }
}
