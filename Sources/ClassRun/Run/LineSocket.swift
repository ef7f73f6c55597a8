import Foundation
import GraderCore

/// A stream socket between two programs of this machine (unix(7)) that carries lines. Who may connect is said by the
/// folder that it lies in. Neither reading nor writing holds up a task: they have threads of their own.
final class LineSocket: Sendable {
    static let name = "socket"
    /// A reader that takes nothing for so long has gone.
    private static let patience = 30

    private let descriptor: Int32
    private let writing = DispatchQueue(label: "bascule.socket")

    /// - Parameter descriptor: of a connection, which this closes.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var patience = timeval(tv_sec: Self.patience, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    // MARK: Lines

    /// Sends a value as a line, after those before it; where nobody reads any more, reading ends too.
    func send(_ value: some Encodable & Sendable) {
        writing.async { [self] in
            guard let line = try? StoredJSON.encode(value, pretty: false), write(line + [10]) else {
                shutdown(descriptor, Self.both)
                return
            }
        }
    }

    /// Nothing more is sent; the other side's lines still come.
    func endWriting() { writing.async { [self] in shutdown(descriptor, Self.write) } }

    /// Ends both directions, at once.
    func end() { shutdown(descriptor, Self.both) }

    /// When all that was sent has been taken, or nobody takes it.
    func flush() async {
        await withCheckedContinuation { continuation in writing.async { continuation.resume() } }
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Self.noSignal)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The lines that come, to be asked for once. They end with the connection, and with a line that is longer than
    /// the limit.
    func lines(limit: Int) -> AsyncStream<[UInt8]> {
        let (lines, found) = AsyncStream.makeStream(of: [UInt8].self)
        let reader = Thread { [self] in
            var line: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = recv(descriptor, &chunk, chunk.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                var rest = chunk[..<count]
                while let end = rest.firstIndex(of: 10) {
                    found.yield(line + rest[..<end])
                    line = []
                    rest = rest[(end + 1)...]  // bounded: end is an index of it
                }
                line += rest
                guard line.count <= limit else { break }
            }
            found.finish()
        }
        reader.start()
        return lines
    }
}

extension LineSocket {
    /// Nil where nobody listens.
    /// - Parameter folder: where the socket is.
    convenience init?(connectingTo folder: String) {
        guard let place = SocketPlace(folder) else { return nil }
        let descriptor = Self.new()
        guard descriptor >= 0 else { return nil }
        self.init(descriptor)
        guard place.with({ connect(descriptor, $0, $1) }) == 0 else { return nil }
    }

    /// A descriptor that is not for the programs that this one starts; negative where there is none.
    static func new() -> Int32 {
        #if os(Linux)
            return socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            var isOn: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
            return descriptor
        #endif
    }

    #if os(Linux)
        private static let noSignal = Int32(MSG_NOSIGNAL)
        private static let write = Int32(SHUT_WR)
        static let both = Int32(SHUT_RDWR)
    #else
        private static let noSignal: Int32 = 0
        private static let write = SHUT_WR
        static let both = SHUT_RDWR
    #endif
}
