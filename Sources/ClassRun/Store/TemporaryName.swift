import Foundation
import GraderCore

/// What a file, link or folder is called until it is whole: `.NAME.UUID.tmp` beside it. Only a program that was
/// killed leaves one, and then it is nobody's (see ``FolderHold``).
enum TemporaryName {
    /// Of what is to have that path.
    static func new(for path: String) -> String { name(for: path, ".tmp") }

    /// What a folder is called while it is removed: it goes as a whole from where it was.
    static func going(from path: String) -> String { name(for: path, ".gone") }

    /// Whether a name is such a one.
    static func isOne(_ name: String) -> Bool { isOne(name, ".tmp") || isOne(name, ".gone") }

    private static func name(for path: String, _ ending: String) -> String {
        FilePath.joined(
            FilePath.folder(of: path), ".\(FilePath.name(of: path)).\(UUID().uuidString)\(ending)")
    }

    private static func isOne(_ name: String, _ ending: String) -> Bool {
        guard name.hasPrefix("."), name.hasSuffix(ending) else { return false }
        let parts = name.dropLast(ending.count).split(separator: ".")
        return parts.count >= 2 && parts.last.map { UUID(uuidString: String($0)) != nil } == true
    }
}

/// Says that something in a folder has a temporary name because somebody is at work, for as long as he is: a shared
/// lock on the folder, which ends with the program however it ends. Who sweeps a folder takes the whole
/// lock; who does not get it leaves everything as it is.
struct FolderHold {
    private var lock: FileLock?

    /// - Parameter folder: empty: the working folder. One that cannot be opened or locked is not held: then nobody
    ///   can sweep it either.
    init(_ folder: String) {
        // A sweep takes milliseconds; whatever else holds the lock must not hold this up.
        for _ in 0..<1000 {
            switch FileLock.attempt(folder: folder.isEmpty ? "." : folder, .shared) {
            case .had(let lock): self.lock = lock
            case .impossible: break
            case .busy:
                usleep(1000)
                continue
            }
            return
        }
    }

    func end() { lock?.end() }

    /// So that a new name survives a power cut. Not every file system can; then the file itself is safe, and that is
    /// as good as it gets.
    func flush() { lock?.flush() }

    /// Does something that nobody else may be at work for, or does not.
    static func alone(with folder: String, _ work: () -> Void) {
        guard case .had(let lock) = FileLock.attempt(folder: folder) else { return }
        defer { lock.end() }
        work()
    }
}
