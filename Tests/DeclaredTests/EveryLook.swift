import ClassRun
import Foundation
import GraderCore
import InputFiles
import Testing

@testable import Exercises

/// An exercise that looks at everything that can be looked at, and what its virtual lab showed (`bascule collect` of a
/// class of one in the situation `solved`).
enum EveryLook {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "every-look")
    static var file: String { folder.appending(path: "exercise.yaml").path(percentEncoded: false) }

    static func exercise() throws -> DeclaredExercise {
        try #require(try Declaration.exercise(file: file).sound() as? DeclaredExercise)
    }

    static func evidence() throws -> Evidence {
        try EvidenceStore.read(folder.appending(path: "evidence.json").path(percentEncoded: false))
    }

    /// A point for each check.
    static func rubric(_ exercise: any Exercise) -> Rubric {
        let title = LocalizedText(verbatim: "")
        let questions = exercise.questionDefinitions.map { question in
            RubricQuestion(
                id: question.id, title: title,
                checks: question.checks.map { RubricCheck(id: $0.id, points: Points(1)) },
                parameters: Parameters())
        }
        return Rubric(exercise: exercise.id, title: title, total: Points(1), questions: questions)
    }

    /// Every check's result, scored as a run is.
    static func results<E: Exercise>(_ exercise: E, _ evidence: Evidence) throws -> [CheckID: CheckResult] {
        let scored = try Scorer(exercise: exercise, rubric: rubric(exercise))
            .score(exercise.findings(evidence, after: nil))
        return Dictionary(scored.flatMap { $0.checks.map { ($0.result.id, $0.result) } }) { first, _ in first
        }
    }

    /// An exercise of one question on the machines `one` and `two`, in a file that lies nowhere.
    static func declared(_ checks: String) throws -> DeclaredExercise {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "declared.yaml")
        let lines = checks.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
        let text = """
            exercise: declared
            title: Declared
            machines: [one, two]
            lab:
              site: {kind: text}
            questions:
              - id: Q1
                title: Only
                checks:
            \(lines)

            """
        try Data(text.utf8).write(to: file)
        return try #require(
            try Declaration.exercise(file: file.path(percentEncoded: false)).sound() as? DeclaredExercise)
    }
}
