import Foundation
import GraderCore
import InputFiles

/// What a drill was about to do, on the disk before it is done: `reports/<class>/journal/<drill>.jsonl`, one JSON
/// object a line, each flushed. A journal without a closing entry is a drill that did not come to its end.
public struct DrillJournal: Sendable {
    public let path: String

    /// - Throws: where the folder cannot be made.
    public init(folder: String, drill: String) throws(StoreFailure) {
        try AtomicFile.makeFolders(folder)
        path = "\(folder)/\(drill).jsonl"
    }

    /// One that is there. A line that was cut off is taken out: the next would be written into it.
    init(existing path: String) {
        self.path = path
        guard case .success(let bytes) = BoundedFile.read(path, limit: EvidenceJSON.sizeLimit) else { return }
        let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        if whole < bytes.count { truncate(path, off_t(whole)) }
    }

    /// One line.
    public enum Entry: Sendable, Hashable, Codable {
        /// The first: what is to be given back.
        case opened(Opening)
        /// About to run a command that changes something; `undo` takes it back by hand.
        case step(name: String, node: MachineID?, command: String, undo: String)
        /// Reached a stage: `armed`, `watching`, `restoring`, `disarming`.
        case stage(String)
        /// The last: `differences` is what could not be given back.
        case closed(outcome: String, differences: [SnapshotDifference])
    }

    public struct Opening: Sendable, Hashable, Codable {
        public static let currentSchemaVersion = 1
        public var schemaVersion = Opening.currentSchemaVersion
        public var drill: String
        public var student: String
        public var startedAt: Date
        public var plan: DrillPlan
        public var owner: String
        /// As the nodes showed themselves before; for the comparison.
        public var before: [Observation]

        public init(
            drill: String, student: String, startedAt: Date, plan: DrillPlan, owner: String,
            before: [Observation]
        ) {
            self.drill = drill
            self.student = student
            self.startedAt = startedAt
            self.plan = plan
            self.owner = owner
            self.before = before
        }
    }

    /// Adds an entry and flushes it to the disk.
    /// - Throws: where it is not safely there; what it announces must then not be done.
    public func write(_ entry: Entry) throws(StoreFailure) {
        let line: [UInt8]
        do {
            line = try StoredJSON.encode(entry, pretty: false)
        } catch {
            throw StoreFailure("\(path) cannot be written as JSON (\(error)): this is a bug in Bascule.")
        }
        try AtomicFile.append(line: line, to: path)
    }
}

/// A journal read again.
public struct DrillRecord: Sendable {
    public var path: String
    public var opening: DrillJournal.Opening
    public var steps: [(name: String, node: MachineID?, undo: String)]
    public var stages: [String]
    /// Nil: the drill did not come to its end.
    public var closed: String?

    /// Whether anything may have been changed that is not known to be given back.
    public var isOpen: Bool { closed == nil }

    static let differentStage = "different"
    /// Whether the drill ended with the nodes told and something still different: for a person to mend, once.
    public var endedDifferent: Bool { stages.last == Self.differentStage }

    /// By hand, the last first: what takes back all that was begun.
    public var undoCommands: [(node: MachineID?, command: String)] {
        steps.reversed().filter { !$0.undo.isEmpty }.map { ($0.node, $0.undo) }
    }

    /// Reads a journal. A last line that was cut off in the middle (the power went) announced a step that was not
    /// taken, and is left out.
    /// - Returns: nil where not even the opening is there: nothing was touched.
    public init?(path: String, bytes: [UInt8]) throws(StoreFailure) {
        var opening: DrillJournal.Opening?
        var steps: [(name: String, node: MachineID?, undo: String)] = []
        var stages: [String] = []
        var closed: String?
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        for (index, line) in lines.enumerated() {
            let entry: DrillJournal.Entry
            do {
                entry = try StoredJSON.decodeLine(DrillJournal.Entry.self, from: Array(line))
            } catch {
                if index == lines.count - 1, bytes.last != UInt8(ascii: "\n") { break }
                throw StoreFailure(
                    "\(path), line \(index + 1), is damaged: run bascule restore all the same.")
            }
            switch entry {
            case .opened(let value): opening = value
            case .step(let name, let node, _, let undo): steps.append((name, node, undo))
            case .stage(let name): stages.append(name)
            case .closed(let outcome, _): closed = outcome
            }
        }
        guard let opening else { return nil }
        self.path = path
        self.opening = opening
        self.steps = steps
        self.stages = stages
        self.closed = closed
    }

    /// All journals of a folder that can be read, oldest first.
    public static func all(in folder: String) -> [DrillRecord] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".jsonl") }.sorted().compactMap { name in
            let path = "\(folder)/\(name)"
            guard case .success(let bytes) = BoundedFile.read(path, limit: EvidenceJSON.sizeLimit) else {
                return nil
            }
            // Damaged: the nodes' own folders say what there is to give back.
            return (try? DrillRecord(path: path, bytes: bytes)).flatMap { $0 }
        }
    }
}
