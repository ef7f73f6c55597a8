import Foundation
import GraderCore
import Mustache
import Synchronization

/// The pages' templates and their stylesheet, embedded in the program at build time.
///
/// swift-mustache escapes `{{…}}` by grapheme cluster: in `"\u{0600}<"` the `<` hides behind a character that
/// extends over the next one and is let through. Every template is therefore given an escaping of our own, by scalar.
struct PageTemplates: Sendable {
    private let library: MustacheLibrary
    private let theme: PageTheme
    private let style: String

    /// The templates of this build in one language, in a theme's dress where there is one. Parsed once: it takes
    /// longer than a page.
    /// - Throws: where a template does not parse; one of Bascule's own that does not is our own mistake.
    static func of(_ language: Language, _ theme: PageTheme? = nil) throws -> PageTemplates {
        let key = Key(language: language, theme: theme ?? .none)
        return try parsed.withLock { parsed in
            if let templates = parsed[key] { return templates }
            let templates = try PageTemplates(sources, language, key.theme)
            parsed[key] = templates
            return templates
        }
    }

    /// What is no page.
    static func junit() throws -> PageTemplates {
        try PageTemplates([("junit", PackageResources.junit_mustache)], .english, .none)
    }

    private struct Key: Hashable {
        var language: Language
        var theme: PageTheme
    }

    private static let parsed = Mutex<[Key: PageTemplates]>([:])

    private init(_ sources: [(String, [UInt8])], _ language: Language, _ theme: PageTheme) throws {
        self.theme = theme
        style = String(decoding: PackageResources.style_css, as: UTF8.self) + theme.style
        MustacheContentTypes.register(ScalarHTML(), named: ScalarHTML.name)
        var library = MustacheLibrary()
        for (name, bytes) in sources {
            let text = PageTemplates.withPhrases(
                theme.templates[name] ?? String(decoding: bytes, as: UTF8.self), language)
            do {
                try library.register("{{% CONTENT_TYPE:\(ScalarHTML.name)}}" + text, named: name)
            } catch {
                guard theme.templates[name] != nil else { throw error }
                throw PageThemeError("The theme's template \(name).mustache is no Mustache (\(error)).")
            }
        }
        self.library = library
    }

    /// The phrases that are the same on every page put in once, instead of looked up on each: `{{t.mark}}`.
    private static func withPhrases(_ template: String, _ language: Language) -> String {
        var pieces = template.split(separator: "{{t.", omittingEmptySubsequences: false).makeIterator()
        var text = String(pieces.next() ?? "")
        while let piece = pieces.next() {
            let name = piece.prefix { $0 != "}" }
            if let phrase = Phrase(rawValue: String(name)), piece[name.endIndex...].hasPrefix("}}") {
                text += ScalarHTML().escapeText(phrase[language])
                text += piece[name.endIndex...].dropFirst(2)
            } else {
                text += "{{t." + piece
            }
        }
        return text
    }

    /// Every template file by the name that `{{> name}}` has for it.
    private static let sources: [(String, [UInt8])] = [
        ("student", PackageResources.student_mustache),
        ("class", PackageResources.class_mustache),
        ("progress", PackageResources.progress_mustache),
        ("histogram", PackageResources.histogram_mustache),
        ("outages", PackageResources.outages_mustache),
        ("head", PackageResources.head_mustache),
        ("masthead", PackageResources.masthead_mustache),
        ("signs", PackageResources.signs_mustache),
        ("mark", PackageResources.mark_mustache),
        ("check", PackageResources.check_mustache),
        ("drawing", PackageResources.drawing_mustache),
        ("drills", PackageResources.drills_mustache),
        ("timeline", PackageResources.timeline_mustache),
    ]

    static let names = Set(sources.map(\.0))

    /// What every page is given besides its own fields.
    /// - Parameter script: nil: the page has none.
    func frame(script: String?) -> PageFields {
        let digest = script.map { Data(SHA256Digest(of: Array($0.utf8)).bytes).base64EncodedString() }
        return [
            "style": style,
            "hasScript": script != nil, "script": script ?? "",
            // CSP Level 3, section 2.3.1: only the script of exactly these bytes runs.
            "scriptPolicy": digest.map { "; script-src 'sha256-\($0)'" } ?? "",
            "hasLogo": theme.logo != nil, "logo": theme.logo ?? "",
            "hasThemeTitle": theme.title?.isEmpty == false, "themeTitle": theme.title ?? "",
        ]
    }

    /// Sorts the class page's table by a click on a column's heading.
    static let sortScript = String(decoding: PackageResources.sort_js, as: UTF8.self)

    /// - Throws: ``PageError`` where there is no such template.
    func render(_ name: String, _ fields: PageFields) throws -> String {
        guard let page = library.render(fields, withTemplate: name) else { throw PageError.noTemplate(name) }
        return page
    }
}

/// A mistake of ours in the templates.
enum PageError: Error, CustomStringConvertible {
    case noTemplate(String)

    var description: String {
        switch self {
        case .noTemplate(let name): "There is no page template named \(name): rebuild Bascule."
        }
    }
}
