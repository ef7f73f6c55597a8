import GraderCore

/// The bar beside the mark: shares of the total in per cent, with a point as the decimal sign for CSS and SVG.
struct ScoreBar: Sendable {
    var earned: Int
    var decided: Int

    init(_ score: Tally) {
        func share(_ points: Points) -> Int {
            guard score.total > .zero else { return 0 }
            let fraction = Double(points.thousandths) / Double(score.total.thousandths)
            return Int((min(max(fraction, 0), 1) * 1000).rounded())
        }
        earned = share(score.earned)
        decided = share(score.decided)
    }

    /// In thousandths of the bar's length.
    var fields: PageFields { ["earned": earned, "decided": decided] }
}

extension GradedResult {
    /// The checks that cost points by themselves, in the order of the sheet: not those that wait for another.
    var lostChecks: [ScoredCheck] {
        questions.flatMap(\.checks).filter { check in
            let sign = Sign(check.result.verdict)
            return (sign == .notMet || sign == .partly) && check.earned.map { $0 < check.points } ?? false
        }
    }

    /// The points of checks that wait for another one.
    var waitingPoints: Points {
        questions.flatMap(\.checks).reduce(.zero) { sum, check in
            guard case .blocked = check.result.verdict, check.earned == .zero else { return sum }
            return sum + check.points
        }
    }

    /// Whether any point was decided: without one there is no mark, not even zero.
    var isAssessed: Bool {
        score.decided > .zero
            || (score.total == .zero
                && questions.contains { $0.checks.contains { Sign($0.result.verdict).isDecided } })
    }
}
