import ArgumentParser
import ClassRun
import Foundation
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

    /// From the start of one run to the start of the next.
    var interval: Duration? { every.flatMap { DurationText.parse($0) } }

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

/// The runs of a lab session, one after the other and never two at once: a run that takes longer than the interval
/// puts the next one off. Each is a run of its own, with its evidence; what was met in an earlier one counts where
/// the rubric takes the best.
struct RepeatedGrading: Sendable {
    var session: GradingSession
    var options: RepeatOptions
    var language: Language
    var json: Bool
    var console: Console
    var events: EventStream?

    func run() async throws {
        let (last, wasInterrupted) = try await Inputs.reporting {
            try await Interruption.guarding { try await runs() }
        }
        console.endProgress()
        // Ctrl-C between two runs or within one: what is finished is kept.
        if wasInterrupted { throw Exit.interrupted }
        if last?.isIncomplete(of: Set(session.students.map(\.identity.id))) ?? true { throw Exit.notAssessed }
    }

    private func runs() async throws -> GradingSession.Outcome? {
        let clock = ContinuousClock()
        let interval = options.interval ?? .seconds(300)
        var session = session
        // Nobody wants to be asked for a password every five minutes.
        session.secrets = try SecretReader().read(session.students.flatMap(\.secretSources))
        let work = session
        var last: GradingSession.Outcome?
        var number = 0
        while !Task.isCancelled {
            number += 1
            let start = clock.now
            let progress = RunProgress(
                console: console, students: session.expected, language: language, json: json, events: events)
            let outcome = try await work.run { progress.note($0) }
            progress.end(outcome)
            last = outcome
            if let most = options.mostRuns, number >= most { break }
            // The machines get a moment's rest even where a run took longer than the interval.
            let next = max(start.advanced(by: interval), clock.now.advanced(by: .seconds(5)))
            sayNext(next - clock.now)
            do { try await clock.sleep(until: next) } catch { break }
            console.endProgress()
        }
        return last
    }

    private func sayNext(_ pause: Duration) {
        guard !json else { return }
        let seconds = max(1, pause.components.seconds)
        console.progress(
            language == .french
                ? "Prochain passage dans \(seconds) s ; Ctrl-C pour finir."
                : "Next run in \(seconds) s; Ctrl-C to end.")
    }
}
