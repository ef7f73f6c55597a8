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
        if whole < bytes.count { truncate(path, off_t(whole)) }
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
    }

    /// Adds an entry and flushes it to the disk.
    /// - Throws: where it is not safely there; what it announces must then not be done.
    public func write(_ entry: Entry) throws(StoreFailure) {
        try StoredJSON.append(entry, to: path)
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
        if fields.entry == .opened, let opening = fields.opening {
            self = .opened(opening)
        } else if fields.entry == .stage, let stage = fields.stage {
            self = .stage(stage)
        } else if fields.entry == .step, let name = fields.name, let command = fields.command,
            let undo = fields.undo
        {
            self = .step(name: name, node: fields.node, command: command, undo: undo)
        } else if fields.entry == .closed, let outcome = fields.outcome, let differences = fields.differences
        {
            self = .closed(outcome: outcome, differences: differences)
        } else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "an entry is of one known kind, and whole"))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = Fields()
        switch self {
        case .opened(let opening):
            fields.entry = .opened
            fields.opening = opening
        case .step(let name, let node, let command, let undo):
            fields = Fields(entry: .step, name: name, node: node, command: command, undo: undo)
        case .stage(let stage):
            fields.entry = .stage
            fields.stage = stage
        case .closed(let outcome, let differences):
            fields = Fields(entry: .closed, outcome: outcome, differences: differences)
        }
        try fields.encode(to: encoder)
    }
}
