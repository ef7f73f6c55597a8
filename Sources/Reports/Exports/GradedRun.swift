import Foundation
import GraderCore

/// A run's results as a whole: what the exports are made of.
public struct GradedRun: Sendable {
    public var className: String
    public var exercise: String
    public var exerciseTitle: LocalizedText
    public var ranAt: Date
    /// In the order of the roster, those without a result too.
    public var students: [StudentIdentity]
    /// Those of the run who are left out here: what is one's own is none of theirs either.
    public var others: [StudentIdentity] = []
    /// At most one for each student.
    public var results: [GradedResult]
    public var language: Language
    /// Where the class's clocks stand.
    public var timeZone: TimeZone

    public init(
        className: String, exercise: String, exerciseTitle: LocalizedText, ranAt: Date,
        students: [StudentIdentity], results: [GradedResult], language: Language,
        timeZone: TimeZone = .gmt
    ) {
        self.timeZone = timeZone
        self.className = className
        self.exercise = exercise
        self.exerciseTitle = exerciseTitle
        self.ranAt = ranAt
        self.students = students
        self.results = results
        self.language = language
    }

    /// All questions of all results, in the order of the sheet.
    var questions: [QuestionResult] {
        var seen: Set<QuestionID> = []
        return results.flatMap(\.questions).filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
    }

    /// The rubric's total, nobody's question removed; zero where there is no result.
    var total: Points { results.map(\.score.total).max() ?? .zero }

    /// That marks are out of different totals, since a question is removed for some: a column that has one maximum for
    /// all would have them read wrongly. Nil where all are out of the same.
    public var differentTotals: LocalizedText? { Self.differentTotals(results) }

    /// The same of a run's results.
    public static func differentTotals(_ results: [GradedResult]) -> LocalizedText? {
        let marked = results.filter { $0.isAbsent != true && $0.score.decided > .zero }
        let totals = Set(marked.map(\.score.total)).sorted()
        guard totals.count > 1 else { return nil }
        func list(_ language: Language) -> String {
            totals.map { $0.formatted(language) }.joined(separator: language.pick(" ; ", "; "))
        }
        let all = results.map(\.score.total).max() ?? .zero
        return LocalizedText(
            fr: """
                Ces notes ne sont pas toutes sur le même total (\(list(.french))), et l'export n'a qu'une note maximale : \
                bascule export --maximum \(all.formatted(.english)) les met toutes sur \(all.formatted(.french)).
                """,
            en: """
                These marks are out of different totals (\(list(.english))), and the export has one maximum: \
                bascule export --maximum \(all.formatted(.english)) scales them all to it.
                """)
    }
}
