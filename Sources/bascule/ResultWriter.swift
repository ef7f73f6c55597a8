import ClassRun
import Foundation
import GraderCore
import Reports
import Synchronization

/// Writes what a run finds out, student by student as it comes: the evidence first, before anything is judged.
struct ResultWriter: Sendable {
    var folder: RunFolder
    var manifest: RunManifest
    var grader: Grader

    /// Keeps the evidence, judges it, and writes the student's result and pages.
    func finish(_ evidence: Evidence, student: StudentIdentity) throws -> GradedResult {
        let checksum = try folder.write(evidence, student: student.id)
        let result = grader.grade(
            evidence, className: manifest.className, student: student, evidenceSHA256: checksum)
        try write(result)
        return result
    }

    /// A student's result and pages.
    func write(_ result: GradedResult) throws {
        try folder.write(result)
        try Self.writePages(of: result, to: folder, language: manifest.language)
    }

    static func writePages(of result: GradedResult, to folder: RunFolder, language: Language) throws {
        let report = StudentReport(result: result, language: language)
        try folder.write(try report.html(), as: "report.html", student: result.student.id)
        try folder.write(report.markdown(), as: "report.md", student: result.student.id)
    }

    /// The class page over the results there are.
    func writeClassPage(
        _ results: [GradedResult], failures: [(student: StudentIdentity, sentence: String)]
    ) throws {
        try Self.writeClassPage(manifest, results, failures: failures, to: folder)
    }

    static func writeClassPage(
        _ manifest: RunManifest, _ results: [GradedResult],
        failures: [(student: StudentIdentity, sentence: String)], to folder: RunFolder
    ) throws {
        let page = ClassPage(
            className: manifest.className, title: manifest.title,
            exerciseTitle: results.first?.exerciseTitle ?? LocalizedText(verbatim: manifest.exercise),
            ranAt: manifest.startedAt, results: results,
            notAssessed: failures.map {
                ClassPage.NotAssessed(student: $0.student, reason: LocalizedText(verbatim: $0.sentence))
            },
            language: manifest.language)
        try folder.write(try page.html(), as: "index.html")
    }
}

/// Gathers the events of a run.
final class RunGathering: Sendable {
    private struct State {
        var results: [GradedResult] = []
        var collected: [Evidence] = []
        var failures: [(student: StudentIdentity, sentence: String)] = []
    }
    private let state = Mutex(State())

    func note(_ event: RunEvent) {
        state.withLock { state in
            switch event {
            case .started: break
            case .graded(let result):
                // Judged a second time after its drills.
                state.results.removeAll { $0.student.id == result.student.id }
                state.results.append(result)
            case .collected(_, let evidence): state.collected.append(evidence)
            case .notStored(let student, let sentence): state.failures.append((student, sentence))
            }
        }
    }

    func outcome(_ folder: RunFolder, order: [String]) -> GradingSession.Outcome {
        state.withLock { state in
            let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
            func position(_ id: String) -> Int { place[id] ?? Int.max }
            return GradingSession.Outcome(
                run: folder,
                results: state.results.sorted { position($0.student.id) < position($1.student.id) },
                collected: state.collected.sorted { position($0.student) < position($1.student) },
                failures: state.failures.sorted { position($0.student.id) < position($1.student.id) })
        }
    }
}
