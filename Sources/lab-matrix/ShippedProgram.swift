import ClassRun
import Foundation
import GraderCore
import Subprocess
import VirtualClass

/// The program that ships, started from outside as its user starts it: it raises the class, grades and scores, so that
/// nothing of what is proved here is linked into this tool.
struct ShippedProgram: Sendable {
    var path: String
    /// Of the virtual class.
    var className: String
    var rubric: String?

    private static let outputByteLimit = 1 << 20

    /// - Returns: the exit status (nil after a signal), and what it printed.
    private func run(_ arguments: [String]) async throws -> (
        status: Int32?, output: String, complaints: String
    ) {
        let outcome = try await Subprocess.run(
            .path(.init(path)), arguments: Arguments(arguments), input: .none,
            output: .string(limit: Self.outputByteLimit), error: .string(limit: Self.outputByteLimit))
        let status: Int32? = if case .exited(let code) = outcome.terminationStatus { code } else { nil }
        return (status, outcome.standardOutput, outcome.standardError)
    }

    private var rubricOption: [String] {
        rubric.map { ["--rubric", URL(filePath: $0).path(percentEncoded: false)] } ?? []
    }

    /// `bascule lab COMMAND --class NAME …`.
    /// - Throws: `LabError` with what it complained of.
    @discardableResult
    func lab(_ command: String, _ arguments: String...) async throws -> String {
        let ended = try await run(["lab", command, "--class", className] + arguments)
        guard ended.status == 0 else {
            let said = (ended.complaints + ended.output).prefix(300)
            throw LabError(
                LocalizedText(verbatim: "bascule lab \(command) \(arguments.joined(separator: " ")): \(said)")
            )
        }
        return ended.output
    }

    func roster() async throws -> String { try await lab("status", "--roster").filter { !$0.isNewline } }

    /// Grades a student from the class's own network, as a teacher who is there.
    func grade(_ student: String, roster: String, reports: String) async throws -> RunFolder {
        let ended = try await run(
            ["lab", "shell", "--class", className, "teacher", path, "grade-all", roster]
                + ["--student", student, "--reports", reports] + rubricOption)
        let folder = RunFolder(path: "\(reports)/\(className)/latest")
        guard folder.hasResult(of: student) else {
            let said = ended.complaints + ended.output
            // Of a crash the calls of the thread that crashed: the other threads come first and say nothing.
            let told = said.range(of: " crashed:").map { said[$0.lowerBound...].prefix(3000) }
            throw LabError(LocalizedText(verbatim: "\(student) was not graded: \(told ?? said.prefix(300))"))
        }
        return folder
    }

    /// Scores evidence that was kept, as the students of one run.
    /// - Returns: by the state's name; what is not recorded is left out.
    func results(
        ofRecordings recordings: String, states: [String], exercise: String, work: String
    ) async throws -> [String: GradedResult] {
        /// A folder, or an evidence file as it was before recordings were folders.
        func recording(_ state: String) -> String? {
            ["\(recordings)/\(state)", "\(recordings)/\(state).json"].first {
                FileManager.default.fileExists(atPath: $0)
            }
        }
        let recorded = states.filter { recording($0) != nil }
        // A state's name may be no student's: `one+other`.
        let students = recorded.indices.map { "etu\($0 + 1)" }
        let run = RunFolder(path: "\(work)/recordings")
        for (name, student) in zip(recorded, students) {
            guard let recording = recording(name) else { continue }
            _ = try run.write(try EvidenceStore.read(recording), student: student)
        }
        try run.write(
            RunManifest(
                className: className, title: className, exercise: exercise, language: .french,
                startedAt: .now,
                students: zip(recorded, students).map { StudentIdentity(id: $1, names: [$0]) }))
        let ended = try await self.run(["score", run.path, "--reports", work] + rubricOption)
        // 2: something could not be assessed, as with machines that are off.
        guard ended.status == 0 || ended.status == 2 else {
            throw LabError(
                LocalizedText(verbatim: "bascule score: \((ended.complaints + ended.output).prefix(300))"))
        }
        let scored = RunFolder(path: "\(work)/\(className)/latest")
        var results: [String: GradedResult] = [:]
        for (name, student) in zip(recorded, students) { results[name] = try scored.result(of: student) }
        return results
    }
}
