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
        var began: [String: ContinuousClock.Instant] = [:]
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

    /// By student, what `--verbose` says of where is looked.
    private let addresses: [String: String]

    /// - Parameters:
    ///   - machines: those who are looked at; none where nobody is.
    ///   - questions: the columns of the live view; nil: there is none, as in a pipe.
    init(
        console: Console, students: [StudentIdentity], machines: [RosterStudent] = [], language: Language,
        json: Bool, questions: [QuestionID]? = nil, events: EventStream? = nil
    ) {
        self.events = events
        addresses = Dictionary(machines.map { ($0.identity.id, $0.addressList) }) { first, _ in first }
        let voice = Voice.current
        // Lines of who is asked where are to be read while they come.
        if let questions, !json, !voice.isQuiet, !voice.isVerbose, console.isTerminal, console.isCapable,
            !students.isEmpty
        {
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
        let student: StudentIdentity
        var lines: [String]
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
            let count = evidence.observations.count
            lines =
                [language.pick("\(who.id) : \(count) observations", "\(who.id): \(count) observations")]
                + failures.map { "  \($0.value.sentence[language])" }
        case .noResult(let missing):
            student = missing.student
            lines = [text(ResultLine(notAssessed: student, reason: missing.sentence, language: language))]
        }
        if Voice.current.isVerbose { lines += tale(of: event, student.id) }
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
            let seconds = Int(saturating: (ContinuousClock.now - startedAt) / .seconds(1))
            let who = state.underWay.prefix(6).joined(separator: " ")
            return
                "[\(state.done)/\(ids.count)] \(seconds)\u{A0}s  \(who)\(state.underWay.count > 6 ? " …" : "")"
        }
        if json {
            if let line = printed?.line { console.line(line) }
            return
        }
        for line in lines { console.line(styled: line) }
        console.progress(live)
    }

    /// Who is begun with where, and how long it took.
    private func tale(of event: RunEvent, _ id: String) -> [String] {
        let now = ContinuousClock.now
        if case .started = event {
            state.withLock { $0.began[id] = now }
            return addresses[id].map {
                language.pick("\(id) : commencé, \($0)", "\(id): begun, \($0)")
            }.map { [$0] } ?? []
        }
        guard let began = state.withLock({ $0.began.removeValue(forKey: id) }) else { return [] }
        let seconds = (now - began) / .seconds(1)
        return [
            language.pick(
                "\(id) : regardé en \(seconds, digits: 1)\u{A0}s",
                "\(id): looked at in \(seconds, digits: 1) s")
        ]
    }

    private func text(_ line: ResultLine) -> String { line.text(columns: columns, colour: console.hasColour) }

    /// The last lines: how many, how long, where the reports are.
    func end(_ outcome: RunOutcome) {
        console.endProgress()
        console.endView()
        let seconds = (ContinuousClock.now - startedAt) / .seconds(1)
        events?.end(outcome, seconds: seconds)
        if let remark = GradedRun.differentTotals(outcome.results)?[language] {
            console.complain("moodle.csv\(language.pick(" : ", ": "))\(remark)")
        }
        guard !json else { return }
        guard outcome.collected.isEmpty else { return console.line(outcome.run.path("students")) }
        // Not those taken over from an earlier run.
        let seen = outcome.results.filter { ids.contains($0.student.id) }
        let assessed = seen.count { !$0.hasUnassessed }
        let page = outcome.run.path("index.html")
        let isQuiet = Voice.current.isQuiet
        if !isQuiet, let legend = ResultLine.legend(seen, language: language) { console.line(legend) }
        for line in seen.flatMap({ AnomalyWords.lines($0, language: language) }) { console.line(line) }
        for anomaly in outcome.anomalies {
            console.line("? " + AnomalyWords.line(anomaly, language: language))
        }
        console.line(
            language.pick(
                "\(seen.count) sur \(ids.count) étudiants vus en \(seconds, digits: 1)\u{A0}s, \(assessed) entièrement évalués.",
                "\(seen.count) of \(ids.count) students seen in \(seconds, digits: 1) s, \(assessed) fully assessed."
            ))
        guard !isQuiet else { return }
        if let open = OpenMarks(outcome.results).sentence(language) { console.line(open) }
        // One that could not be written whole has none.
        guard outcome.run.isFinished else { return }
        console.line(language.pick("Page de la classe : \(page)", "Class page: \(page)"))
    }
}

extension RosterStudent {
    /// `web 172.16.1.10, db 172.16.1.11`
    var addressList: String {
        lab.machines.map { "\($0.rawValue) \(lab.addresses[$0] ?? "?")" }.joined(separator: ", ")
    }
}
