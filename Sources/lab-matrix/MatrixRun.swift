import ClassRun
import Foundation
import GraderCore
import VirtualClass

/// Brings a pair to a state, grades it as a teacher would, and reads what it lost.
struct MatrixRun: Sendable {
    var program: ShippedProgram
    /// Its file, of the class that is up.
    var roster: String
    var release: String
    /// A folder of this run's own.
    var work: String
    /// Where evidence is kept; nil where it is not.
    var record: String?

    /// Never fails: a state that could not be graded has a sentence where its checks would stand.
    func row(of script: MatrixState, on student: String) async -> MatrixRow {
        let began = ContinuousClock.now
        var row = MatrixRow(release: release, name: script.name, expected: script.loses)
        do {
            let result = try await result(of: script, on: student)
            row = MatrixRow(release: release, state: script, result: result)
        } catch {
            row.found = ["not graded: \(error)"]
        }
        row.seconds = Int((ContinuousClock.now - began).components.seconds)
        return row
    }

    private func result(of script: MatrixState, on student: String) async throws -> GradedResult {
        // Anew each time: a fault could also be put onto another that is still there.
        try await program.lab("reset", student)
        try await put(script.scripts.map(\.name), into: student)
        var result = try await grade(student, script.name, attempt: 1)
        // What was still in motion is looked at once more.
        if result.instability != nil { result = try await grade(student, script.name, attempt: 2) }
        return result
    }

    private func put(_ names: [String], into student: String) async throws {
        do {
            for name in names { try await program.lab("apply", student, name) }
        } catch let error as LabError {
            guard names.count > 1 else { throw error }
            // One may need what the other breaks: the other way round, on a pair raised anew.
            try await program.lab("reset", student)
            for name in names.reversed() { try await program.lab("apply", student, name) }
        }
    }

    private func grade(_ student: String, _ state: String, attempt: Int) async throws -> GradedResult {
        let folder = try await program.grade(student, roster: roster, reports: "\(work)/\(state)-\(attempt)")
        if let record {
            try Recording.write(try folder.evidence(of: student), to: "\(record)/\(state)")
        }
        return try folder.result(of: student)
    }
}

extension MatrixRow {
    init(release: String, state: MatrixState, result: GradedResult) {
        func ids(_ isMeant: (ScoredCheck) -> Bool) -> [String] {
            result.questions.flatMap(\.checks).filter(isMeant).map(\.result.id.rawValue)
        }
        // What one fault blocks another cannot lose.
        let blocked =
            state.scripts.count < 2
            ? [] : ids { if case .blocked = $0.result.verdict { true } else { false } }
        self.init(
            release: release, name: state.name, expected: state.loses.filter { !blocked.contains($0) },
            found: Self.lost(result, isVariation: state.isVariation),
            unassessed: ids {
                if case .notAssessed = $0.result.verdict { $0.points > .zero } else { false }
            })
    }

    /// The checks lost by the state itself. Advice (no points, in a question) is nothing that can be lost; a
    /// variation must not block anything or leave it open either, unless it needs a drill or the teacher.
    private static func lost(_ result: GradedResult, isVariation: Bool) -> [String] {
        result.questions.flatMap { question in
            question.checks.filter { $0.points > .zero || question.id == .prerequisites }
        }.compactMap { check in
            let id = check.result.id.rawValue
            switch check.result.verdict {
            case .notMet, .partly: return id
            case .blocked: return isVariation ? "\(id):blocked" : nil
            case .notAssessed: return isVariation ? "\(id):notAssessed" : nil
            case .met, .notRequested: return nil
            }
        }
    }
}
