import ClassRun
import Foundation
import GraderCore
import Reports

/// `check --watch`: a terminal is drawn anew; a pipe gets the first look and then what changed.
extension CheckCommand {
    func show(
        _ result: GradedResult, since before: GradedResult?, next: Duration?, _ zone: TimeZone,
        _ console: Console
    ) throws {
        console.endProgress()
        if options.json {
            for change in ResultChange.changes(from: before, to: result) {
                console.line(try PrintedJSON.text(change, isIndented: false))
            }
            return
        }
        let changes = before.map { self.changes(from: $0, to: result, zone) }
        if let changes, !console.isTerminal {
            for line in changes { console.line(line) }
        } else {
            let lines =
                try changes.map { report(of: result, zone, console).lines(changes: $0) }
                ?? lines(result, nil, zone, console)
            if console.isTerminal { console.clear() }
            for line in lines { console.line(styled: line) }
        }
        guard let seconds = next?.wholeSeconds else { return }
        console.progress(
            options.language.pick(
                "Nouveau passage dans \(seconds) s ; Ctrl-C pour finir.",
                "Looking again in \(seconds) s; Ctrl-C to end."))
    }

    private func changes(from before: GradedResult, to result: GradedResult, _ zone: TimeZone) -> [String] {
        // For people who look at a clock: theirs, to the second.
        let time = result.collectedAt.formatted(
            Date.ISO8601FormatStyle(timeZone: zone).time(includingFractionalSeconds: false))
        let failures = result.unreachable.filter { before.unreachable[$0.key] != $0.value }
            .sorted { $0.key < $1.key }
            .map {
                SafeText.line($0.value.sentence[options.language], limit: 400, language: options.language)
            }
        let changes = ResultChange.changes(from: before, to: result).map { $0.sentence(options.language) }
        return (changes + failures).map { "\(time)  \($0)" }
    }
}
