import Foundation
import GraderCore
import InputFiles

/// Evidence as a folder that a person can read and compare with another, for tests: `recording.json` (the evidence, an
/// observation a line), what was printed as files (`web1/clock.txt`), each content once, and `times.tsv`, the times in
/// the observations' order. `scripts/recordings.py` has recordings that lie together refer to one another's files, and
/// makes the evidence file again that a recording was taken from, to the byte.
public enum Recording {
    static let schemaVersion = 1
    static let indexName = "recording.json"
    static let timesName = "times.tsv"

    /// Whether there is one at that path.
    public static func isOne(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(folder)/\(indexName)")
    }

    /// Writes a folder anew, in place of what is there.
    public static func write(_ evidence: Evidence, to folder: String) throws(StoreFailure) {
        do {
            let sheet = try RecordingSheet(evidence)
            try AtomicFile.makeFolders(FilePath.folder(of: folder))
            if FileManager.default.fileExists(atPath: folder) {
                try FileManager.default.removeItem(atPath: folder)
            }
            let made = try AtomicFile.makeNewFolder([folder]) { path throws(StoreFailure) in
                for (bytes, name) in sheet.files.paths.sorted(by: { $0.value < $1.value }) {
                    try AtomicFile.makeFolders(FilePath.folder(of: "\(path)/\(name)"))
                    try AtomicFile.write(bytes.raw, to: "\(path)/\(name)", isFlushed: false)
                }
                try AtomicFile.write(sheet.times, to: "\(path)/\(timesName)", isFlushed: false)
                try AtomicFile.write(sheet.index, to: "\(path)/\(indexName)", isFlushed: false)
            }
            guard made != nil else {
                throw StoreFailure(
                    fr: "\(folder) est en train d'être écrit par un autre programme.",
                    en: "\(folder) is being written by somebody else.")
            }
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw StoreFailure(
                fr: "\(folder) n'a pas pu être écrit (\(error.localizedDescription)).",
                en: "\(folder) could not be written (\(error.localizedDescription)).")
        }
    }

    public static func read(_ folder: String) throws(StoreFailure) -> Evidence {
        let file = "\(folder)/\(indexName)"
        let index = try StoredJSON.decode(
            RecordingIndex.self, from: try StoredJSON.bytes(file), newest: schemaVersion, path: file)
        do {
            return try index.evidence(
                times: String(decoding: try StoredJSON.bytes("\(folder)/\(timesName)"), as: UTF8.self)
            ) { text in
                switch text {
                case .short(let bytes): return bytes
                case .file(let path):
                    guard isNear(path) else {
                        throw StoreFailure(
                            fr: "il renvoie à \(quoted(path))", en: "it refers to \(quoted(path))")
                    }
                    return Bytes(try StoredJSON.bytes("\(folder)/\(path)"))
                }
            }
        } catch {
            let reason = LocalizedText(explaining: error)
            throw StoreFailure(
                fr: "\(folder) est endommagé (\(reason)) : refaire l'enregistrement.",
                en: "\(folder) is damaged (\(reason)): record it again.")
        }
    }

    /// Nothing but the recording's own files, and those of recordings beside it: they lie at most two folders deep.
    private static func isNear(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let above = parts.prefix { $0 == ".." }.count
        // Two faults in one pair are called `one+other`.
        return above <= 2 && above < parts.count
            && parts.dropFirst(above).allSatisfy { SafeName.isValid(String($0).replacing("+", with: "-")) }
    }
}

/// The content of `recording.json`.
private struct RecordingIndex: Decodable {
    /// Without its observations, which follow, those of its drills behind its own.
    var evidence: Evidence
    var commands: [String: [RecordedText]]
    /// By their ids; their order is that of the times.
    var observations: [String: RecordedObservation]
    /// Of each drill, in their order.
    var drills: [[String: RecordedObservation]]?

    func evidence(times: String, _ text: (RecordedText) throws -> Bytes) throws -> Evidence {
        guard evidence.schemaVersion <= Evidence.currentSchemaVersion else {
            throw StoreFailure(
                fr: "ses observations sont d'un Bascule plus récent, schéma \(evidence.schemaVersion)",
                en: "its evidence is a newer Bascule's, schema \(evidence.schemaVersion)")
        }
        var lines = times.split(separator: "\n")[...]
        func made(_ recorded: [String: RecordedObservation]) throws -> [Observation] {
            try (0..<recorded.count).map { _ in
                let cells = (lines.popFirst() ?? "").split(separator: "\t").map(String.init)
                guard let id = cells.first, let recorded = recorded[id],
                    let times = RecordedTimes(cells.dropFirst())
                else {
                    throw StoreFailure(
                        fr: "\(Recording.timesName) ne va pas avec",
                        en: "\(Recording.timesName) does not fit it")
                }
                return try recorded.observation(ProbeID(id), times, usual: commands, text)
            }
        }
        var whole = evidence
        whole.schemaVersion = Evidence.currentSchemaVersion
        whole.observations = try made(observations)
        for (index, recorded) in (drills ?? []).enumerated() where index < whole.drills?.count ?? 0 {
            whole.drills?[index].observations = try made(recorded)
        }
        return whole
    }
}

/// What is written of evidence: its index and times as texts, and its files.
private struct RecordingSheet {
    private(set) var files = RecordedFiles()
    private(set) var index = ""
    private(set) var times = ""
    private var usual: [String: [RecordedText]] = [:]

    init(_ evidence: Evidence) throws {
        var head = evidence
        head.observations = []
        let observations = try lines(evidence.observations, in: "")
        var drills: [[String]] = []
        for (number, drill) in (evidence.drills ?? []).enumerated() {
            head.drills?[number].observations = []
            drills.append(try lines(drill.observations, in: "drills/\(number + 1)/"))
        }
        let commands = try usual.sorted { $0.key < $1.key }.map { name, arguments in
            "\(try Self.json(name)):\(try Self.json(arguments))"
        }
        let checksum = SHA256Digest.hexadecimal(of: try StoredJSON.encode(evidence))
        var members = [
            "\"schemaVersion\":\(Recording.schemaVersion)", "\"evidenceSHA256\":\"\(checksum)\"",
            "\"evidence\":\(String(decoding: try StoredJSON.encode(head), as: UTF8.self))",
            "\"commands\":\(Self.list("{", commands, "}"))",
            "\"observations\":\(Self.list("{", observations, "}"))",
        ]
        if !drills.isEmpty {
            members.append("\"drills\":\(Self.list("[", drills.map { Self.list("{", $0, "}") }, "]"))")
        }
        index = Self.list("{", members, "}") + "\n"
    }

    /// A line for each by their ids, so that two recordings can be compared; the times are in the evidence's order.
    private mutating func lines(_ observations: [Observation], in folder: String) throws -> [String] {
        var lines: [String] = []
        for observation in observations.sorted(by: { $0.id < $1.id }) {
            var recorded = RecordedObservation(observation, in: folder, &files)
            if let arguments = recorded.arguments {
                let name = observation.id.name
                if usual[name] == nil { usual[name] = arguments }
                if usual[name] == arguments { recorded.arguments = nil }
            }
            lines.append("\(try Self.json(observation.id.rawValue)):\(try Self.json(recorded))")
        }
        for observation in observations {
            times += RecordedTimes(observation).line(of: observation.id) + "\n"
        }
        return lines
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try StoredJSON.encode(value, pretty: false), as: UTF8.self)
    }

    private static func list(_ opening: String, _ elements: [String], _ closing: String) -> String {
        elements.isEmpty
            ? opening + closing : "\(opening)\n\(elements.joined(separator: ",\n"))\n\(closing)"
    }
}
