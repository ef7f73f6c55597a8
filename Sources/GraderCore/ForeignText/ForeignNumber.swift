// Numbers from outside, made into others. The library's own conversions end the program where a number does not fit, and
// a student's machine, a file or a server can say any number.

extension FixedWidthInteger {
    /// A number from outside, cut off towards zero: the nearest that there is, and 0 for what is none.
    public init(saturating value: Double) {
        if let fitting = Self(exactly: value.rounded(.towardZero)) {
            self = fitting
        } else {
            self = value.isNaN ? 0 : value < 0 ? .min : .max
        }
    }
}

extension Duration {
    /// The longest that is taken from outside, 146 billion years: the half of what ``components`` can say, and little of
    /// what can be counted. What is read can be added up, taken apart, and written again.
    public static let longestForeign = Duration.seconds(Int64.max / 2)  // bounded: a whole number

    /// So many seconds, to the nanosecond where they are few; nil for what is no number, or beyond ``longestForeign``.
    public init?(foreignSeconds seconds: Double) {
        guard seconds.magnitude < Duration.longestForeign / .seconds(1) else { return nil }
        self = .milliseconds(seconds * 1000)  // bounded: just above, and no number is not below anything
    }

    /// Whole seconds, cut off towards zero; saturates at the ends of `Int64`, where ``components`` ends the program.
    public var wholeSeconds: Int64 {
        let seconds = self / .seconds(1)
        return seconds.magnitude < 0x1p63 ? components.seconds : seconds < 0 ? .min : .max
    }

    /// Whole milliseconds, cut off towards zero; saturates at the ends of `Int64`.
    public var wholeMilliseconds: Int64 { whole(1000) }

    /// Whole microseconds, cut off towards zero; saturates at the ends of `Int64`.
    public var wholeMicroseconds: Int64 { whole(1_000_000) }

    /// - Parameter parts: into how many a second is cut.
    private func whole(_ parts: Int64) -> Int64 {
        let seconds = wholeSeconds
        let (scaled, tooLong) = seconds.multipliedReportingOverflow(by: parts)
        guard !tooLong else { return seconds < 0 ? .min : .max }
        let (sum, tooMuch) = scaled.addingReportingOverflow(
            components.attoseconds / (1_000_000_000_000_000_000 / parts))
        return tooMuch ? (seconds < 0 ? .min : .max) : sum
    }
}

extension Sequence<Int> {
    /// The sum of counts from outside; at most `Int.max`.
    public var sumOfCounts: Int {
        reduce(0) { sum, count in
            let (next, overflow) = sum.addingReportingOverflow(count)
            return overflow ? .max : next
        }
    }
}

extension Sequence<Duration> {
    /// The sum, of which no part counts for more than `most`.
    public func sum(eachAtMost most: Duration) -> Duration { reduce(.zero) { $0 + Swift.min($1, most) } }
}
