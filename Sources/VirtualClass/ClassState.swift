import Foundation
import GraderCore

/// The folder in which a class's facts lie: what it is made of, roster, keys, what was applied to whom. `class.json`
/// is written first and `complete` last, so that a class whose raising was cut off is known as one.
struct ClassState: Sendable {
    /// The folder of this class, 0700.
    let folder: String
    let className: String

    init(base: String, className: String) {
        folder = "\(base)/\(className)"
        self.className = className
    }

    /// What `class.json` says.
    struct Record: Codable, Sendable, Equatable {
        /// The exercise's id; nil in what was written before there was a choice: the usual one.
        var exercise: String?
        let specification: ClassSpecification
        /// The folder with roster and keys.
        let rosterFolder: String
    }

    private var recordFile: String { "\(folder)/class.json" }
    private var completeFile: String { "\(folder)/complete" }

    var isComplete: Bool { FileManager.default.fileExists(atPath: completeFile) }

    /// False where the folder holds something and was not made by `lab up`: `class.json` is the first that is written
    /// into it and the last that goes. Somebody's own folder is no class, and is never cleared away.
    var isOurs: Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        // What Foundation calls a file while it writes it.
        return names.allSatisfy { $0.hasPrefix(".dat.nosync") } || names.contains("class.json")
    }

    func create() throws {
        try require(
            isOurs,
            LocalizedText(
                fr: """
                    \(folder) contient autre chose qu'une classe : donner un autre nom avec --class, ou un autre \
                    BASCULE_LAB.
                    """,
                en: """
                    \(folder) holds something that is no class: give another name with --class, or another BASCULE_LAB.
                    """)
        )
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    func write(_ record: Record) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(record).write(to: URL(filePath: recordFile), options: .atomic)
    }

    func markComplete() throws { try Data().write(to: URL(filePath: completeFile)) }

    /// What the class is made of; nil where there is no such class or nothing was written yet.
    func record() throws -> Record? {
        guard let data = FileManager.default.contents(atPath: recordFile) else { return nil }
        do {
            return try JSONDecoder().decode(Record.self, from: data)
        } catch {
            throw LabError(
                LocalizedText(
                    fr: "\(recordFile) est illisible : supprimer la classe avec `bascule lab down`.",
                    en: "\(recordFile) cannot be read: remove the class with `bascule lab down`."))
        }
    }

    /// Removes what is in the folder.
    func clear() throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.filter({ $0 != "class.json" }) + names.filter({ $0 == "class.json" }) {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
    }

    /// Removes the folder, and the folders above it that are then empty and ours.
    func remove() throws {
        try clear()
        rmdir(folder)
        let base = (folder as NSString).deletingLastPathComponent
        rmdir(base)
        rmdir((base as NSString).deletingLastPathComponent)
    }

    // MARK: Students

    private func folder(_ student: VirtualStudent) -> String { "\(folder)/students/\(student.id)" }

    /// The names of the situations and faults that were applied to a student's machines, in order.
    func applied(student: VirtualStudent) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: "\(folder(student))/applied") else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func setApplied(_ names: [String], student: VirtualStudent) throws {
        try FileManager.default.createDirectory(atPath: folder(student), withIntermediateDirectories: true)
        try Data(names.joined(separator: "\n").utf8)
            .write(to: URL(filePath: "\(folder(student))/applied"), options: .atomic)
    }

    /// The machine's SSH host keys, made where there are none yet: one that is started anew keeps them.
    func hostKeys(of node: MachineName) async throws -> [VirtualLab.File] {
        let root = "\(folder(node.student))/\(node.machine)"
        let keys = "\(root)/etc/ssh"
        try FileManager.default.createDirectory(atPath: keys, withIntermediateDirectories: true)
        // ssh-keygen(1), -A: every type that has no key yet.
        try await HostCommand(arguments: ["ssh-keygen", "-q", "-A", "-f", root])
            .checked(
                LocalizedText(
                    fr: "Les clés d'hôte de \(node) n'ont pas pu être créées",
                    en: "The host keys of \(node) could not be made"))
        return try FileManager.default.contentsOfDirectory(atPath: keys).sorted().map { name in
            guard let contents = FileManager.default.contents(atPath: "\(keys)/\(name)") else {
                throw LabError(
                    LocalizedText(
                        fr:
                            "\(keys)/\(name) est illisible : remettre \(node.student.id) à neuf avec `bascule lab reset`.",
                        en:
                            "\(keys)/\(name) cannot be read: start \(node.student.id) anew with `bascule lab reset`."
                    ))
            }
            return VirtualLab.File(
                "/etc/ssh/\(name)", mode: name.hasSuffix(".pub") ? 0o644 : 0o600, Array(contents))
        }
    }

    func forgetHostKeys(of machines: [MachineID], student: VirtualStudent) throws {
        for root in machines.map({ "\(folder(student))/\($0)" })
        where FileManager.default.fileExists(atPath: root) {
            try FileManager.default.removeItem(atPath: root)
        }
    }
}
