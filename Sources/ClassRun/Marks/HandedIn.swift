import Foundation
import GraderCore

/// What a class has handed in: a folder of files, by whose they are.
///
/// A file is somebody's by the name of the file, or of the folder it lies in: the student's id or name, or what Moodle makes
/// of it in the zip of an assignment's submissions: `NAME_NUMBER_assignsubmission_file_…`, with the group's name and `-`
/// before it for a team's (`assign::download_submissions`, Moodle 2.x to 5.x).
public struct HandedIn: Sendable {
    /// A file of the folder, whatever it holds.
    public struct File: Sendable {
        public var path: String
        /// Within the folder.
        public var name: String
        /// Nil: nobody's, or more than one student's.
        public var student: String?
        /// Who that is in the assignment on Moodle.
        public var participant: Int?
    }

    /// By name.
    public var files: [File] = []
    /// What is no file, and was neither followed nor opened: links, pipes, and folders that may not be read. By name.
    public var passedOver: [String] = []

    /// A sentence on each of these.
    var remarks: [LocalizedText] {
        passedOver.map { name in
            let name = SafeText.label(name, limit: 120)
            return LocalizedText(
                fr: "\(name) : lien, tube ou dossier fermé, laissé de côté ; mettre là le fichier.",
                en: "\(name): a link, a pipe, or a closed folder, passed over; put the file there."
            )
        }
    }

    /// Files in a folder; more than any class hands in.
    static let mostFiles = 5_000

    /// - Parameter names: what people are called elsewhere, or their numbers on Moodle, and the ids of the students that
    ///   they are.
    /// - Throws: where the folder cannot be read, or holds too much.
    public init(folder: String, students: [StudentIdentity], names: [String: String] = [:])
        throws(StoreFailure)
    {
        let owners = FileOwners(students, names)
        let folder = URL(filePath: folder, directoryHint: .isDirectory).standardizedFileURL.path(
            percentEncoded: false)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue,
            let walk = FileManager.default.enumerator(atPath: folder)
        else {
            throw StoreFailure(
                fr: "\(folder) ne peut être lu comme un dossier : vérifier le nom.",
                en: "\(folder) cannot be read as a folder: check the name.")
        }
        var found: [String] = []
        for case let name as String in walk {
            guard found.count + passedOver.count < Self.mostFiles else {
                throw StoreFailure(
                    fr: """
                        \(folder) contient plus de \(Self.mostFiles) fichiers : donner le dossier des seules réponses.
                        """,
                    en: "\(folder) has more than \(Self.mostFiles) files: name the answers' own folder.")
            }
            // Links are not followed, to folders neither (`FileManager.enumerator`).
            switch walk.fileAttributes?[.type] as? FileAttributeType {
            case .typeRegular?: found.append(name)
            case .typeDirectory? where access(FilePath.joined(folder, name), R_OK | X_OK) == 0: continue
            default: passedOver.append(name)
            }
        }
        func isAnybodys(_ name: String) -> Bool {
            !name.split(separator: "/").contains {
                $0.hasPrefix(".") || $0.hasPrefix("~") || $0 == "__MACOSX"
            }
        }
        passedOver = passedOver.filter(isAnybodys).sorted()
        for name in found.filter(isAnybodys).sorted() {
            let parts = name.split(separator: "/").map(String.init)
            let (student, participant) = owners.owner(of: parts)
            files.append(
                File(
                    path: FilePath.joined(folder, name), name: name, student: student,
                    participant: participant))
        }
    }
}

/// Whose a file is, by its name.
struct FileOwners: Sendable {
    private var ids: Set<String>
    /// By the words of a name in any order: a register's `DUPONT Camille` is Moodle's `Camille Dupont`.
    private var byName: [[String]: Set<String>] = [:]
    /// By what they are on Moodle, where the teacher said so: whoever else has the name is not meant.
    private var byNumber: [Int: String] = [:]

    /// - Parameter names: what people are called elsewhere, or their numbers on Moodle, and whose ids these are.
    init(_ students: [StudentIdentity], _ names: [String: String]) {
        ids = Set(students.map(\.id))
        for student in students {
            for name in student.names + [student.id] { add(name, student.id) }
        }
        for (name, id) in names where ids.contains(id) {
            if let number = Int(name) { byNumber[number] = id } else { add(name, id) }
        }
    }

    private mutating func add(_ name: String, _ id: String) {
        byName[name.foldedWords.sorted(), default: []].insert(id)
    }

    /// The outermost name counts, since what lies in a student's folder the student has named; below a folder that is
    /// nobody's only Moodle's names do.
    func owner(of parts: [String]) -> (student: String?, participant: Int?) {
        for (depth, part) in parts.enumerated() {
            if let (name, participant) = Self.moodle(part) {
                if let said = byNumber[participant] { return (said, participant) }
                let named = student(named: name)
                return (byNumber.values.contains { $0 == named } ? nil : named, participant)
            }
            guard depth == 0 else { continue }
            let stem = parts.count > 1 ? part : (part as NSString).deletingPathExtension
            if let owner = ids.contains(stem) ? stem : student(named: stem) { return (owner, nil) }
        }
        return (nil, nil)
    }

    /// The same where an id may be only what the file's or a folder's name begins with: `etu1-web1.zip`. The outermost
    /// name counts: what lies in it the student has named.
    func ownerByBeginning(_ parts: [String]) -> (student: String?, participant: Int?) {
        for part in parts {
            let found = owner(of: [part])
            if found.student != nil || found.participant != nil { return found }
            // The longest, since an id may be another's beginning.
            let longest = ids.filter { id in
                part.hasPrefix(id) && part.dropFirst(id.count).first.map { "-_. ".contains($0) } ?? true
            }.max { $0.count < $1.count }
            if let longest { return (longest, nil) }
        }
        return (nil, nil)
    }

    /// `Camille Dupont_20371_assignsubmission_file_tp.odt`
    private static func moodle(_ part: String) -> (name: String, participant: Int)? {
        let words = part.split(separator: "_", maxSplits: 4, omittingEmptySubsequences: false)
        guard words.count >= 4, words[2] == "assignsubmission", words[1].count <= 12,
            let participant = Int(words[1]), participant >= 0
        else { return nil }
        return (String(words[0]), participant)
    }

    private func student(named name: String) -> String? {
        // What no system calls a file (NAME_MAX), an archive may.
        guard name.utf8.count <= 255 else { return nil }
        var rest = name[...]
        while true {
            if let found = byName[rest.foldedWords.sorted()] { return found.count == 1 ? found.first : nil }
            // A team's, before a person's own hyphens.
            guard let hyphen = rest.firstIndex(of: "-") else { return nil }
            rest = rest[rest.index(after: hyphen)...]
        }
    }
}
