import Foundation
import GraderCore

/// `GET /`: the code, typed or brought by the link's fragment (`/#CODE`), which never reaches a server by itself.
public struct BoardEntryPage: Sendable {
    public var language: Language
    public var theme: PageTheme?
    /// Why the last code opened nothing.
    public var problem: LocalizedText?

    public init(language: Language, theme: PageTheme? = nil, problem: LocalizedText? = nil) {
        self.language = language
        self.theme = theme
        self.problem = problem
    }

    /// The page; its form posts `code` to `/enter`.
    /// - Throws: where a template of Bascule's own is broken.
    public func html() throws -> String {
        let words = Sentences(language)
        let view = BoardEntryView(
            page: BoardFrame(
                .outside, title: BoardPhrase.boardEnterHeading[language], words,
                now: Date(timeIntervalSince1970: 0)),
            problem: problem?[language])
        return try PageTemplates.of(language, theme).render("board-entry", view)
    }
}

/// What the entry's template is given.
struct BoardEntryView: PageView {
    var page: BoardFrame
    var problem: String?
}

/// What a request came to that no other page says.
public struct BoardProblemPage: Sendable {
    /// The answer's HTTP status.
    public var status: Int
    public var message: LocalizedText
    /// A path to go back to; nil: none.
    public var back: String?
    public var language: Language
    public var theme: PageTheme?

    public init(
        status: Int, message: LocalizedText, back: String? = nil, language: Language, theme: PageTheme? = nil
    ) {
        self.status = status
        self.message = message
        self.back = back
        self.language = language
        self.theme = theme
    }

    /// The page. The script finds the message in it where a form was sent without leaving the page.
    /// - Throws: where a template of Bascule's own is broken.
    public func html() throws -> String {
        let view = BoardProblemView(
            page: BoardFrame(
                .outside, title: BoardPhrase.boardProblem[language], Sentences(language),
                now: Date(timeIntervalSince1970: 0)),
            status: status, message: message[language], back: back)
        return try PageTemplates.of(language, theme).render("board-problem", view)
    }
}

/// What the problem's template is given.
struct BoardProblemView: PageView {
    var page: BoardFrame
    var status: Int
    var message: String
    var back: String?
}
