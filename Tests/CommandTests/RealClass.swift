import ClassRun
import Foundation
import GraderCore

/// A virtual class raised for a test, driven by the program's own commands.
struct RealClass {
    var name: String
    var folder: URL

    /// Whether such tests were asked for (`scripts/test` does) and can be run here.
    static let isWanted =
        ProcessInfo.processInfo.environment["BASCULE_VIRTUAL_CLASS"] == "1" && geteuid() == 0

    var roster: String {
        (ProcessInfo.processInfo.environment["BASCULE_LAB"] ?? "/run/bascule/lab") + "/\(name)/class.yaml"
    }

    /// Raises the class, where an interrupted run of the tests may have left it up, hands it over, and takes it down whatever happened.
    static func with(
        _ name: String, _ arguments: [String], _ body: (RealClass) async throws -> Void
    ) async throws {
        let folder = try Program.temporaryFolder()
        let real = RealClass(name: name, folder: folder)
        try await Program.run(["lab", "down", "--class", name])
        let up = try await Program.run(["lab", "up", "--class", name] + arguments, seconds: 300)
        do {
            guard up.status == 0 else { throw RealClassFailure(what: "lab up: \(up.output)\(up.complaints)") }
            try await body(real)
            try await real.end()
        } catch {
            try await real.end()
            throw error
        }
    }

    private func end() async throws {
        let down = try await Program.run(["lab", "down", "--class", name], seconds: 60)
        try? FileManager.default.removeItem(at: folder)
        guard down.status == 0 else { throw RealClassFailure(what: "lab down: \(down.complaints)") }
    }

    /// Runs a command of this machine inside the class's network.
    func teacher(_ command: [String], seconds: Int = 120) async throws -> Program.Outcome {
        try await Program.run(["lab", "shell", "--class", name, "teacher"] + command, seconds: seconds)
    }

    /// Runs a command on a node, `etu1/serv1`.
    @discardableResult
    func node(_ node: String, _ script: String) async throws -> Program.Outcome {
        try await Program.run(["lab", "shell", "--class", name, node, "sh", "-c", script], seconds: 60)
    }

    func apply(_ state: String, to student: String) async throws {
        let outcome = try await Program.run(
            ["lab", "apply", "--class", name, student, state], seconds: 240)
        guard outcome.status == 0 else {
            throw RealClassFailure(
                what: "lab apply \(student) \(state): \(outcome.output)\(outcome.complaints)")
        }
    }

    /// Grades with this roster (the class's own where none is given); the results by student.
    func grade(
        roster: String? = nil, exercise: String = "activite-2", _ arguments: [String] = []
    ) async throws -> (outcome: Program.Outcome, results: [String: GradedResult]) {
        let reports = folder.appending(path: UUID().uuidString)
        let outcome = try await teacher(
            [
                Program.path, "grade-all", roster ?? self.roster, "--reports",
                reports.path(percentEncoded: false),
            ]
                + [
                    "--rubric",
                    Program.repository.appending(path: "rubrics/\(exercise).yaml").path(
                        percentEncoded: false),
                ]
                + arguments, seconds: 240)
        var results: [String: GradedResult] = [:]
        let students = reports.appending(path: "\(name)/latest/students")
        for id in (try? FileManager.default.contentsOfDirectory(atPath: students.path(percentEncoded: false)))
            ?? []
        {
            let data = try Data(contentsOf: students.appending(path: "\(id)/result.json"))
            results[id] = try JSONDecoder.results.decode(GradedResult.self, from: data)
        }
        return (outcome, results)
    }
}

struct RealClassFailure: Error, CustomStringConvertible {
    var what: String
    var description: String { what }
}

extension GradedResult {
    /// The checks lost by the student's own doing, not only in consequence.
    var lost: Set<String> {
        Set(
            allResults.filter {
                switch $0.verdict {
                case .notMet, .partly: true
                default: false
                }
            }.map(\.id.rawValue))
    }

    var allResults: [CheckResult] { questions.flatMap(\.checks).map(\.result) }

    func earned(_ question: String) -> Points? {
        questions.first { $0.id.rawValue == question }?.score.earned
    }
}
