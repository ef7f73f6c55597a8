import ArgumentParser
import ClassRun
import GraderCore

/// How `grade-all --every` goes about it.
struct RepeatOptions: ParsableArguments {
    @Option(
        name: .customLong("every"),
        help:
            "Look again and again during a lab session, e.g. every 5m (10s to 24h), until Ctrl-C; read-only.")
    var every: String?

    @Option(name: .customLong("runs"), help: "With --every: end after so many runs.")
    var mostRuns: Int?

    private var interval: Duration? { every.flatMap { DurationText.parse($0) } }

    /// Nil: one run.
    var rounds: Rounds? { interval.map { Rounds(every: $0, count: mostRuns) } }

    func validate() throws {
        let bounds = Duration.seconds(10)...Duration.seconds(86_400)
        try require(
            every == nil || interval.map(bounds.contains) ?? false, "--every is from 10s to 24h, such as 5m")
        if let mostRuns {
            try require(every != nil, "--runs needs --every")
            try require(1...10_000 ~= mostRuns, "--runs is from 1 to 10000")
        }
    }
}
