import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import Reports

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
        guard let pause = DurationText.parse(pauseText), pause >= .seconds(5), pause <= .seconds(600)
        else {
            throw ValidationError("--watch-pause is from 5s to 10min")
        }
        guard 1...10_000 ~= mostLooks else { throw ValidationError("--watch-looks is from 1 to 10000") }
    }
}

/// `check --watch`: one look after the other, never two at once, and slower while the pair does not answer. A
/// terminal is drawn anew; a pipe gets the first look and then what changed.
struct CheckWatch: Sendable {
    var look: CheckLook
    var options: WatchOptions
    var language: Language
    var json: Bool
    var hints: Bool
    var console: Console

    func run() async throws {
        let (last, wasInterrupted) = try await Inputs.reporting {
            try await Interruption.guarding { try await look.withPair(watch) }
        }
        console.endProgress()
        if wasInterrupted {
            if !json { console.line(language == .french ? "Fin du suivi." : "No longer watching.") }
            throw Exit.interrupted
        }
        guard let last else { return }
        if last.hasUnassessed { throw Exit.notAssessed }
        if last.hasUnmet { throw Exit.notMet }
    }

    /// - Returns: the last look that was not broken off.
    private func watch(_ pair: CheckLook.Pair) async throws -> GradedResult? {
        var before: GradedResult?
        var pause = options.pause
        for number in 1...options.mostLooks {
            let result = try await look.result(pair)
            // A look that Ctrl-C broke off says nothing about the pair.
            guard !Task.isCancelled else { return before }
            try show(result, since: before)
            before = result
            guard number < options.mostLooks else { break }
            // Log-ins that fail are asked for less and less often: a student's sshd counts them.
            pause =
                result.unreachable.isEmpty ? options.pause : min(pause * 2, max(.seconds(60), options.pause))
            sayNext(pause)
            do { try await Task.sleep(for: pause) } catch { break }
        }
        return before
    }

    private func show(_ result: GradedResult, since before: GradedResult?) throws {
        console.endProgress()
        if json {
            for change in ResultChange.changes(from: before, to: result) { console.line(try change.json()) }
            return
        }
        guard let before, !console.isTerminal else {
            let lines = TerminalReport.lines(
                result, language: language, colour: console.hasColour, width: console.width, hints: hints)
            if console.isTerminal { console.clear() }
            for line in lines { console.line(line) }
            return
        }
        let time = ResultChange.time(result.collectedAt)
        for change in ResultChange.changes(from: before, to: result) {
            console.line("\(time)  \(change.sentence(language))")
        }
        let failures = result.unreachable.filter { before.unreachable[$0.key] != $0.value }
        for (_, failure) in failures.sorted(by: { $0.key < $1.key }) {
            console.line("\(time)  \(SafeText.line(failure.message, limit: 400, language: language))")
        }
    }

    private func sayNext(_ pause: Duration) {
        guard !json else { return }
        let seconds = pause.components.seconds
        console.progress(
            language == .french
                ? "Nouveau passage dans \(seconds) s ; Ctrl-C pour finir."
                : "Looking again in \(seconds) s; Ctrl-C to end.")
    }
}
