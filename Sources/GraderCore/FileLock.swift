import Foundation

/// A lock on a file or folder among programs (flock(2)): it ends with the program, however that ends, and no program that
/// this one starts inherits it.
public final class FileLock: Sendable {
    private let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// How much of it others may have meanwhile.
    public enum Kind: Sendable {
        /// Nobody else has any.
        case whole
        /// Others may have the same, and nobody the whole one.
        case shared

        fileprivate var operation: Int32 { self == .whole ? LOCK_EX : LOCK_SH }
    }

    /// What became of trying to take it.
    public enum Attempt: Sendable {
        /// Had for as long as the value is there.
        case had(FileLock)
        /// Somebody else has it.
        case busy
        /// It cannot be opened or locked; the number is errno(3)'s.
        case impossible(Int32)
    }

    /// Tries once, without waiting.
    /// - Parameter file: is made where it is not there, readable by its owner alone.
    public static func attempt(file: String, _ kind: Kind = .whole) -> Attempt {
        attempt(file, O_RDWR | O_CREAT | O_NOFOLLOW, kind)
    }

    /// Tries once, without waiting.
    /// - Parameter folder: one that is there.
    public static func attempt(folder: String, _ kind: Kind = .whole) -> Attempt {
        attempt(folder, O_RDONLY | O_DIRECTORY, kind)
    }

    private static func attempt(_ path: String, _ flags: Int32, _ kind: Kind) -> Attempt {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return .impossible(errno) }
        let lock = FileLock(descriptor)
        while flock(descriptor, kind.operation | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            return errno == EWOULDBLOCK ? .busy : .impossible(errno)
        }
        // Whoever had it may have taken the file away: then this is a lock on nothing, and the next attempt's is one.
        var (held, there) = (stat(), stat())
        let isThere = fstat(descriptor, &held) == 0 && stat(path, &there) == 0
        return isThere && held.st_ino == there.st_ino && held.st_dev == there.st_dev ? .had(lock) : .busy
    }

    /// Gives it back before the value goes.
    public func end() { _ = flock(descriptor, LOCK_UN) }

    /// So that a new name in the folder survives a power cut; not every file system can.
    public func flush() { fsync(descriptor) }
}
