import Foundation

/// Reads whole files of bounded size. Never waits: a pipe or a device is refused before it is opened for
/// reading its contents.
public enum BoundedFile {
    /// Why there are no bytes: what the system says, no regular file, or how many bytes it has.
    public enum Failure: Error, Hashable {
        case unreadable(LocalizedText)
        case notAFile
        case tooLarge(Int)
    }

    /// - Returns: the bytes of a regular file no longer than `limit`.
    public static func read(_ path: String, limit: Int) -> Result<[UInt8], Failure> {
        read(path, limit: limit) { _ in }
    }

    /// - Parameter inspect: sees the status of the opened file before it is read; what it throws is thrown on.
    /// - Throws: what `inspect` does, and nothing else.
    public static func read<Refusal>(
        _ path: String, limit: Int, inspect: (stat) throws(Refusal) -> Void
    ) throws(Refusal) -> Result<[UInt8], Failure> {
        // Non-blocking, or opening a pipe without a writer would wait for ever.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(.unreadable(systemMessage(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .failure(.unreadable(systemMessage(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .failure(.notAFile) }
        try inspect(status)
        // bounded: widened
        guard status.st_size <= limit else { return .failure(.tooLarge(Int(status.st_size))) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(limit + 1, 1 << 16))
        while true {
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count == 0 { return .success(bytes) }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(.unreadable(systemMessage(errno)))
            }
            bytes += chunk[..<count]
            // It may have grown since it was looked at.
            if bytes.count > limit { return .failure(.tooLarge(bytes.count)) }
        }
    }
}
