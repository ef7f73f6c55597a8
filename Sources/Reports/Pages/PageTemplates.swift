import Foundation
import GraderCore
import Mustache
import Synchronization

/// The pages' templates and their stylesheet, embedded in the program at build time.
struct PageTemplates: Sendable {
    private let library: MustacheLibrary
    private let language: Language
    private let theme: PageTheme

    /// The templates of this build in one language, in a theme's dress where there is one. Parsed once: it takes
    /// longer than a page.
    /// - Throws: where a template does not parse: our own mistake, for a theme's have been looked at.
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

    init(_ sources: [(String, [UInt8])], _ language: Language, _ theme: PageTheme) throws {
        self.language = language
        self.theme = theme
        var library = MustacheLibrary()
        for (name, bytes) in sources {
            let text = theme.templates[name] ?? String(decoding: bytes, as: UTF8.self)
            // Every value is escaped by itself (PageText).
            try library.register("{{% CONTENT_TYPE:TEXT}}\n" + text, named: name)
        }
        self.library = library
    }

    /// Every template file by the name that `{{> name}}` has for it.
    private static let sources: [(String, [UInt8])] = [
        ("student", PackageResources.student_mustache),
        ("class", PackageResources.class_mustache),
        ("marking", PackageResources.marking_mustache),
        ("sheet", PackageResources.sheet_mustache),
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

    /// What every page is given besides its own view.
    private struct Frame: PageView {
        var t: Phrases
        var style: PageCode
        var script: PageCode?
        var scriptPolicy: String
        var logo: String?
        var themeTitle: String?
    }

    /// What is the same on every page: `t.mark`.
    private struct Phrases: PageValue {
        var language: Language

        static var blank: Phrases { Phrases(language: .english) }
        static var shape: PageShape {
            .view(Dictionary(uniqueKeysWithValues: Phrase.allCases.map { ($0.rawValue, .text) }))
        }
        var rendered: any Sendable { Phrases.fields[language] ?? PageFields(values: [:]) }

        private static let fields = Dictionary(
            uniqueKeysWithValues: Language.allCases.map { language in
                let phrases = Phrase.allCases.map { ($0.rawValue, $0[language].rendered) }
                return (language, PageFields(values: Dictionary(uniqueKeysWithValues: phrases)))
            })
    }

    /// - Parameter script: nil: the page has none.
    private func frame(script: String?) -> Frame {
        let digest = script.map { Data(SHA256Digest(of: Array($0.utf8)).bytes).base64EncodedString() }
        return Frame(
            t: Phrases(language: language),
            style: PageCode(text: PageTemplates.style + theme.style),
            script: script.map(PageCode.init),
            // CSP Level 3, section 2.3.1: only the script of exactly these bytes runs.
            scriptPolicy: digest.map { "; script-src 'sha256-\($0)'" } ?? "",
            logo: theme.logo, themeTitle: theme.title.flatMap { $0.isEmpty ? nil : $0 })
    }

    private static let style = String(decoding: PackageResources.style_css, as: UTF8.self)

    /// Sorts the class page's table by a click on a column's heading.
    static let sortScript = String(decoding: PackageResources.sort_js, as: UTF8.self)

    /// - Parameter script: the page's own; nil: it has none.
    /// - Throws: ``PageError`` where there is no such template.
    func render(_ name: String, _ view: some PageView, script: String? = nil) throws(PageError) -> String {
        var fields = frame(script: script).fields
        fields.values.merge(view.fields.values) { _, new in new }
        guard let page = library.render(fields, withTemplate: name) else { throw .noTemplate(name) }
        return page
    }

    // MARK: Checking

    /// Every page by its template, with what it is given.
    private static let pages: [(name: String, view: any PageView.Type)] = [
        ("student", StudentView.self), ("class", ClassView.self), ("marking", MarkingView.self),
        ("sheet", SheetView.self),
    ]

    /// Looks up every name that a page's templates ask for.
    /// - Parameter theme: texts in the place of Bascule's own, by name.
    /// - Throws: ``PageTemplateError`` for the first mistake.
    static func check(_ theme: [String: String] = [:]) throws {
        var tags: [String: PageTags] = [:]
        for (name, bytes) in sources {
            tags[name] = try PageTags(theme[name] ?? String(decoding: bytes, as: UTF8.self), named: name)
        }
        for (name, view) in pages { try check(name, view, tags, foreign: Set(theme.keys)) }
        let junit = try PageTags(
            String(decoding: PackageResources.junit_mustache, as: UTF8.self), named: "junit")
        try check("junit", JUnitView.self, ["junit": junit], foreign: [])
    }

    private static func check(
        _ name: String, _ view: any PageView.Type, _ tags: [String: PageTags], foreign: Set<String>
    ) throws {
        let names = try Frame.shape.names.merging(view.shape.names) { _, own in own }
        var check = PageTemplateCheck(tags, foreign: foreign, view: .view(names))
        try check.check(name)
    }
}

/// A mistake in the templates: ours.
enum PageError: Error, CustomStringConvertible {
    case noTemplate(String)

    var description: String {
        switch self {
        case .noTemplate(let name): "There is no page template named \(name): rebuild Bascule."
        }
    }
}
