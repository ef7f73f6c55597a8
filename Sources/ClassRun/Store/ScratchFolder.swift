import Foundation
import GraderCore

/// A folder for students' work while other programs of this machine read it, or make something of it: it is its owner's
/// alone, and gone afterwards. It is locked for as long as it is used; one whose lock nobody has is of a program that was
/// killed, and goes when the next one is made.
public final class ScratchFolder: Sendable {
    public let path: String
    /// Nil where the file system knows no locks: then nobody can take the folder for a leftover either.
    private let lock: FileLock?

    private static let prefix = "bascule-work-"

    /// Makes one where temporary files lie (`TMPDIR`), which has to be there.
    /// - Throws: ``StoreFailure`` where nothing can be written there.
    public init() throws(StoreFailure) {
        let place = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        Self.sweep(place)
        for _ in 0..<10 {
            let path = FilePath.joined(place, "\(Self.prefix)\(UUID().uuidString)")
            guard mkdir(path, AtomicFile.folderMode) == 0 else { throw Self.failure(place, errno) }
            // Until it is locked, another program may take it away. Who writes a file in it has the same lock besides.
            switch FileLock.attempt(folder: path, .shared) {
            case .had(let lock): (self.path, self.lock) = (path, lock)
            case .impossible(let code) where code != ENOENT: (self.path, lock) = (path, nil)
            case .busy, .impossible: continue
            }
            return
        }
        throw Self.failure(place, EBUSY)
    }

    /// Removes it with all that is in it.
    public func end() {
        try? FileManager.default.removeItem(atPath: path)
        lock?.end()
    }

    private static func failure(_ place: String, _ code: Int32) -> StoreFailure {
        let reason = systemMessage(code)
        return StoreFailure(
            fr:
                "Aucun dossier temporaire ne peut être fait dans \(place) (\(reason)) : y faire de la place, ou en nommer un autre par TMPDIR.",
            en:
                "No temporary folder can be made in \(place) (\(reason)): make room there, or name another with TMPDIR.",
            .notWritten)
    }

    /// Takes away what killed programs have left: folders of one's own, as this makes them, and never what a link
    /// leads to.
    private static func sweep(_ place: String) {
        for name in Sweep.names(in: place) where name.hasPrefix(prefix) {
            let path = FilePath.joined(place, name)
            var status = stat()
            guard lstat(path, &status) == 0,
                status.st_mode & (S_IFMT | 0o777) == S_IFDIR | AtomicFile.folderMode,
                status.st_uid == geteuid(), case .had(let lock) = FileLock.attempt(folder: path)
            else { continue }
            try? FileManager.default.removeItem(atPath: path)
            lock.end()
        }
    }
}
