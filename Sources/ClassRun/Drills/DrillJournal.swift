import Foundation
import GraderCore

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
    public enum Entry: Sendable, Hashable {
        /// The first: what is to be given back.
        case opened(Opening)
        /// About to run a command that changes something; `undo` takes it back by hand.
        case step(name: String, node: NodeRole?, command: String, undo: String)
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

extension DrillJournal.Entry: Codable {
    private enum Kind: String, Codable, CodingKey { case opened, step, stage, closed }
    private enum Key: String, CodingKey {
        case entry, opening, name, node, command, undo, stage, outcome, differences
    }

    /// As it was written before: the kind's own key, with what belongs to it inside.
    private struct Old<Value: Decodable>: Decodable {
        var value: Value
        private enum CodingKeys: String, CodingKey { case value = "_0" }
    }

    public init(from decoder: any Decoder) throws {
        var container = try decoder.container(keyedBy: Key.self)
        let kind: Kind
        if let named = try container.decodeIfPresent(Kind.self, forKey: .entry) {
            kind = named
        } else {
            let old = try decoder.container(keyedBy: Kind.self)
            switch old.allKeys.first {
            case .opened:
                self = .opened(try old.decode(Old<DrillJournal.Opening>.self, forKey: .opened).value)
                return
            case .stage:
                self = .stage(try old.decode(Old<String>.self, forKey: .stage).value)
                return
            case .step, .closed:
                kind = old.contains(.step) ? .step : .closed
                container = try old.nestedContainer(keyedBy: Key.self, forKey: kind)
            case nil:
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(
                        codingPath: decoder.codingPath, debugDescription: "an entry has one known kind"))
            }
        }
        switch kind {
        case .opened: self = .opened(try container.decode(DrillJournal.Opening.self, forKey: .opening))
        case .stage: self = .stage(try container.decode(String.self, forKey: .stage))
        case .step:
            self = .step(
                name: try container.decode(String.self, forKey: .name),
                node: try container.decodeIfPresent(NodeRole.self, forKey: .node),
                command: try container.decode(String.self, forKey: .command),
                undo: try container.decode(String.self, forKey: .undo))
        case .closed:
            self = .closed(
                outcome: try container.decode(String.self, forKey: .outcome),
                differences: try container.decode([SnapshotDifference].self, forKey: .differences))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .opened(let opening):
            try container.encode(Kind.opened, forKey: .entry)
            try container.encode(opening, forKey: .opening)
        case .step(let name, let node, let command, let undo):
            try container.encode(Kind.step, forKey: .entry)
            try container.encode(name, forKey: .name)
            try container.encodeIfPresent(node, forKey: .node)
            try container.encode(command, forKey: .command)
            try container.encode(undo, forKey: .undo)
        case .stage(let stage):
            try container.encode(Kind.stage, forKey: .entry)
            try container.encode(stage, forKey: .stage)
        case .closed(let outcome, let differences):
            try container.encode(Kind.closed, forKey: .entry)
            try container.encode(outcome, forKey: .outcome)
            try container.encode(differences, forKey: .differences)
        }
    }
}
