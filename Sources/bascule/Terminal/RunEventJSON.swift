import ClassRun
import Foundation
import GraderCore
import InputFiles
import Synchronization

/// What other programs read on standard output.
enum PrintedJSON {
    /// - Parameter isIndented: false for one line.
    static func text(_ value: some Encodable, isIndented: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.dateEncodingStrategy = .iso8601
        return SafeText.json(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

/// Events for other programs, one JSON object a line: what an event does not say of these is left out.
struct RunEventJSON: Encodable {
    var event: String
    var student: String?
    var earned: Double?
    var decided: Double?
    var total: Double?
    var message: String?
    /// False where the student collected the evidence; left out otherwise.
    var verified: Bool?
    /// Of an anomaly.
    var kind: String?
    var value: String?
    var owners: [String]?
    /// Of the last one: how many were seen, how many of them whole, and where the reports are.
    var seen: Int?
    var assessed: Int?
    var seconds: Double?
    /// How many seconds late the grader was at worst for what came from the machines.
    var worstLag: Double?
    var run: String?

    var line: String? { try? PrintedJSON.text(self, isIndented: false) }
}

extension RunEventJSON {
    init?(_ event: RunEvent) {
        switch event {
        case .started(let student): self.init(event: "started", student: student.id)
        case .graded(let result):
            self.init(
                event: "graded", student: result.student.id,
                earned: Double(result.score.earned.thousandths) / 1000,
                decided: Double(result.score.decided.thousandths) / 1000,
                total: Double(result.score.total.thousandths) / 1000, message: result.sentence,
                verified: result.handIn == nil ? nil : false)
        case .collected(let student, _): self.init(event: "collected", student: student.id)
        case .noResult(let missing):
            let name =
                switch missing.reason {
                case .notStored: "not-stored"
                case .programFault: "program-fault"
                case .notReached, .notJudged, .notTakenOver, .notSeen: "not-seen"
                }
            self.init(event: name, student: missing.student.id, message: missing.sentence[.english])
        // For people.
        case .drill, .remark: return nil
        }
    }

    init(_ anomaly: ClassAnomaly) {
        self.init(
            event: "anomaly", kind: anomaly.kind, value: anomaly.value,
            owners: anomaly.owners.map { $0.student + ($0.node.map { "/\($0.rawValue)" } ?? "") })
    }

    init(ended outcome: RunOutcome, seconds: Double) {
        self.init(
            event: "ended", seen: outcome.results.count,
            assessed: outcome.results.count { !$0.hasUnassessed },
            seconds: (seconds * 10).rounded() / 10,
            worstLag: (outcome.worstLag / .milliseconds(1)).rounded() / 1000, run: outcome.run.path)
    }
}

extension GradedResult {
    /// Why a result is incomplete, in a sentence for programs; nil where it is not.
    fileprivate var sentence: String? {
        if let instability { return instability.sentence.en }
        let failures = unreachable.sorted { $0.key < $1.key }.map(\.value.sentence.en)
        return failures.isEmpty ? nil : failures.joined(separator: " ")
    }
}

/// Where the events of a run go besides the terminal (`--events FILE`), a line as it happens. A reader that goes away,
/// or a disk that is full, is said once and stops nothing.
final class EventStream: Sendable {
    private let file: FileHandle
    private let path: String
    private let isBroken = Mutex(false)

    /// - Parameter path: a file, written anew, or a pipe that is there.
    init(path: String) throws(StoreFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreFailure(
                fr:
                    "Impossible d'écrire les événements dans \(path) (\(systemMessage(errno))) : donner un autre fichier à --events.",
                en:
                    "The events cannot be written to \(path) (\(systemMessage(errno))): give --events another file.",
                .notWritten)
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        self.path = path
    }

    func end(_ outcome: RunOutcome, seconds: Double) {
        for anomaly in outcome.anomalies { write(RunEventJSON(anomaly)) }
        write(RunEventJSON(ended: outcome, seconds: seconds))
    }

    func write(_ event: RunEventJSON) {
        guard let line = event.line else { return }
        isBroken.withLock { broken in
            guard !broken else { return }
            do {
                try file.write(contentsOf: Data((line + "\n").utf8))
            } catch {
                broken = true
                Inputs.complain(
                    LocalizedText(
                        fr: "Les événements ne s'écrivent plus dans \(path) : le passage continue sans eux.",
                        en: "The events cannot be written to \(path) any more: the run goes on without."))
            }
        }
    }
}
