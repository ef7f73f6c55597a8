import Foundation
import GraderCore
import InputFiles

/// What a board keeps of a class beside its runs, in `<reports>/<class>/board/`: `codes.json`, who may open which page;
/// `lesson.json`, how the lesson stands; `students/<id>.json`, each one's last look and what has changed; `cards.html`.
/// Folders are 0700, files 0600.
public struct BoardFolder: Sendable, Hashable {
    public var path: String

    /// The codes to be cut out and handed to students.
    public var cards: String { "\(path)/cards.html" }
    /// Who may open which page.
    public var codesFile: String { "\(path)/codes.json" }
    var lessonFile: String { "\(path)/lesson.json" }

    func record(of student: String) throws(StoreFailure) -> String {
        guard SafeName.isValid(student) else {
            throw StoreFailure(
                fr: "L'étudiant \(quoted(student)) ne peut pas nommer un fichier : prendre \(SafeName.rule).",
                en: "The student \(quoted(student)) cannot name a file: use \(SafeName.rule).")
        }
        return "\(path)/students/\(student).json"
    }

    /// Everybody's.
    var records: [String] {
        Sweep.names(in: "\(path)/students").filter { $0.hasSuffix(".json") && !TemporaryName.isOne($0) }
            .sorted()
            .map { "\(path)/students/\($0)" }
    }

    /// Takes away all that is known of these students, and their codes. For who holds the class's lock.
    func forget(_ students: [String]) throws {
        var files = try students.map { try record(of: $0) }
        if var codes = try storedCodes() {
            for student in students { codes.students[student] = nil }
            try write(codes)
        }
        files.append(cards)
        for file in files where mayBeThere(file) {
            try FileManager.default.removeItem(atPath: file)
        }
    }
}

extension ReportsFolder {
    /// Where the class's board keeps what it has; nothing is made.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func board(of className: String) throws(StoreFailure) -> BoardFolder {
        BoardFolder(path: "\(try folder(of: className))/board")
    }
}

extension BoardFolder {
    /// The class's codes, with one for everybody of these: who has none is given one.
    /// - Throws: ``StoreFailure`` where the file is damaged or cannot be written.
    public func codes(for students: [String]) throws -> AccessCodes {
        func isWhole(_ codes: AccessCodes) -> Bool {
            codes.pseudonymKey != nil && students.allSatisfy { codes.students[$0] != nil }
        }
        if let codes = try storedCodes(), isWhole(codes) { return codes }
        return try change { codes in
            for student in students where codes.students[student] == nil {
                codes.students[student] = AccessCodes.newCode()
            }
        }
    }

    /// Gives a new code in the place of the old, which opens nothing from then on.
    /// - Parameter holders: nil: everybody's, the teacher's too.
    /// - Throws: ``StoreFailure`` where the file is damaged or cannot be written.
    public func renewCodes(of holders: [AccessCodes.Holder]?) throws {
        _ = try change { codes in
            for holder in holders ?? [.teacher] + codes.students.keys.map({ .student($0) }) {
                switch holder {
                case .teacher: codes.teacher = AccessCodes.newCode()
                case .student(let id): codes.students[id] = AccessCodes.newCode()
                }
            }
        }
    }

    /// What the class's pseudonyms hang on: the same on every page until the codes' file goes.
    /// - Throws: ``StoreFailure`` where the file is damaged or cannot be written.
    public func pseudonymKey() throws -> String { try codes(for: []).pseudonymKey ?? "" }

    /// Changes the codes under the class's lock: of two who change them at once neither takes back what the other did.
    private func change(_ change: (inout AccessCodes) -> Void) throws -> AccessCodes {
        try AtomicFile.makeFolders(path)
        let lock = "\(FilePath.folder(of: path))/\(ReportsFolder.lockName)"
        return try ReportsFolder.withLock(file: lock, patience: .seconds(10)) {
            var codes = try storedCodes() ?? AccessCodes()
            if codes.pseudonymKey == nil { codes.pseudonymKey = AccessCodes.newCode() }
            change(&codes)
            try write(codes)
            return codes
        }
    }

    /// The codes as they are in the file; nil where there is none.
    /// - Throws: ``StoreFailure`` where it is damaged, or a newer Bascule wrote it.
    func storedCodes() throws(StoreFailure) -> AccessCodes? {
        guard mayBeThere(codesFile) else { return nil }
        return try StoredJSON.decode(
            AccessCodes.self, from: try StoredJSON.bytes(codesFile),
            newest: AccessCodes.currentSchemaVersion, path: codesFile)
    }

    func write(_ codes: AccessCodes) throws(StoreFailure) {
        try AtomicFile.makeFolders(path)
        try StoredJSON.write(codes, to: codesFile)
    }

    /// Changes where somebody has written the codes since: `--new-code` beside a running board. Nil where there are none.
    public var codesVersion: Int? {
        var status = stat()
        guard stat(codesFile, &status) == 0 else { return nil }
        // bounded: a file system of ours
        return Int(status.st_ino) &* 1_000_003 &+ status.st_mtim.tv_sec &* 1_000_000_007
            &+ status.st_mtim.tv_nsec
    }
}
