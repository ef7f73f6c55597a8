import ArgumentParser
import GraderCore

/// What the program's exit status says. 2 beats 1; usage errors are ArgumentParser's 64.
enum Exit {
    /// Everything asked for was assessed, whatever the marks.
    static let assessed = ExitCode(0)
    /// `check` only: something is not met.
    static let notMet = ExitCode(1)
    /// Something asked for could not be assessed.
    static let notAssessed = ExitCode(2)
    /// The roster or the rubric is wrong (`EX_DATAERR`, sysexits.h).
    static let badInput = ExitCode(65)
    /// A bug of ours (`EX_SOFTWARE`).
    static let bug = ExitCode(70)
    /// Interrupted; everything restored.
    static let interrupted = ExitCode(130)
}

extension GradedResult {
    var allChecks: [ScoredCheck] { questions.flatMap(\.checks) }

    /// Whether something that was asked for could not be assessed: a drill too that was not brought to its end, or
    /// that did not give everything back.
    var hasUnassessed: Bool {
        let hasOpenDrill = (drills ?? []).contains { $0.outcome != .performed || !$0.differences.isEmpty }
        return hasOpenDrill
            || allChecks.contains {
                if case .notAssessed = $0.result.verdict { true } else { false }
            }
    }

    /// Whether something that brings points is not met, or only in part.
    var hasUnmet: Bool {
        allChecks.contains { check in
            guard check.points > .zero else { return false }
            return switch check.result.verdict {
            case .notMet, .partly, .blocked: true
            case .met, .notAssessed, .notRequested: false
            }
        }
    }
}
