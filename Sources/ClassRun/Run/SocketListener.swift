import Foundation
import GraderCore

/// A socket in a folder that takes connections.
final class SocketListener: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Listens from now on in a folder that is made where it is not there, and that only its owner can enter; a dead
    /// program's socket gives way.
    /// - Throws: ``StoreFailure`` where the folder cannot be written.
    init(folder: String) throws(StoreFailure) {
        try AtomicFile.makeFolders(folder)
        path = "\(folder)/\(LineSocket.name)"
        guard chmod(folder, AtomicFile.folderMode) == 0, let place = SocketPlace(folder) else {
            throw StoreFailure(writing: path, errno)
        }
        unlink(path)
        descriptor = LineSocket.new()
        guard descriptor >= 0, place.with({ bind(descriptor, $0, $1) }) == 0,
            chmod(path, AtomicFile.fileMode) == 0, listen(descriptor, 16) == 0
        else { throw StoreFailure(writing: path, errno) }
    }

    deinit { close(descriptor) }

    /// Whoever connects, by a thread of its own; to be asked for once, and to be ended.
    func connections() -> AsyncStream<LineSocket> {
        let (connections, found) = AsyncStream.makeStream(of: LineSocket.self)
        let thread = Thread { [self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                if connection >= 0 {
                    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                    found.yield(LineSocket(connection))
                } else if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) {
                    // Others may give back what is short.
                    usleep(100_000)
                } else if ![EINTR, ECONNABORTED].contains(errno) {
                    break
                }
            }
            found.finish()
        }
        thread.start()
        return connections
    }

    /// Nobody can connect any more.
    func end() {
        unlink(path)
        shutdown(descriptor, LineSocket.both)
    }
}

/// The address of the socket in a folder. An address holds some hundred bytes only (`sun_path`), and a path may be
/// longer: on Linux the folder is named by its descriptor.
final class SocketPlace {
    private let folder: Int32
    private var address = sockaddr_un()

    /// Nil where the folder cannot be opened, or its path is too long for this system; then errno says which.
    init?(_ path: String) {
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return nil }
        #if os(Linux)
            let name = "/proc/self/fd/\(folder)/\(LineSocket.name)"
        #else
            let name = "\(path)/\(LineSocket.name)"
        #endif
        address.sun_family = sa_family_t(AF_UNIX)
        let isWhole = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard name.utf8.count < room.count else { return false }
            room.copyBytes(from: name.utf8)
            return true
        }
        guard isWhole else {
            errno = ENAMETOOLONG
            return nil
        }
    }

    deinit { close(folder) }

    func with(_ call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                call($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
