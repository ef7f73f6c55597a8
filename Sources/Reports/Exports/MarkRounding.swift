import GraderCore

/// How a mark is rounded for a gradebook. Exact: no binary fraction takes part.
public struct MarkRounding: Sendable, Hashable {
    /// Which way a mark between two steps goes.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// To the nearest step, a half upwards.
        case nearest
        /// In the student's favour.
        case up
        case down
    }

    /// The step in points, e.g. 0.5; more than zero.
    public var step: Points
    public var direction: Direction

    /// - Returns: nil where the step is not more than zero.
    public init?(step: Points, direction: Direction = .nearest) {
        guard step > .zero else { return nil }
        self.step = step
        self.direction = direction
    }

    private init(hundredths: ()) {
        step = Points(thousandths: 10)
        direction = .nearest
    }

    /// To a hundredth of a point.
    public static let hundredths = MarkRounding(hundredths: ())

    /// The mark of so many points of a total, out of `maximum`, rounded once at the end.
    /// - Parameter maximum: nil: out of the total itself.
    public func mark(_ points: Points, of total: Points, outOf maximum: Points?) -> Points {
        // In whole numbers: points × maximum / (total × step), all in thousandths.
        var numerator = points.thousandths
        var denominator = step.thousandths
        if let maximum, total > .zero {
            numerator *= maximum.thousandths
            denominator *= total.thousandths
        }
        let floor = numerator / denominator
        let rest = numerator % denominator
        let steps =
            switch direction {
            case .nearest: rest * 2 >= denominator ? floor + 1 : floor
            case .up: rest > 0 ? floor + 1 : floor
            case .down: floor
            }
        return Points(thousandths: steps * step.thousandths)
    }
}
