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
        guard case .success(let bytes) = BoundedFile.read(path, limit: StoredJSON.sizeLimit) else { return }
        let whole = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        if whole < bytes.count { cut(to: off_t(whole)) }
    }

    /// One line.
    public enum Entry: Sendable, Hashable {
        /// The first: what is to be given back.
        case opened(Opening)
        /// About to run a command that changes something; `undo` takes it back by hand.
        case step(name: String, node: MachineID?, command: String, undo: String)
        /// Reached a stage: `armed`, `watching`, `restoring`, `disarming`.
        case stage(String)
        /// The last: `differences` is what could not be given back.
        case closed(outcome: String, differences: [SnapshotDifference])
    }

    /// The first entry: all that giving back needs, whoever does it.
    public struct Opening: Sendable, Hashable, Codable {
        /// 2: the plan holds its steps.
        public static let currentSchemaVersion = 2
        public var schemaVersion = Opening.currentSchemaVersion
        public var drill: String
        public var student: String
        public var startedAt: Date
        public var plan: DrillPlan
        public var owner: String
        /// As the nodes showed themselves before; for the comparison.
        public var before: [Observation]
        /// Of the machines on their hypervisor, taken before; nil where none was.
        public var snapshot: String?
    }

    /// Adds an entry and flushes it to the disk.
    /// - Throws: where it is not safely there; what it announces must then not be done.
    public func write(_ entry: Entry) throws(StoreFailure) {
        try write { () throws(StoreFailure) in try StoredJSON.append(entry, to: path) }
    }

    /// A whole line, or nothing of it: of one that a full disk has cut off the next would become a part. Nobody else writes
    /// here meanwhile.
    func write(by append: () throws(StoreFailure) -> Void) throws(StoreFailure) {
        let before = length
        do throws(StoreFailure) {
            try append()
        } catch {
            if let before { cut(to: before) }
            throw error
        }
        guard before == 0 else { return }
        // With the file's content its name is not on the disk yet.
        let folder = FolderHold(FilePath.folder(of: path))
        folder.flush()
        folder.end()
    }

    /// In bytes; 0 where it is not there yet, nil where that cannot be told.
    private var length: off_t? {
        var status = stat()
        if lstat(path, &status) == 0 { return status.st_mode & S_IFMT == S_IFREG ? status.st_size : nil }
        return errno == ENOENT ? 0 : nil
    }

    /// Where that cannot be done either, ``DrillRecord`` reads on behind what was cut off.
    private func cut(to length: off_t) {
        let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        ftruncate(descriptor, length)
        close(descriptor)
    }
}

extension DrillJournal.Entry: Codable {
    private enum Kind: String, Codable { case opened, step, stage, closed }

    /// An entry as it stands in the file; what does not belong to its kind is not there.
    private struct Fields: Codable {
        var entry: Kind?
        var opening: DrillJournal.Opening?
        var name: String?
        var node: MachineID?
        var command: String?
        var undo: String?
        var stage: String?
        var outcome: String?
        var differences: [SnapshotDifference]?
    }

    /// As it was written before: the kind's own key, with what belongs to it inside.
    private struct OldFields: Decodable {
        var opened: UnnamedValue<DrillJournal.Opening>?
        var step: Fields?
        var stage: UnnamedValue<String>?
        var closed: Fields?

        var fields: Fields {
            var fields = step ?? closed ?? Fields()
            fields.opening = opened?.value
            fields.stage = stage?.value
            fields.entry =
                opened != nil
                ? .opened : step != nil ? .step : stage != nil ? .stage : closed != nil ? .closed : nil
            return fields
        }
    }

    public init(from decoder: any Decoder) throws {
        let new = try? Fields(from: decoder)
        let fields = try new?.entry == nil ? OldFields(from: decoder).fields : new ?? Fields()
        func part<Value>(_ value: Value?) throws -> Value {
            if let value { return value }
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "an entry is of one known kind, and whole"))
        }
        switch try part(fields.entry) {
        case .opened: self = .opened(try part(fields.opening))
        case .step:
            self = .step(
                name: try part(fields.name), node: fields.node, command: try part(fields.command),
                undo: try part(fields.undo))
        case .stage: self = .stage(try part(fields.stage))
        case .closed:
            self = .closed(outcome: try part(fields.outcome), differences: try part(fields.differences))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        let fields =
            switch self {
            case .opened(let opening): Fields(entry: .opened, opening: opening)
            case .step(let name, let node, let command, let undo):
                Fields(entry: .step, name: name, node: node, command: command, undo: undo)
            case .stage(let stage): Fields(entry: .stage, stage: stage)
            case .closed(let outcome, let differences):
                Fields(entry: .closed, outcome: outcome, differences: differences)
            }
        try fields.encode(to: encoder)
    }
}
