import Foundation
import GraderCore
import Synchronization

/// The pages' templates and their stylesheet, embedded in the program at build time.
struct PageTemplates: Sendable {
    private let templates: [String: PageTemplate]
    private let theme: PageTheme
    private let style: String

    /// The templates of this build in one language, in a theme's dress where there is one. Parsed once.
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
        templates = try sources.reduce(into: [:]) { templates, source in
            let (name, bytes) = source
            templates[name] = try PageTemplate(
                theme.templates[name] ?? String(decoding: bytes, as: UTF8.self),
                constants: { PageTemplates.phrase($0, language) })
        }
    }

    /// What is the same on every page, `t.mark`, put in once instead of looked up on each.
    private static func phrase(_ name: String, _ language: Language) -> String? {
        guard name.hasPrefix("t.") else { return nil }
        return Phrase(rawValue: String(name.dropFirst(2))).map { HTMLText.escaped($0[language]) }
    }

    /// Every template file by the name that `{{> name}}` has for it.
    private static let sources: [(String, [UInt8])] = [
        ("student", PackageResources.student_mustache),
        ("class", PackageResources.class_mustache),
        ("marking", PackageResources.marking_mustache),
        ("progress", PackageResources.progress_mustache),
        ("histogram", PackageResources.histogram_mustache),
        ("outages", PackageResources.outages_mustache),
        ("head", PackageResources.head_mustache),
        ("masthead", PackageResources.masthead_mustache),
        ("signs", PackageResources.signs_mustache),
        ("mark", PackageResources.mark_mustache),
        ("check", PackageResources.check_mustache),
        ("facts", PackageResources.facts_mustache),
        ("setback", PackageResources.setback_mustache),
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
            "hasScript": script != nil,
            // CSP Level 3, section 2.3.1: only the script of exactly these bytes runs.
            "scriptPolicy": digest.map { "; script-src 'sha256-\($0)'" } ?? "",
            "hasLogo": theme.logo != nil, "logo": theme.logo ?? "",
            "hasThemeTitle": theme.title?.isEmpty == false, "themeTitle": theme.title ?? "",
        ]
    }

    /// Sorts the class page's table by a click on a column's heading.
    static let sortScript = String(decoding: PackageResources.sort_js, as: UTF8.self)

    /// A template that has itself among its partials, or theirs; nil where there is none.
    var nameWithinItself: String? {
        templates.keys.sorted().first { name in
            var found: Set<String> = []
            var ahead = templates[name]?.partials ?? []
            while let next = ahead.popFirst() {
                if next == name { return true }
                if found.insert(next).inserted { ahead.formUnion(templates[next]?.partials ?? []) }
            }
            return false
        }
    }

    /// - Parameter script: the page's own; nil: it has none.
    /// - Throws: ``PageError`` where there is no such template, or a theme's do not end.
    func render(_ name: String, _ fields: PageFields, script: String? = nil) throws(PageError) -> String {
        guard let template = templates[name] else { throw PageError.noTemplate(name) }
        return try template.render(
            fields, partials: templates, verbatim: ["style": style, "script": script ?? ""])
    }
}

/// A mistake in the templates: ours, or a theme's.
enum PageError: Error, CustomStringConvertible {
    case noTemplate(String)
    /// A theme's templates that multiply.
    case endless

    var description: String {
        switch self {
        case .noTemplate(let name): "There is no page template named \(name): rebuild Bascule."
        case .endless:
            "A page does not come to an end: the theme's templates name one another too often, take some out."
        }
    }
}
