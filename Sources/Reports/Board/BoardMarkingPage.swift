import GraderCore

/// `GET /class/marking`, the teacher's: each written answer with the evidence beside it, and a form for its points.
public struct BoardMarkingPage: Sendable {
    public var sheet: MarkingSheet
    public var className: String
    public var language: Language
    public var theme: PageTheme?
    public var token: String
    /// Why the last points were not taken.
    public var problem: LocalizedText?

    public init(
        sheet: MarkingSheet, className: String, language: Language, theme: PageTheme? = nil, token: String,
        problem: LocalizedText? = nil
    ) {
        self.sheet = sheet
        self.className = className
        self.language = language
        self.theme = theme
        self.token = token
        self.problem = problem
    }

    /// The page. Each answer's forms post to `/class/marking`: `check`, `student` (the authors' ids, one field each),
    /// `shown` (``GraderCore/MarkingSheet/Entry/shownDigest``), `points` and `comment`.
    /// - Throws: where a template of Bascule's own is broken; never because of the answers.
    public func html() throws -> String {
        try PageTemplates.of(language, theme).render("board-marking", view)
    }

    /// What is said of an answer is what the sheet on paper says.
    private var paper: MarkingPage {
        MarkingPage(className: className, sheet: sheet, language: language)
    }

    var view: BoardMarkingView {
        let paper = paper
        let open = sheet.entries.count { $0.mark?.points == nil && $0.answer != nil }
        var checks: [BoardMarkingView.Check] = []
        for entry in entries {
            if checks.last?.anchor != "c-\(entry.check.rawValue)" {
                checks.append(
                    BoardMarkingView.Check(
                        id: paper.safe(entry.check.rawValue), anchor: "c-\(entry.check.rawValue)",
                        title: entry.title[language],
                        worth: Phrase.markingOutOf[language] + " " + entry.worth.formatted(language),
                        answers: []))
            }
            checks[checks.count - 1].answers.append(answer(entry, paper))
        }
        return BoardMarkingView(
            page: BoardFrame(
                .marking, title: "\(paper.safe(className)) – \(Phrase.markingHeading[language])",
                Sentences(language), now: .distantPast, token: token, openAnswers: open),
            className: paper.safe(className), checks: checks, problem: problem?[language])
    }

    /// Of each question first what waits to be read, then what is marked, then who has handed nothing in.
    private var entries: [MarkingSheet.Entry] {
        func rank(_ entry: MarkingSheet.Entry) -> Int {
            entry.mark?.points != nil ? 1 : entry.answer == nil ? 2 : 0
        }
        let all = Array(sheet.entries.enumerated())
        let order = Dictionary(all.map { ($0.element.check, $0.offset) }, uniquingKeysWith: min)
        return all.sorted { left, right in
            let keys = [left, right].map {
                [order[$0.element.check] ?? 0, rank($0.element), $0.offset]
            }
            return keys[0].lexicographicallyPrecedes(keys[1])
        }.map(\.element)
    }

    private func answer(
        _ entry: MarkingSheet.Entry, _ paper: MarkingPage
    ) -> BoardMarkingView.Answer {
        let shown = paper.answer(entry)
        let points = entry.mark?.points
        return BoardMarkingView.Answer(
            anchor: entry.anchor, check: HTMLText.field(entry.check.rawValue), shown: entry.shownDigest,
            students: entry.authors.map { HTMLText.field($0.student.id) },
            who: shown.who, answer: shown.answer, proof: shown.proof,
            // The lesson goes on: who has handed nothing in yet is not to get nothing by a click.
            proposal: entry.answer == nil ? nil : shown.proposal,
            reason: shown.reason, points: shown.points, comment: HTMLText.field(entry.mark?.comment ?? ""),
            isMarked: points != nil,
            given: points.map { "\($0.formatted(language)) / \(entry.worth.formatted(language))" },
            proposed: entry.answer == nil
                ? nil : entry.proposal?.points.flatMap { $0 == points ? nil : $0.formatted(language) },
            isCertain: entry.proposal?.isCertain ?? false)
    }
}

extension MarkingSheet.Entry {
    /// Of the answer and its mark as they are shown: whoever gives points has read these. The same for each author.
    public var shownDigest: String {
        Self.digest([
            MarkingSheet.normalised(answer ?? ""), mark?.points?.formatted(.english) ?? "",
            mark?.comment ?? "",
        ])
    }

    /// Of the check and the authors, wherever on the sheet they stand: what is half filled in goes with its article.
    fileprivate var anchor: String { "m-" + Self.digest([check.rawValue] + authors.map(\.student.id)) }

    private static func digest(_ parts: [String]) -> String {
        String(SHA256Digest.hexadecimal(of: parts.joined(separator: "\u{0}").utf8).prefix(32))
    }
}

/// What the template of the marking page is given.
struct BoardMarkingView: PageView {
    var page: BoardFrame
    var className: String
    var checks: [Check]
    var problem: String?

    struct Check: PageView {
        var id: String
        var anchor: String
        var title: String
        var worth: String
        var answers: [Answer]
    }

    struct Answer: PageView {
        var anchor: String
        var check: String
        var shown: String
        /// Ids, as they are sent.
        var students: [String]
        var who: String
        var answer: String
        var proof: String?
        var proposal: String?
        var reason: String
        var points: String
        var comment: String
        var isMarked: Bool
        var given: String?
        /// Points that a click gives; nil where there is no proposal, or they are given already.
        var proposed: String?
        var isCertain: Bool
    }
}
