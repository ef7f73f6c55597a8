import Foundation

/// An earlier run of the class that counts for a check, since the rubric takes the best one.
public struct EarlierRun: Sendable, Hashable, Codable {
    /// The run's folder.
    public var run: String
    public var ranAt: Date
    /// What this run came to.
    public var now: OverruledVerdict

    public init(run: String, ranAt: Date, now: OverruledVerdict) {
        self.run = run
        self.ranAt = ranAt
        self.now = now
    }
}

extension GradedResult {
    /// The same result with what earlier runs found: for every check when it was first met, and where the rubric
    /// takes the best run, that run's verdict if it is better than this one's. Pure; comes before the teacher's marks.
    ///
    /// What was not decided in an earlier run changes nothing. A run of the same evidence, or a later one, is none.
    /// - Parameters:
    ///   - runs: of the class, any order.
    ///   - startedAt: of this result's run.
    public func counting(_ runs: [PastRun], startedAt: Date, rubric: Rubric) -> GradedResult {
        let this = PastRun(name: "", startedAt: startedAt, exercise: exercise, scores: [:])
        // Two rooms may have begun in the same second: a run without the student is no look at him.
        let own = runs.filter { $0.scores[student.id] != nil }
        let earlier = this.predecessors(in: own).compactMap { run in
            run.scores[student.id].map { (run: run, score: $0) }
        }
        var result = self
        for (index, question) in questions.enumerated() {
            let policy = rubric[question.id]?.counted ?? .last
            for (place, check) in question.checks.enumerated() where check.points > .zero {
                let past = earlier.compactMap { entry in
                    entry.score.checks[check.result.id].flatMap { found in
                        found.earned.map { PastCheck(run: entry.run, points: found.points, earned: $0) }
                    }
                }
                result.questions[index].checks[place] = check.counting(
                    past, collectedAt: collectedAt, takesBest: policy == .best)
            }
            result.questions[index].score = result.questions[index].checks.reduce(Tally()) { $0 + $1.score }
        }
        result.score = result.questions.reduce(Tally()) { $0 + $1.score }
        return result
    }
}

/// A check as an earlier run decided it.
private struct PastCheck {
    var run: PastRun
    var points: Points
    var earned: Points

    /// 0 to 1, independent of what the check was worth then.
    var fraction: Double {
        points > .zero ? min(max(Double(earned.thousandths) / Double(points.thousandths), 0), 1) : 0
    }
}

extension ScoredCheck {
    fileprivate func counting(_ past: [PastCheck], collectedAt: Date, takesBest: Bool) -> ScoredCheck {
        var check = self
        check.firstMetAt =
            past.first { $0.fraction >= 1 }?.run.startedAt ?? (result.verdict == .met ? collectedAt : nil)
        // A question that nobody asked for, or that the roster removed, stays so.
        switch result.verdict {
        case .notRequested(.otherQuestions), .notRequested(.removed): return check
        default: break
        }
        let now = check.earned.map { PastCheck.fraction($0, of: points) }
        guard takesBest, let best = past.map(\.fraction).max(), best > now ?? 0,
            let run = past.first(where: { $0.fraction == best })?.run
        else { return check }
        check.earlier = EarlierRun(
            run: run.name, ranAt: run.startedAt,
            now: OverruledVerdict(verdict: result.verdict, found: result.found))
        check.result.verdict = best >= 1 ? .met : .partly(best)
        check.earned = check.result.verdict.earned(of: points)
        return check
    }
}

extension PastCheck {
    fileprivate static func fraction(_ earned: Points, of points: Points) -> Double {
        points > .zero ? Double(earned.thousandths) / Double(points.thousandths) : 0
    }
}
