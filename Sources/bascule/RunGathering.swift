import ClassRun
import GraderCore
import Synchronization

/// Gathers the events of a run.
final class RunGathering: Sendable {
    private struct State {
        var results: [GradedResult] = []
        var collected: [Evidence] = []
        var failures: [(student: StudentIdentity, sentence: LocalizedText)] = []
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
            case .notStored, .notSeen, .faulty:
                if let failure = event.failure { state.failures.append(failure) }
                if case .faulty = event { state.hasFault = true }
            }
        }
    }

    /// Whether anything came of the student.
    func has(_ student: String) -> Bool {
        state.withLock { state in
            state.results.contains { $0.student.id == student }
                || state.collected.contains { $0.student == student }
                || state.failures.contains { $0.student.id == student }
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
