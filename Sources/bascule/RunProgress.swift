import ClassRun
import Foundation
import GraderCore
import Reports
import Synchronization

/// What a run shows while it goes on: a line for each student as it comes, and on a terminal a live line with who
/// is being looked at.
final class RunProgress: Sendable {
    private struct State {
        var underWay: [String] = []
        var done = 0
    }
    private let state = Mutex(State())
    private let console: Console
    private let columns: ResultLine.Columns
    private let ids: Set<String>
    private let language: Language
    private let json: Bool
    private let startedAt = ContinuousClock.now

    init(console: Console, students: [StudentIdentity], language: Language, json: Bool) {
        self.console = console
        self.columns = ResultLine.Columns(students)
        ids = Set(students.map(\.id))
        self.language = language
        self.json = json
    }

    func note(_ event: RunEvent) {
        let live = state.withLock { state in
            switch event {
            case .started(let student): state.underWay.append(student.id)
            case .graded(let result):
                state.underWay.removeAll { $0 == result.student.id }
                state.done += 1
            case .collected(let student, _), .notStored(let student, _):
                state.underWay.removeAll { $0 == student.id }
                state.done += 1
            }
            return liveLine(state)
        }
        if json {
            if let line = RunEventJSON.line(event) { console.line(line) }
            return
        }
        switch event {
        case .started: break
        case .graded(let result):
            console.line(
                ResultLine(result, language: language).text(columns: columns, colour: console.hasColour))
        case .collected(let student, let evidence):
            console.line("\(student.id): \(evidence.observations.count) observations")
            for (_, failure) in evidence.unreachable.sorted(by: { $0.key < $1.key }) {
                console.line("  \(failure.message)")
            }
        case .notStored(let student, let sentence):
            console.line(
                ResultLine(
                    notAssessed: student, reason: LocalizedText(verbatim: sentence), language: language
                ).text(columns: columns, colour: console.hasColour))
        }
        console.progress(live)
    }

    /// The last lines: how many, how long, where the reports are.
    func end(_ outcome: GradingSession.Outcome) {
        console.endProgress()
        guard !json else { return }
        guard outcome.collected.isEmpty else {
            console.line(outcome.run.path("students"))
            return
        }
        let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
        let time = String(format: "%.1f", seconds)
        // Not those taken over from an earlier run.
        let seen = outcome.results.filter { ids.contains($0.student.id) }
        let assessed = seen.count { !$0.hasUnassessed }
        let page = outcome.run.path("index.html")
        for anomaly in outcome.anomalies {
            console.line("? " + AnomalyWords.line(anomaly, language: language))
        }
        switch language {
        case .french:
            console.line(
                "\(seen.count) sur \(ids.count) étudiants vus en \(time) s, \(assessed) entièrement évalués."
            )
            console.line("Page de la classe : \(page)")
        case .english:
            console.line(
                "\(seen.count) of \(ids.count) students seen in \(time) s, \(assessed) fully assessed."
            )
            console.line("Class page: \(page)")
        }
    }

    private func liveLine(_ state: State) -> String {
        let seconds = Int((ContinuousClock.now - startedAt) / .seconds(1))
        let who = state.underWay.prefix(6).joined(separator: " ") + (state.underWay.count > 6 ? " …" : "")
        return "[\(state.done)/\(ids.count)] \(seconds) s  \(who)"
    }
}

/// Events for other programs, one JSON object a line.
enum RunEventJSON {
    private struct Line: Encodable {
        var event: String
        var student: String
        var earned: Double?
        var decided: Double?
        var total: Double?
        var message: String?
    }

    static func line(_ event: RunEvent) -> String? {
        let line: Line
        switch event {
        case .started(let student): line = Line(event: "started", student: student.id)
        case .graded(let result):
            line = Line(
                event: "graded", student: result.student.id,
                earned: Double(result.score.earned.thousandths) / 1000,
                decided: Double(result.score.decided.thousandths) / 1000,
                total: Double(result.score.total.thousandths) / 1000,
                message: Findings.sentence(of: result))
        case .collected(let student, _): line = Line(event: "collected", student: student.id)
        case .notStored(let student, let sentence):
            line = Line(event: "not-stored", student: student.id, message: sentence)
        }
        return text(line)
    }

    /// What the teacher should look at before relying on a roster that was discovered.
    static func doubt(_ sentence: String) -> String? { text(Doubt(message: sentence)) }

    private struct Doubt: Encodable {
        var event = "doubt"
        var message: String
    }

    private static func text(_ line: some Encodable) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}

extension Findings {
    /// Why a result is incomplete, in a sentence for programs; nil where it is not.
    fileprivate static func sentence(of result: GradedResult) -> String? {
        if let instability = result.instability { return instability.sentence.en }
        let failures = result.unreachable.sorted { $0.key < $1.key }.map(\.value.message)
        return failures.isEmpty ? nil : failures.joined(separator: " ")
    }
}
