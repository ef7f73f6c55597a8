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

    /// The rubric's total; zero where there is no result.
    var total: Points { results.first?.score.total ?? .zero }
}
