import ArgumentParser
import ClassRun
import Foundation
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

    @Option(
        name: .customLong("until"),
        help: ArgumentHelp("With --every: no run begins after this time of today.", valueName: "18:00"))
    var until: String?

    private var interval: Duration? { every.flatMap { DurationText.parse($0) } }

    /// Nil: one run.
    /// - Throws: a usage error where the class's clocks have passed the time until which it is to go on.
    func rounds(of roster: Roster, now: Date = Date()) throws -> Rounds? {
        guard let interval else { return nil }
        let end = try until.map { try ClockTime.today($0, of: roster, now: now) }
        try require(end.map { $0 > now } ?? true, "--until: it is past \(until ?? "") already")
        return Rounds(every: interval, count: mostRuns, until: end)
    }

    func validate() throws {
        let bounds = Duration.seconds(10)...Duration.seconds(86_400)
        try require(
            every == nil || interval.map(bounds.contains) ?? false, "--every is from 10s to 24h, such as 5m")
        try require(until == nil || every != nil, "--until ends what --every repeats: give both")
        if let mostRuns {
            try require(every != nil, "--runs needs --every")
            try require(1...10_000 ~= mostRuns, "--runs is from 1 to 10000")
        }
    }
}

/// How `grade-all --at deadline` goes about it.
struct DeadlineOptions: ParsableArguments {
    enum Moment: String, ExpressibleByArgument, CaseIterable { case deadline }

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp(
            "Wait, and look at each student just before his own deadline in the roster; then end. Started again, it "
                + "goes on; what it missed is looked at at once, and marked late.", valueName: "deadline"))
    var moment: Moment?

    @Option(
        name: .customLong("lead"),
        help:
            "With --at deadline: how long before it the look begins, e.g. 2m (5s to 1h); a minute, more for a large class."
    )
    var leadText: String?

    static let leads = Duration.seconds(5)...Duration.seconds(3600)

    var lead: Duration? { leadText.flatMap { DurationText.parse($0) } }

    func validate() throws {
        try require(leadText == nil || moment != nil, "--lead goes with --at deadline")
        try require(
            leadText == nil || lead.map(Self.leads.contains) ?? false, "--lead is from 5s to 1h, such as 2m")
    }
}
