import Foundation
import GraderCore

/// What every page of the board has beside its own view: `page.` in the templates.
struct BoardFrame: PageView {
    var lang: String
    var title: String
    /// When the page was made, in milliseconds since 1970: the browser's clock may go wrong.
    var now: Int
    /// Of the class, where its clocks stand.
    var zone: String
    /// Where the browser hears that something has changed; nil: the page stays as it is.
    var events: String?
    /// What proves that a form was ours; nil where there is nobody yet.
    var token: String?
    var links: [Link]

    struct Link: PageView {
        var href: String
        var label: String
        var isHere: Bool
        /// Behind the label; nil: nothing.
        var count: String?
    }
}

/// Who looks at a page of the board, and at which.
enum BoardPlace: Sendable {
    case outside
    /// A student.
    case report, answers
    /// The teacher.
    case theClass, student, marking, projector

    /// The pages to go to from here.
    /// - Parameters:
    ///   - answersOpen: whether a student may write answers.
    ///   - openAnswers: how many wait for points; nil: not known here.
    func links(_ language: Language, answersOpen: Bool, openAnswers: Int?) -> [BoardFrame.Link] {
        func link(_ href: String, _ label: String, _ place: BoardPlace, _ count: String? = nil)
            -> BoardFrame.Link
        { BoardFrame.Link(href: href, label: label, isHere: self == place, count: count) }
        switch self {
        case .outside, .projector: return []
        case .report, .answers:
            guard answersOpen || self == .answers else { return [] }
            return [
                link("/me", BoardPhrase.boardMine[language], .report),
                link("/me/answers", BoardPhrase.boardAnswers[language], .answers),
            ]
        case .theClass, .student, .marking:
            let count = openAnswers.flatMap { $0 > 0 ? "\($0)" : nil }
            return [
                link("/class", BoardPhrase.boardClass[language], .theClass),
                link("/class/marking", Phrase.markingHeading[language], .marking, count),
                link("/class/projector", BoardPhrase.boardProjector[language], .projector),
            ]
        }
    }

    var events: String? {
        switch self {
        case .outside, .answers, .marking: nil
        case .report: "/me/events"
        case .theClass, .student, .projector: "/class/events"
        }
    }
}

extension BoardFrame {
    /// - Parameters:
    ///   - title: fit to be shown.
    ///   - token: nil where there is nobody yet, or no form.
    init(
        _ place: BoardPlace, title: String, _ words: Sentences, now: Date, token: String? = nil,
        answersOpen: Bool = false, openAnswers: Int? = nil
    ) {
        lang = words.language.rawValue
        self.title = title
        self.now = now.inMilliseconds
        zone = words.zone.identifier
        events = place.events
        self.token = token
        links = place.links(words.language, answersOpen: answersOpen, openAnswers: openAnswers)
    }
}

/// What the board serves beside its pages.
public enum BoardAssets {
    /// `/board.css`: the reports' stylesheet, the board's behind it, and the theme's last.
    public static func style(_ theme: PageTheme? = nil) -> String {
        PageTemplates.style + String(decoding: PackageResources.board_css, as: UTF8.self)
            + (theme?.style ?? "")
    }

    /// `/board.js`.
    public static var script: String { String(decoding: PackageResources.board_js, as: UTF8.self) }

    /// Where a student's report is, for the teacher: `/student/` and the id, percent-encoded (RFC 3986, everything but the
    /// unreserved characters).
    public static func path(ofStudent id: String) -> String { "/student/\(ClassPage.pathComponent(id))" }
}
