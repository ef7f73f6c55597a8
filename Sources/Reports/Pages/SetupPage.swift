import Foundation
import GraderCore

/// What students are handed before the first look: the lines that let the teacher's key in, and those that take it out
/// again, to be printed or opened beside the terminal.
public struct SetupPage: Sendable {
    /// The same lines for one account.
    public struct Account: Sendable {
        public var user: String
        /// Shell lines, to be pasted whole.
        public var adding: String
        public var removing: String

        public init(user: String, adding: String, removing: String) {
            self.user = user
            self.adding = adding
            self.removing = removing
        }
    }

    public var title: String
    public var accounts: [Account]
    public var language: Language

    public init(title: String, accounts: [Account], language: Language) {
        self.title = title
        self.accounts = accounts
        self.language = language
    }

    /// One self-contained HTML page.
    /// - Throws: where a template of Bascule's own is broken.
    public func html() throws -> String {
        try PageTemplates.of(language).render("setup", view)
    }

    private var view: SetupView {
        SetupView(
            lang: language.rawValue, title: title,
            lead: language.pick(
                "Deux gestes : laisser entrer la clé de l'enseignant avant la correction, la retirer après.",
                "Two things: let the teacher's key in before the grading, take it out afterwards."),
            parts: accounts.flatMap { account in
                [
                    SetupView.Part(
                        heading: language.pick(
                            "Avant : la clé peut entrer (\(account.user))",
                            "Before: the key may come in (\(account.user))"),
                        what: language.pick(
                            "À coller dans un terminal de \(account.user), sur chacun des serveurs.",
                            "Paste as \(account.user) in a terminal of each of the servers."),
                        lines: account.adding),
                    SetupView.Part(
                        heading: language.pick(
                            "Après : la clé n'entre plus", "Afterwards: the key is out again"),
                        what: language.pick(
                            "À coller de même, quand la note est rendue.",
                            "Paste in the same way, once the mark is given."),
                        lines: account.removing),
                ]
            })
    }
}

/// What the page's template is given.
struct SetupView: PageView {
    var lang: String
    var title: String
    var lead: String
    var parts: [Part]

    struct Part: PageView {
        var heading: String
        var what: String
        var lines: String
    }
}
