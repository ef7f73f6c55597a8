import Foundation
import GraderCore

/// What a lesson is told of, in the order in which it happened.
enum LessonEvent: Sendable {
    /// Of a run over the class.
    case run(RunEvent)
    /// A look that somebody asked for: its turn has come.
    case began(String)
    /// Of a student's own drill.
    case drill(DrillEvent)
    case looked(String, GradedResult)
    case loggedIn(String, [LessonStanding.Login])
    /// It came to nothing; nil where it was called off.
    case failed(String, LessonProblem?)
    /// What could not be kept.
    case remark(LocalizedText)
}

/// Why a look came to nothing.
struct LessonProblem: Sendable, Hashable {
    /// For the teacher: names files and paths of this machine.
    var whole: LocalizedText
    var forStudent: LocalizedText

    init(_ whole: LocalizedText, forStudent: LocalizedText = LessonProblem.ours) {
        self.whole = whole
        self.forStudent = forStudent
    }

    private static let ours = LocalizedText(
        fr:
            "La dernière vérification n'a pas abouti, et ce n'est pas la faute de vos machines : l'enseignant sait pourquoi.",
        en: "The last look came to nothing, which is no fault of your machines: the teacher knows why.")
}

extension Lesson {
    func note(_ event: LessonEvent) {
        switch event {
        case .run(let event): note(event)
        case .began(let id):
            waiting.removeAll { $0 == id }
            looking[id] = Date()
            announce(id)
            // Everybody behind has moved up.
            for other in waiting { announce(other) }
        case .drill(let event):
            note(event)
            switch event {
            case .ended(let id, let drill): remember(id) { $0.take(drill) }
            case .notKept(let id, let machine): remember(id) { $0.takeNotKept(machine) }
            default: break
            }
        case .looked(let id, let result):
            end(id)
            take(result)
        case .loggedIn(let id, let logins):
            end(id)
            change(id) { $0.take(logins) }
        case .failed(let id, let why):
            end(id)
            problems[id] = why
            announce(id)
        case .remark(let text): remark(text)
        }
    }

    private func note(_ event: RunEvent) {
        switch event {
        case .started(let student):
            looking[student.id] = Date()
            announce(student.id)
        case .graded(let result):
            looking[result.student.id] = nil
            drilling[result.student.id] = nil
            countDone()
            take(result)
        case .noResult(let missing):
            looking[missing.student.id] = nil
            countDone()
            problems[missing.student.id] = LessonProblem(missing.sentence)
            announce(missing.student.id)
        case .drill(let event): note(event)
        case .remark(let text): remark(text)
        case .collected: break
        }
    }

    private func note(_ event: DrillEvent) {
        switch event {
        case .began(let id, let kind):
            let title = grader.collector.exercise.drill(kind)?.title
            drilling[id] = LessonDrill(
                kind: kind, title: title ?? LocalizedText(verbatim: kind.rawValue), beganAt: Date())
            announce(id)
        case .stage(let id, _, let stage):
            drilling[id]?.stage = stage
            announce(id)
        case .seen(let id, _, let moments):
            drilling[id]?.seen += moments
            announce(id)
        case .notice(let id, let sentence):
            drilling[id]?.notice = sentence
            announce(id)
        case .ended(let id, _): announce(id)
        case .notKept: break
        case .remark(let id, let text):
            remark(LocalizedText(fr: "\(id) : \(text.fr)", en: "\(id): \(text.en)"))
        }
    }

    /// Who is judged a second time after drills is counted once.
    private func countDone() {
        if let now = round { round?.done = min(now.done + 1, now.all) }
    }

    private func end(_ id: String) {
        waiting.removeAll { $0 == id }
        looking[id] = nil
        drilling[id] = nil
        tasks[id] = nil
    }

    private func take(_ result: GradedResult) {
        let machines = grader.collector.exercise.machines
        change(result.student.id) { $0.take(result, machines: machines) }
    }

    /// - Parameter change: says whether there is anything new.
    private func remember(_ id: String, _ change: (inout LessonRecord) -> Bool) {
        var record = records[id] ?? LessonRecord(student: id)
        guard change(&record) else { return }
        records[id] = record
        keep(record)
    }

    private func change(_ id: String, _ change: (inout LessonRecord) -> Void) {
        problems[id] = nil
        var record = records[id] ?? LessonRecord(student: id)
        change(&record)
        records[id] = record
        keep(record)
        announce(id)
    }

    /// Something that the teacher should know; each once, the newest last.
    public func remark(_ text: LocalizedText) {
        remarks.removeAll { $0 == text }
        remarks = remarks.suffix(9) + [text]
        announceAll()
    }
}
