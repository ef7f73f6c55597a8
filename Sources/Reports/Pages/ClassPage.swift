import Foundation
import GraderCore

/// The page of one run over a class: students and questions in a table, marks, progress since earlier runs, who
/// could not be assessed and why, and what was missed most often. It links to `students/<id>/report.html` (to
/// `teacher.html` where that does not show all) and `report.md` beside it.
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
    /// This run's folder, and what the history keeps of the class's other runs: what progress is measured by.
    public var runName = ""
    public var history: [PastRun] = []
    /// What drills measured; nothing is shown where there is nothing.
    public var drillOutages: [DrillOutages] = []
    /// What students have in common that should be each one's own: for the teacher alone.
    public var anomalies: [ClassAnomaly] = []
    /// Other names for everybody by this secret of the class, no links and no addresses: for a projector. Nil: their own names.
    public var pseudonymKey: String?
    var hasPseudonyms: Bool { pseudonymKey != nil }
    public var theme: PageTheme?
    /// Ids of students whose own page does not show all.
    public var concealed: Set<String> = []
    /// Where the class's clocks stand.
    public var timeZone = TimeZone.gmt

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

    /// One self-contained HTML page (well-formed XML too): no request to anywhere, and complete without its one
    /// script, which sorts the table.
    /// - Throws: where a template of Bascule's own is broken; never because of the results.
    public func html() throws -> String {
        let templates = try PageTemplates.of(language, theme)
        let page = pseudonymKey.map(pseudonymous) ?? self
        return try templates.render(
            "class", page.view, script: PageTemplates.sortScript)
    }

    /// The run as the history keeps it.
    var asPastRun: PastRun {
        // What a student collected is no progress and no setback: the history does not have it either.
        PastRun(
            name: runName, startedAt: ranAt, exercise: results.first?.exercise ?? "",
            results: results.filter { $0.handIn == nil })
    }

    private func pseudonymous(by key: String) -> ClassPage {
        let ids =
            results.map(\.student.id) + notAssessed.map(\.student.id) + history.flatMap { $0.scores.keys }
        let pseudonyms = Pseudonyms(ids, className: className, key: key)
        var page = self
        page.results = results.map(pseudonyms.hiding).sorted { $0.student.id < $1.student.id }
        page.notAssessed = notAssessed.map {
            NotAssessed(
                student: pseudonyms.identity($0.student.id),
                reason: LocalizedText(fr: "Pas de résultat.", en: "No result."))
        }.sorted { $0.student.id < $1.student.id }
        page.history = history.map(pseudonyms.hiding)
        page.drillOutages = drillOutages.map { drill in
            DrillOutages(
                drill: drill.drill,
                outages: drill.outages.map {
                    DrillOutages.Outage(student: pseudonyms.identity($0.student.id), seconds: $0.seconds)
                })
        }
        return page
    }
}
