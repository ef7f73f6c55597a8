import Foundation
import GraderCore
import Synchronization

/// What the runs of a class found of its students, each result read once: where many late results are dated side by side, each
/// asks all other runs. What is written meanwhile has to be noted (``note(_:in:)``).
final class ClassLooks: Sendable {
    /// A look, as its run's result tells of it.
    struct Look: Sendable {
        var exercise: String
        var isHandIn: Bool
        var sawSomething: Bool
        var look: Lateness.Look
        /// The one in time that the result itself names.
        var standing: Lateness.Look?

        fileprivate init(_ result: GradedResult, in run: RunFolder) {
            exercise = result.exercise
            isHandIn = result.handIn != nil
            sawSomething = run.sawSomething(result)
            look = Lateness.Look(
                run: FilePath.name(of: run.path), collectedAt: result.collectedAt, score: result.score)
            standing = result.lateness?.standing
        }
    }

    /// Of one run; a failure where it has a result that cannot be read.
    typealias Found = (run: String, look: Result<Look, StoreFailure>)

    private let reports: ReportsFolder
    private let className: String
    private struct State {
        var runs: [RunFolder]?
        var found: [String: [Found]] = [:]
    }
    private let state = Mutex(State())

    init(_ reports: ReportsFolder, of className: String) {
        self.reports = reports
        self.className = className
    }

    /// What every run found that has a result of the student, the newest first.
    /// - Throws: ``StoreFailure`` where the runs of the class cannot be read.
    func all(of student: String) throws(StoreFailure) -> [Found] {
        if let found = state.withLock({ $0.found[student] }) { return found }
        let runs = try runs()
        let found = runs.reversed().filter { $0.hasResult(of: student) }.map { run -> Found in
            let look = Result { () throws(StoreFailure) in Look(try run.result(of: student), in: run) }
            return (FilePath.name(of: run.path), look)
        }
        state.withLock { $0.found[student] = found }
        return found
    }

    /// The class's runs, the oldest first.
    private func runs() throws(StoreFailure) -> [RunFolder] {
        if let runs = state.withLock(\.runs) { return runs }
        let runs = try reports.runs(of: className)
        state.withLock { $0.runs = runs }
        return runs
    }

    /// A result that has taken the place of another.
    func note(_ result: GradedResult, in run: RunFolder) {
        let look = Look(result, in: run)
        state.withLock { state in
            guard let place = state.found[result.student.id]?.firstIndex(where: { $0.run == look.look.run })
            else { return }
            state.found[result.student.id]?[place].look = .success(look)
        }
    }
}
