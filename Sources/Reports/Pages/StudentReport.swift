import Foundation
import GraderCore

/// One student's report: everything a run found out about one pair, and nothing about anybody else's.
///
/// Both forms hold the same content. They are pure functions of the result and the language.
public struct StudentReport: Sendable {
    public var result: GradedResult
    public var language: Language
    public var theme: PageTheme?
    /// Whether it shows the teacher what students do not see: the page says so.
    public var isTeachers = false
    /// Whether it is shown on the board.
    var isLive = false
    /// Whether why, hint and command are behind a click each.
    var foldsHints = false
    /// Of the class: where its clocks stand.
    public var timeZone = TimeZone.gmt

    /// One self-contained HTML page (well-formed XML too): no script, no request to anywhere.
    /// - Throws: where a template of Bascule's own is broken; never because of the result.
    public func html() throws -> String {
        let templates = try PageTemplates.of(language, theme)
        return try templates.render("student", view)
    }

    /// The same in Markdown (CommonMark). Foreign text is escaped, or stands in code.
    public func markdown() -> String {
        StudentMarkdown(result: result, language: language, timeZone: timeZone).text()
    }
}

/// Beside the memberwise one, which is of this module: nobody who makes a page of a class forgets where its clocks stand.
extension StudentReport {
    public init(result: GradedResult, language: Language, theme: PageTheme? = nil, timeZone: TimeZone) {
        self.init(result: result, language: language, theme: theme, isTeachers: false, timeZone: timeZone)
    }
}
