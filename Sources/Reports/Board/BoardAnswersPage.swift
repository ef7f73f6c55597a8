import Foundation
import GraderCore

/// `GET /me/answers`: a student's written answers, to be written and saved, with what was saved before.
public struct BoardAnswersPage: Sendable {
    /// A question that is answered in writing.
    public struct Question: Sendable, Hashable {
        public var id: QuestionID
        /// What is asked, part by part.
        public var titles: [LocalizedText]
        /// What stands there now.
        public var text: String

        public init(id: QuestionID, titles: [LocalizedText], text: String) {
            self.id = id
            self.titles = titles
            self.text = text
        }
    }

    /// Answers as they were saved once.
    public struct Version: Sendable, Hashable {
        /// 1 for the oldest.
        public var number: Int
        public var savedAt: Date
        public var texts: [QuestionID: String]

        public init(number: Int, savedAt: Date, texts: [QuestionID: String]) {
            self.number = number
            self.savedAt = savedAt
            self.texts = texts
        }
    }

    public var questions: [Question]
    /// When each version was saved, the oldest first: `?version=1`.
    public var versions: [Date]
    /// The one to be shown; nil: none.
    public var shown: Version?
    /// Whether they have just been saved.
    public var saved: Bool
    /// Why they have not.
    public var problem: LocalizedText?
    public var language: Language
    public var theme: PageTheme?
    public var token: String
    public var timeZone: TimeZone

    /// Of one answer, in characters.
    public static let limit = 20_000

    public init(
        questions: [Question], versions: [Date], shown: Version? = nil, saved: Bool = false,
        problem: LocalizedText? = nil, language: Language, theme: PageTheme? = nil, token: String,
        timeZone: TimeZone
    ) {
        self.questions = questions
        self.versions = versions
        self.shown = shown
        self.saved = saved
        self.problem = problem
        self.language = language
        self.theme = theme
        self.token = token
        self.timeZone = timeZone
    }

    /// The page; its form posts a field per question, by its id, to `/me/answers`.
    /// - Throws: where a template of Bascule's own is broken; never because of the answers.
    public func html() throws -> String {
        try PageTemplates.of(language, theme).render("board-answers", view)
    }

    /// To the second: some are saved in one minute.
    private func dated(_ date: Date) -> String {
        DateText(date, in: timeZone).formatted(language, toTheSecond: true)
    }

    var view: BoardAnswersView {
        let words = Sentences(language, in: timeZone)
        let now = versions.last ?? Date(timeIntervalSince1970: 0)
        return BoardAnswersView(
            page: BoardFrame(
                .answers, title: BoardPhrase.boardAnswers[language], words, now: now, token: token,
                answersOpen: true),
            limit: Self.limit,
            questions: questions.map { question in
                BoardAnswersView.Question(
                    id: SafeText.line(question.id.rawValue, limit: 40, language: language),
                    name: HTMLText.field(question.id.rawValue),
                    anchor: "a-\(ClassPage.pathComponent(question.id.rawValue))",
                    titles: question.titles.map { $0[language] }, text: HTMLText.field(question.text))
            },
            versions: versions.enumerated().reversed().map { index, date in
                BoardAnswersView.Version(
                    number: index + 1, date: dated(date), isShown: shown?.number == index + 1)
            },
            shown: shown.map { version in
                BoardAnswersView.Shown(
                    date: dated(version.savedAt),
                    answers: questions.map { question in
                        let text = version.texts[question.id] ?? ""
                        return BoardAnswersView.Answer(
                            id: SafeText.line(question.id.rawValue, limit: 40, language: language),
                            text: text.isEmpty
                                ? BoardPhrase.boardNoAnswer[language]
                                : SafeText.block(text, limit: Self.limit, language: language))
                    })
            },
            saved: saved
                ? versions.last.map {
                    words.pick("Enregistré à \(words.clock($0)).", "Saved at \(words.clock($0)).")
                } ?? BoardPhrase.boardSaved[language] : nil, problem: problem?[language])
    }
}

/// What the answers' template is given.
struct BoardAnswersView: PageView {
    var page: BoardFrame
    var limit: Int
    var questions: [Question]
    /// The newest first.
    var versions: [Version]
    var shown: Shown?
    /// That they were, and when; nil where not just now.
    var saved: String?
    var problem: String?

    struct Question: PageView {
        var id: String
        /// Of the field.
        var name: String
        var anchor: String
        var titles: [String]
        var text: String
    }

    struct Version: PageView {
        var number: Int
        var date: String
        var isShown: Bool
    }

    struct Shown: PageView {
        var date: String
        var answers: [Answer]
    }

    struct Answer: PageView {
        var id: String
        var text: String
    }
}
