import GraderCore

/// The bar beside the mark: shares of the total in per cent, with a point as the decimal sign for CSS and SVG.
struct ScoreBar: PageView {
    /// In thousandths of the bar's length.
    var earned: Int
    var decided: Int

    init(_ score: Tally) {
        func share(_ points: Points) -> Int {
            guard score.total > .zero else { return 0 }
            let fraction = Double(points.thousandths) / Double(score.total.thousandths)
            return Int(saturating: (min(max(fraction, 0), 1) * 1000).rounded())
        }
        earned = share(score.earned)
        decided = share(score.decided)
    }
}

extension GradedResult {
    /// The checks that cost points by themselves, in the order of the sheet: not those that wait for another.
    var lostChecks: [ScoredCheck] {
        // Points that the teacher gave for a whole question stand in the place of its checks' own.
        questions.filter { $0.teacher?.points == nil }.flatMap(\.checks).filter { check in
            let sign = Sign(check.result.verdict)
            return (sign == .notMet || sign == .partly) && check.earned.map { $0 < check.points } ?? false
        }
    }

    /// Whether any point was decided: without one there is no mark, not even zero.
    var isAssessed: Bool {
        score.decided > .zero
            || (score.total == .zero
                && questions.contains { $0.checks.contains { Sign($0.result.verdict).isDecided } })
    }
}
