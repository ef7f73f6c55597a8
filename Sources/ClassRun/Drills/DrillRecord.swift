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
    /// - Throws: ``StoreFailure`` where a line cannot be read, or a newer Bascule wrote it.
    public init?(path: String, bytes: [UInt8]) throws(StoreFailure) {
        var opening: DrillJournal.Opening?
        let lines = bytes.split(separator: UInt8(ascii: "\n"))
        for (index, line) in lines.enumerated() {
            let entry: DrillJournal.Entry
            do {
                entry = try StoredJSON.decodeLine(DrillJournal.Entry.self, from: Array(line))
            } catch {
                if index == lines.count - 1, bytes.last != UInt8(ascii: "\n") { break }
                throw StoreFailure(
                    fr: """
                        \(path), ligne \(index + 1) : illisible ; bascule restore remet quand même en place ce que les \
                        exercices ont laissé sur les machines, mais sans comparer avec l'état d'avant.
                        """,
                    en: """
                        \(path), line \(index + 1), cannot be read: what drills left on the machines is given back \
                        all the same by bascule restore, but not compared with before.
                        """)
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
        guard let opening else { return nil }
        self.path = path
        self.opening = opening
    }

    /// All journals of a folder, oldest first, and what cannot be read of them: the file, the line, and what to do.
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
                if let record = try DrillRecord(path: path, bytes: bytes) { records.append(record) }
            } catch {
                damaged.append(error)
            }
        }
        return (records, damaged)
    }
}
