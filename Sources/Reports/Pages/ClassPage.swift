import Foundation
import GraderCore

/// The page of one run over a class: students and questions in a table, who could not be assessed and why, and what
/// was missed most often. It links to `students/<id>/report.html` and `report.md` beside it.
public struct ClassPage: Sendable {
    /// A student of whom there is no result at all, with the reason in a sentence.
    public struct NotAssessed: Sendable, Hashable {
        public var student: StudentIdentity
        public var reason: LocalizedText

        public init(student: StudentIdentity, reason: LocalizedText) {
            self.student = student
            self.reason = reason
        }
    }

    public var className: String
    /// What this run is called; empty where it has no name of its own.
    public var title: String
    public var exerciseTitle: LocalizedText
    public var ranAt: Date
    /// In the order of the roster.
    public var results: [GradedResult]
    public var notAssessed: [NotAssessed]
    public var language: Language

    public init(
        className: String, title: String, exerciseTitle: LocalizedText, ranAt: Date, results: [GradedResult],
        notAssessed: [NotAssessed] = [], language: Language
    ) {
        self.className = className
        self.title = title
        self.exerciseTitle = exerciseTitle
        self.ranAt = ranAt
        self.results = results
        self.notAssessed = notAssessed
        self.language = language
    }

    /// One self-contained HTML page (well-formed XML too): no script, no request to anywhere.
    /// - Throws: where a template of Bascule's own is broken; never because of the results.
    public func html() throws -> String {
        let templates = try PageTemplates.embedded()
        return try templates.render("class", fields(style: templates.style))
    }
}
