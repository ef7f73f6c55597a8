import ClassRun
import GraderCore
import Synchronization

/// Gathers the events of a run.
final class RunGathering: Sendable {
    private struct State {
        var results: [GradedResult] = []
        var collected: [Evidence] = []
        var failures: [(student: StudentIdentity, sentence: String)] = []
        var hasFault = false
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
            case .faulty(let student, let fault):
                state.failures.append((student, fault.description))
                state.hasFault = true
            }
        }
    }

    func outcome(_ folder: RunFolder, order: [String]) -> GradingSession.Outcome {
        state.withLock { state in
            let place = Dictionary(
                order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            func position(_ id: String) -> Int { place[id] ?? Int.max }
            return GradingSession.Outcome(
                run: folder,
                results: state.results.sorted { position($0.student.id) < position($1.student.id) },
                collected: state.collected.sorted { position($0.student) < position($1.student) },
                failures: state.failures.sorted { position($0.student.id) < position($1.student.id) },
                hasFault: state.hasFault)
        }
    }
}
