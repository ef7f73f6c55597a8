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
        switch event {
        case .drill(let event):
            if let line = event.line(language) { console.line(line) }
            return
        case .remark(let text): return Inputs.complain(text)
        case .started, .collected, .graded, .noResult: break
        }
        view?.note(event)
        events?.write(event)
        let live = state.withLock { state in
            switch event {
            case .started(let student): state.underWay.append(student.id)
            case .graded(let result):
                state.underWay.removeAll { $0 == result.student.id }
                state.done += 1
            case .collected(let student, _):
                state.underWay.removeAll { $0 == student.id }
                state.done += 1
            case .noResult(let missing):
                state.underWay.removeAll { $0 == missing.student.id }
                state.done += 1
            case .drill, .remark: break
            }
            return liveLine(state)
        }
        if json {
            if let line = RunEventJSON.line(event) { console.line(line) }
            return
        }
        switch event {
        case .started, .drill, .remark: break
        case .graded(let result):
            console.line(
                ResultLine(result, language: language).text(columns: columns, colour: console.hasColour))
        case .collected(let student, let evidence):
            console.line("\(student.id): \(evidence.observations.count) observations")
            for (_, failure) in evidence.unreachable.sorted(by: { $0.key < $1.key }) {
                console.line("  \(failure.message)")
            }
        case .noResult(let missing):
            console.line(
                ResultLine(notAssessed: missing.student, reason: missing.sentence, language: language)
                    .text(columns: columns, colour: console.hasColour))
        }
        console.progress(live)
    }

    /// Gives the terminal back where the run ended with an error.
    func abandon() { console.endView() }

    /// The last lines: how many, how long, where the reports are.
    func end(_ outcome: RunOutcome) {
        console.endProgress()
        console.endView()
        events?.end(outcome, seconds: (ContinuousClock.now - startedAt) / .seconds(1))
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
        let open = OpenMarks(outcome.results).sentence(language)
        switch language {
        case .french:
            console.line(
                "\(seen.count) sur \(ids.count) étudiants vus en \(time) s, \(assessed) entièrement évalués."
            )
            if let open { console.line(open) }
            console.line("Page de la classe : \(page)")
        case .english:
            console.line(
                "\(seen.count) of \(ids.count) students seen in \(time) s, \(assessed) fully assessed."
            )
            if let open { console.line(open) }
            console.line("Class page: \(page)")
        }
    }

    private func liveLine(_ state: State) -> String {
        let seconds = Int((ContinuousClock.now - startedAt) / .seconds(1))
        let who = state.underWay.prefix(6).joined(separator: " ") + (state.underWay.count > 6 ? " …" : "")
        return "[\(state.done)/\(ids.count)] \(seconds) s  \(who)"
    }
}
