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
        ("setup", PackageResources.setup_mustache),
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
        ("heat", PackageResources.heat_mustache),
        ("report", PackageResources.report_mustache),
        ("report-head", PackageResources.report_head_mustache),
        ("report-foot", PackageResources.report_foot_mustache),
        ("board-entry", PackageResources.board_entry_mustache),
        ("board-problem", PackageResources.board_problem_mustache),
        ("board-class", PackageResources.board_class_mustache),
        ("board-projector", PackageResources.board_projector_mustache),
        ("board-student", PackageResources.board_student_mustache),
        ("board-exam", PackageResources.board_exam_mustache),
        ("board-report", PackageResources.board_report_mustache),
        ("board-answers", PackageResources.board_answers_mustache),
        ("board-marking", PackageResources.board_marking_mustache),
        ("board-cards", PackageResources.board_cards_mustache),
        ("board-head", PackageResources.board_head_mustache),
        ("board-top", PackageResources.board_top_mustache),
        ("board-nav", PackageResources.board_nav_mustache),
        ("board-now", PackageResources.board_now_mustache),
        ("board-ask", PackageResources.board_ask_mustache),
        ("board-drill", PackageResources.board_drill_mustache),
        ("board-changes", PackageResources.board_changes_mustache),
        ("board-looks", PackageResources.board_looks_mustache),
        ("board-progress", PackageResources.board_progress_mustache),
        ("board-time", PackageResources.board_time_mustache),
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
            .view(Dictionary(fields(.english).map { ($0.0, .text) }, uniquingKeysWith: { first, _ in first }))
        }
        var rendered: any Sendable { Phrases.fields[language] ?? PageFields(values: [:]) }

        private static let fields = Language.allCases.reduce(into: [Language: PageFields]()) {
            all, language in
            all[language] = PageFields(
                values: Dictionary(fields(language), uniquingKeysWith: { first, _ in first }))
        }

        private static func fields(_ language: Language) -> [(String, any Sendable)] {
            Phrase.allCases.map { ($0.rawValue, $0[language].rendered) }
                + BoardPhrase.allCases.map { ($0.rawValue, $0[language].rendered) }
        }
    }

    /// - Parameter script: nil: the page has none.
    private func frame(script: String?, boardStyle: Bool) -> Frame {
        let digest = script.map { Data(SHA256Digest(of: Array($0.utf8)).bytes).base64EncodedString() }
        return Frame(
            t: Phrases(language: language),
            style: PageCode(
                text: boardStyle ? BoardAssets.style(theme) : PageTemplates.style + theme.style),
            script: script.map(PageCode.init),
            // CSP Level 3, section 2.3.1: only the script of exactly these bytes runs.
            scriptPolicy: digest.map { "; script-src 'sha256-\($0)'" } ?? "",
            logo: theme.logo, themeTitle: theme.title.flatMap { $0.isEmpty ? nil : $0 })
    }

    static let style = String(decoding: PackageResources.style_css, as: UTF8.self)

    /// Sorts the class page's table by a click on a column's heading.
    static let sortScript = String(decoding: PackageResources.sort_js, as: UTF8.self)

    /// - Parameters:
    ///   - script: the page's own; nil: it has none.
    ///   - boardStyle: whether `style` has the board's stylesheet in it too.
    /// - Throws: ``PageError`` where there is no such template.
    func render(
        _ name: String, _ view: some PageView, script: String? = nil, boardStyle: Bool = false
    ) throws(PageError) -> String {
        var fields = frame(script: script, boardStyle: boardStyle).fields
        fields.values.merge(view.fields.values) { _, new in new }
        guard let page = library.render(fields, withTemplate: name) else { throw .noTemplate(name) }
        return page
    }

    // MARK: Checking

    /// Every page by its template, with what it is given.
    private static let pages: [(name: String, view: any PageView.Type)] = [
        ("student", StudentView.self), ("class", ClassView.self), ("marking", MarkingView.self),
        ("sheet", SheetView.self), ("setup", SetupView.self), ("board-entry", BoardEntryView.self),
        ("board-problem", BoardProblemView.self), ("board-class", BoardClassView.self),
        ("board-projector", BoardProjectorView.self), ("board-student", BoardStudentView.self),
        ("board-exam", BoardExamView.self), ("board-report", BoardReportView.self),
        ("board-answers", BoardAnswersView.self), ("board-marking", BoardMarkingView.self),
        ("board-cards", BoardCardsView.self),
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
        case .noTemplate(let name):
            String(
                fr: "Aucun modèle de page ne s'appelle \(name) : refaire la compilation de Bascule.",
                en: "There is no page template named \(name): rebuild Bascule.")
        }
    }
}
