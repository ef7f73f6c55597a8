import ArgumentParser
import ClassRun
import GraderCore

/// How `check --watch` goes about it.
struct WatchOptions: ParsableArguments {
    @Flag(name: .customLong("watch"), help: "Look again and again while you work, until Ctrl-C.")
    var isOn = false

    @Option(
        name: .customLong("watch-pause"),
        help: "With --watch: the pause between two looks, e.g. 10s (5s to 10min).")
    var pauseText = "10s"

    @Option(name: .customLong("watch-looks"), help: "With --watch: end after so many looks.")
    var mostLooks = 1000

    /// A look costs a node about half a second of its processor.
    var pause: Duration { DurationText.parse(pauseText) ?? .seconds(10) }

    func validate() throws {
        let bounds = Duration.seconds(5)...Duration.seconds(600)
        try require(
            DurationText.parse(pauseText).map(bounds.contains) ?? false, "--watch-pause is from 5s to 10min")
        try require(1...10_000 ~= mostLooks, "--watch-looks is from 1 to 10000")
    }
}

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
