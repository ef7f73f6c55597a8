import GraderCore

/// A sheet of cards to cut, one a student: ten on a page of A4, with the link and the code that open his page.
///
/// A file by itself like the reports, with the stylesheet in it: whoever prints it has it on a disk, and no board serves
/// it, for it holds everybody's code. The teacher's own link is not on it: the sheet lies about in a classroom, and that
/// link opens all.
public struct BoardCardsPage: Sendable {
    /// What one student is given.
    public struct Card: Sendable, Hashable {
        public var name: String
        public var id: String
        /// With the code as its fragment.
        public var link: String
        public var code: String

        public init(name: String, id: String, link: String, code: String) {
            self.name = name
            self.id = id
            self.link = link
            self.code = code
        }
    }

    public var cards: [Card]
    public var className: String
    public var language: Language
    public var theme: PageTheme?

    /// So many on a page.
    private static let perPage = 10

    public init(cards: [Card], className: String, language: Language, theme: PageTheme? = nil) {
        self.cards = cards
        self.className = className
        self.language = language
        self.theme = theme
    }

    /// The page: self-contained, without a script.
    /// - Throws: where a template of Bascule's own is broken; never because of the cards.
    public func html() throws -> String {
        try PageTemplates.of(language, theme).render("board-cards", view, boardStyle: true)
    }

    var view: BoardCardsView {
        func safe(_ text: String) -> String { SafeText.line(text, limit: 300, language: language) }
        let views = cards.map { card in
            BoardCardsView.Card(
                name: safe(card.name.isEmpty ? card.id : card.name), id: safe(card.id), link: safe(card.link),
                address: safe(String(card.link.prefix { $0 != "#" })),
                parts: Self.parts(of: safe(card.code)))
        }
        return BoardCardsView(
            lang: language.rawValue,
            title: "\(safe(className)) – \(BoardPhrase.boardCardsHeading[language])",
            className: safe(className),
            sheets: stride(from: 0, to: views.count, by: Self.perPage).map {
                BoardCardsView.Sheet(cards: Array(views[$0..<min($0 + Self.perPage, views.count)]))
            })
    }

    /// As it is written where it has hyphens, otherwise four by four: nobody copies 26 letters in one go.
    static func parts(of code: String) -> [String] {
        if code.contains("-") { return code.split(separator: "-").map(String.init) }
        let letters = Array(code)
        return stride(from: 0, to: letters.count, by: 4).map {
            String(letters[$0..<min($0 + 4, letters.count)])
        }
    }
}

/// What the cards' template is given.
struct BoardCardsView: PageView {
    var lang: String
    var title: String
    var className: String
    var sheets: [Sheet]

    struct Sheet: PageView {
        var cards: [Card]
    }

    struct Card: PageView {
        var name: String
        var id: String
        var link: String
        /// The link without the code.
        var address: String
        /// Of the code.
        var parts: [String]
    }
}
