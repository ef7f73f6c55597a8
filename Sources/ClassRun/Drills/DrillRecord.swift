import Foundation
import GraderCore

/// A journal read again.
public struct DrillRecord: Sendable {
    public var path: String
    public var opening: DrillJournal.Opening
    public var steps: [(name: String, node: MachineID?, undo: String)] = []
    public var stages: [String] = []
    /// Nil: the drill did not come to its end.
    public var closed: String?
    /// Which line cannot be read, the first of them; nil where all can be.
    public var damage: StoreFailure?

    /// Whether anything may have been changed that is not known to be given back.
    public var isOpen: Bool { closed == nil }

    /// Whether more than the marks on the nodes may have been changed: what cannot be read may have announced it.
    var mayHavePerturbed: Bool { damage != nil || steps.contains { $0.name != "intent" } }

    static let leftStage = "left"
    /// Whether the drill ended without having given everything back: nobody is at work any more.
    public var wasLeft: Bool { stages.last == Self.leftStage || endedDifferent }
    /// Whether another process of this host is at work on it.
    func isUnderWay(here: String) -> Bool {
        isOpen && !wasLeft && DrillOwner.isOtherAndAlive(opening.owner, here: here)
    }

    static let differentStage = "different"
    /// Whether the drill ended with the nodes told and something still different: for a person to mend, once.
    public var endedDifferent: Bool { stages.last == Self.differentStage }

    /// By hand, the last first: what takes back all that was begun.
    public var undoCommands: [(node: MachineID?, command: String)] {
        steps.reversed().filter { !$0.undo.isEmpty }.map { ($0.node, $0.undo) }
    }

    /// Reads a journal. A last line that was cut off in the middle (the power went) announced a step that was not
    /// taken, and is left out. With its opening a drill can be given back and compared: behind any other line that cannot
    /// be read (a full disk, a damaged one) reading goes on.
    /// - Returns: nil where not even the opening is there: nothing was touched.
    /// - Throws: ``StoreFailure`` where a line and no opening can be read, or a newer Bascule wrote it.
    public init?(path: String, bytes: [UInt8]) throws(StoreFailure) {
        var opening: DrillJournal.Opening?
        var unreadable: Int?
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        for (index, line) in lines.enumerated() {
            guard let entry = try? StoredJSON.decodeLine(DrillJournal.Entry.self, from: Array(line)) else {
                if index == lines.count - 1, bytes.last != UInt8(ascii: "\n") { break }
                unreadable = unreadable ?? index + 1
                continue
            }
            switch entry {
            case .opened(let value):
                guard value.schemaVersion <= DrillJournal.Opening.currentSchemaVersion else {
                    throw StoreFailure(
                        fr: "\(path), ligne \(index + 1), vient d'un Bascule plus récent : prendre celui-là.",
                        en: "\(path), line \(index + 1), was written by a newer Bascule: use that one.")
                }
                opening = value
            case .step(let name, let node, _, let undo): steps.append((name, node, undo))
            case .stage(let name): stages.append(name)
            case .closed(let outcome, _): closed = outcome
            }
        }
        guard let opening else {
            if let unreadable { throw Self.lost(path, line: unreadable) }
            return nil
        }
        self.path = path
        self.opening = opening
        damage = unreadable.map { Self.damaged(path, line: $0) }
    }

    private static func lost(_ path: String, line: Int) -> StoreFailure {
        StoreFailure(
            fr: """
                \(path), ligne \(line) : illisible ; bascule restore remet quand même en place ce que les exercices ont \
                laissé sur les machines, mais sans comparer avec l'état d'avant.
                """,
            en: """
                \(path), line \(line), cannot be read: what drills left on the machines is given back all the same by \
                bascule restore, but not compared with before.
                """)
    }

    private static func damaged(_ path: String, line: Int) -> StoreFailure {
        StoreFailure(
            fr: """
                \(path), ligne \(line) : illisible ; bascule restore remet quand même tout en place et compare avec l'état \
                d'avant, mais ignore quelle étape cette ligne annonçait.
                """,
            en: """
                \(path), line \(line), cannot be read: bascule restore gives everything back all the same and compares with \
                before, but does not know which step that line announced.
                """)
    }

    /// All journals of a folder, oldest first, and what cannot be read of them: the file, the line, and what to do. What is
    /// left of a damaged one is among both, until its drill is closed.
    public static func all(in folder: String) -> (records: [DrillRecord], damaged: [StoreFailure]) {
        guard mayBeThere(folder) else { return ([], []) }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            let failure = StoreFailure(
                fr: "\(folder) ne peut pas être lu : impossible de savoir si un exercice est resté ouvert.",
                en: "\(folder) cannot be read: whether a drill is open is not known.")
            return ([], [failure])
        }
        var records: [DrillRecord] = []
        var damaged: [StoreFailure] = []
        for name in names.sorted() where name.hasSuffix(".jsonl") {
            let path = "\(folder)/\(name)"
            do throws(StoreFailure) {
                let bytes = try StoredJSON.bytes(path)
                guard let record = try DrillRecord(path: path, bytes: bytes) else { continue }
                records.append(record)
                if record.isOpen, let damage = record.damage { damaged.append(damage) }
            } catch {
                damaged.append(error)
            }
        }
        return (records, damaged)
    }
}

extension [StoreFailure] {
    /// Those of journals of which nothing is left: of the others their records tell.
    func lost(beside records: [DrillRecord]) -> [StoreFailure] {
        let kept = Set(records.compactMap(\.damage))
        return filter { !kept.contains($0) }
    }
}
