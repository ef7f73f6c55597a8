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
        if every != nil {
            guard let interval, interval >= .seconds(10), interval <= .seconds(86_400) else {
                throw ValidationError("--every is from 10s to 24h, such as 5m")
            }
        }
        if let mostRuns {
            guard every != nil else { throw ValidationError("--runs needs --every") }
            guard 1...10_000 ~= mostRuns else { throw ValidationError("--runs is from 1 to 10000") }
        }
    }
}
