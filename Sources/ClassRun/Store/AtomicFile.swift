import Foundation
import GraderCore
import InputFiles

/// Files that are there whole or not at all, whatever happens while they are written: they hold students' marks,
/// so only their owner can read them.
public enum AtomicFile {
    static let fileMode: mode_t = 0o600
    static let folderMode: mode_t = 0o700

    /// Writes to a temporary name in the same folder, flushes it to the disk and renames it.
    /// - Parameter isFlushed: false for what can be written again from other files: it is whole for all who read it,
    ///   but a power cut in the next half minute may leave it empty, or the one before.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written; then nothing has changed.
    public static func write(_ text: String, to path: String, isFlushed: Bool = true) throws(StoreFailure) {
        try write(Array(text.utf8), to: path, isFlushed: isFlushed)
    }

    /// The same for bytes.
    /// - Throws: ``StoreFailure`` where the disk is full or the folder cannot be written; then nothing has changed.
    public static func write(
        _ bytes: [UInt8], to path: String, isFlushed: Bool = true
    ) throws(StoreFailure) {
        let folder = FolderHold(FilePath.folder(of: path))
        defer { folder.end() }
        let temporary = temporary(for: path)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, fileMode)
        guard descriptor >= 0 else { throw StoreFailure(writing: path, errno) }
        do throws(StoreFailure) {
            do throws(StoreFailure) {
                try write(bytes, to: descriptor, of: path, isFlushed: isFlushed)
            } catch {
                close(descriptor)
                throw error
            }
            guard close(descriptor) == 0 else { throw StoreFailure(writing: path, errno) }
            guard rename(temporary, path) == 0 else { throw StoreFailure(writing: path, errno) }
        } catch {
            unlink(temporary)
            throw error
        }
        if isFlushed { folder.flush() }
    }

    /// A temporary name is longer than the name by some forty bytes, which a name may not have left: 255 (NAME_MAX), or
    /// 143 where names are encrypted.
    private static func temporary(for path: String) -> String {
        let isShort = FilePath.name(of: path).utf8.count <= 100
        return TemporaryName.new(
            for: isShort ? path : FilePath.joined(FilePath.folder(of: path), "new"))
    }

    /// Everything, to the disk itself where `isFlushed`.
    static func write(
        _ bytes: [UInt8], to descriptor: Int32, of path: String, isFlushed: Bool = true
    ) throws(StoreFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw StoreFailure(writing: path, errno)
            }
            rest = rest.dropFirst(count)
        }
        guard !isFlushed || fsync(descriptor) == 0 else { throw StoreFailure(writing: path, errno) }
    }

    /// Adds a line at the end; lines of several writers never mix.
    static func append(line: [UInt8], to path: String) throws(StoreFailure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, fileMode)
        guard descriptor >= 0 else { throw StoreFailure(writing: path, errno) }
        defer { close(descriptor) }
        try write(line + [UInt8(ascii: "\n")], to: descriptor, of: path)
    }

    /// Makes a symbolic link, or points one that is there elsewhere, in one step.
    static func link(_ path: String, to target: String) throws(StoreFailure) {
        let folder = FolderHold(FilePath.folder(of: path))
        defer { folder.end() }
        let temporary = TemporaryName.new(for: path)
        guard symlink(target, temporary) == 0 else { throw StoreFailure(writing: path, errno) }
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw StoreFailure(writing: path, code)
        }
        folder.flush()
    }

    /// Makes a folder and those above it that are not there.
    /// - Throws: ``StoreFailure`` where one cannot be made, or a file has its name.
    public static func makeFolders(_ path: String) throws(StoreFailure) {
        var status = stat()
        if stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { throw StoreFailure(writing: path, ENOTDIR) }
            return
        }
        let parent = FilePath.folder(of: path)
        if !parent.isEmpty, parent != path { try makeFolders(parent) }
        // Another run may have been quicker.
        if mkdir(path, folderMode) != 0, errno != EEXIST { throw StoreFailure(writing: path, errno) }
    }

    /// Makes a folder that has everything in it from its first moment: it is filled under a temporary name.
    /// - Parameter names: the paths that it may have, all in the same folder; the first that is not taken is its own.
    /// - Returns: its path; nil where all names are taken.
    static func makeNewFolder(
        _ names: [String], filledBy fill: (String) throws(StoreFailure) -> Void
    ) throws(StoreFailure) -> String? {
        guard let first = names.first else { return nil }
        let folder = FolderHold(FilePath.folder(of: first))
        defer { folder.end() }
        let temporary = TemporaryName.new(for: first)
        guard mkdir(temporary, folderMode) == 0 else { throw StoreFailure(writing: first, errno) }
        var path: String?
        do throws(StoreFailure) {
            try fill(temporary)
            path = try firstFree(names, for: temporary)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw error
        }
        if path == nil { try? FileManager.default.removeItem(atPath: temporary) }
        folder.flush()
        return path
    }

    private static func firstFree(_ names: [String], for temporary: String) throws(StoreFailure) -> String? {
        for name in names {
            // Takes the place of an empty folder too (rename(2)), which holds nothing.
            if rename(temporary, name) == 0 { return name }
            let code = errno
            guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(code) else {
                throw StoreFailure(writing: name, code)
            }
        }
        return nil
    }
}
