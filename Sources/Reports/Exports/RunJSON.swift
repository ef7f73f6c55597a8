import Foundation
import GraderCore

/// A run as one JSON document (`docs/schema/run-2.json`): each result as in its `result.json`
/// (`docs/schema/result-2.json`). Points are whole thousandths.
public struct RunJSON: Sendable {
    public static let currentSchemaVersion = 2

    public var run: GradedRun

    public init(_ run: GradedRun) { self.run = run }

    private struct Document: Encodable {
        var schemaVersion = RunJSON.currentSchemaVersion
        var className: String
        var exercise: String
        var exerciseTitle: LocalizedText
        var ranAt: Date
        var students: [StudentIdentity]
        var results: [GradedResult]
    }

    /// The document, with sorted keys.
    /// - Throws: what `JSONEncoder` does; nothing in it is a number without a form in JSON.
    public func text() throws -> String {
        try ExportJSON.text(
            Document(
                className: run.className, exercise: run.exercise, exerciseTitle: run.exerciseTitle,
                ranAt: run.ranAt, students: run.students, results: run.results))
    }
}
