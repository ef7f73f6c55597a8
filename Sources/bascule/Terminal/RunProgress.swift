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
    /// Nil: lines as they come.
    private let view: LiveView?
    private let events: EventStream?
    private let startedAt = ContinuousClock.now

    /// - Parameter questions: the columns of the live view; nil: there is none, as in a pipe.
    init(
        console: Console, students: [StudentIdentity], language: Language, json: Bool,
        questions: [QuestionID]? = nil, events: EventStream? = nil
    ) {
        self.events = events
        if let questions, !json, console.isTerminal, console.isCapable, !students.isEmpty {
            let live = LiveView(
                students: students, questions: questions, language: language, hasColour: console.hasColour)
            view = live
            console.show(live)
        } else {
            view = nil
        }
        self.console = console
        self.columns = ResultLine.Columns(students)
        ids = Set(students.map(\.id))
        self.language = language
        self.json = json
    }

    func note(_ event: RunEvent) {
        let (student, lines): (StudentIdentity, [String])
        switch event {
        case .drill(let event):
            if let line = event.line(language) { console.line(line) }
            return
        case .remark(let text): return Inputs.complain(text)
        case .started(let who): (student, lines) = (who, [])
        case .graded(let result):
            (student, lines) = (result.student, [text(ResultLine(result, language: language))])
        case .collected(let who, let evidence):
            let failures = evidence.unreachable.sorted { $0.key < $1.key }
            student = who
            lines =
                ["\(who.id): \(evidence.observations.count) observations"]
                + failures.map { "  \($0.value.message)" }
        case .noResult(let missing):
            student = missing.student
            lines = [text(ResultLine(notAssessed: student, reason: missing.sentence, language: language))]
        }
        let printed = RunEventJSON(event)
        view?.note(event)
        if let printed { events?.write(printed) }
        let live = state.withLock { state in
            if case .started = event {
                state.underWay.append(student.id)
            } else {
                state.underWay.removeAll { $0 == student.id }
                state.done += 1
            }
            let seconds = Int((ContinuousClock.now - startedAt) / .seconds(1))
            let who = state.underWay.prefix(6).joined(separator: " ")
            return "[\(state.done)/\(ids.count)] \(seconds) s  \(who)\(state.underWay.count > 6 ? " …" : "")"
        }
        if json {
            if let line = printed?.line { console.line(line) }
            return
        }
        for line in lines { console.line(line) }
        console.progress(live)
    }

    private func text(_ line: ResultLine) -> String { line.text(columns: columns, colour: console.hasColour) }

    /// The last lines: how many, how long, where the reports are.
    func end(_ outcome: RunOutcome) {
        console.endProgress()
        console.endView()
        let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
        events?.end(outcome, seconds: seconds)
        guard !json else { return }
        guard outcome.collected.isEmpty else { return console.line(outcome.run.path("students")) }
        let time = String(format: "%.1f", seconds)
        // Not those taken over from an earlier run.
        let seen = outcome.results.filter { ids.contains($0.student.id) }
        let assessed = seen.count { !$0.hasUnassessed }
        let page = outcome.run.path("index.html")
        if let legend = ResultLine.legend(seen, language: language) { console.line(legend) }
        for anomaly in outcome.anomalies {
            console.line("? " + AnomalyWords.line(anomaly, language: language))
        }
        console.line(
            language.pick(
                "\(seen.count) sur \(ids.count) étudiants vus en \(time) s, \(assessed) entièrement évalués.",
                "\(seen.count) of \(ids.count) students seen in \(time) s, \(assessed) fully assessed."))
        if let open = OpenMarks(outcome.results).sentence(language) { console.line(open) }
        console.line(language.pick("Page de la classe : \(page)", "Class page: \(page)"))
    }
}
