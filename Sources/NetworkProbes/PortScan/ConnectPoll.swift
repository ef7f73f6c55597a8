import Foundation
import GraderCore
import NIOCore

/// Non-blocking TCP connects and `poll(2)`, on one thread. A scan makes up to a hundred thousand connections that
/// carry no byte; a NIO channel for each, with its futures and tasks, would cost many times the connect itself.
final class ConnectPoll {
    enum Beginning {
        case underWay
        case ended(ScannedPort.Reason)
        /// This machine has no descriptor or port left just now.
        case noRoom
    }

    private var descriptors: [pollfd] = []
    /// The probe of each descriptor; nil for those that belong to somebody else.
    private var probes: [Int?] = []
    private var places: [Int: Int] = [:]

    deinit {
        for (place, probe) in probes.enumerated() where probe != nil { close(descriptors[place].fd) }
    }

    /// Waits for datagrams on somebody else's socket, too.
    func listen(to descriptor: CInt) {
        descriptors.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        probes.append(nil)
    }

    func begin(_ probe: PortScanMachine.Probe) -> Beginning {
        guard let address = try? SocketAddress(ipAddress: probe.address.description, port: probe.port) else {
            return .ended(.notMade)
        }
        let descriptor = newSocket(probe.address.family, SOCK_STREAM)
        guard descriptor >= 0 else { return Self.beginning(failing: errno) }
        let status = address.withSockAddr { connect(descriptor, $0, socklen_t($1)) }
        let code = errno
        if status != 0, code == EINPROGRESS {
            places[probe.id] = descriptors.count
            descriptors.append(pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0))
            probes.append(probe.id)
            return .underWay
        }
        defer { close(descriptor) }
        if status == 0 { return .ended(Self.isSelfConnected(descriptor) ? .refused : .synAck) }
        return Self.beginning(failing: code)
    }

    /// Waits; returns the connections that ended, and the others' descriptors that have something.
    func wait(milliseconds: CInt) -> (ended: [(id: Int, reason: ScannedPort.Reason)], readable: [CInt]) {
        guard poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return ([], []) }
        var ended: [(id: Int, reason: ScannedPort.Reason)] = []
        var readable: [CInt] = []
        for (place, descriptor) in descriptors.enumerated() where descriptor.revents != 0 {
            guard let id = probes[place] else {
                readable.append(descriptor.fd)
                continue
            }
            ended.append((id, Self.ending(of: descriptor.fd)))
        }
        for (id, _) in ended { abandon(id) }
        return (ended, readable)
    }

    /// Closes a connection, whatever has become of it.
    func abandon(_ id: Int) {
        guard let place = places.removeValue(forKey: id) else { return }
        close(descriptors[place].fd)
        let last = descriptors.count - 1
        if place != last {
            descriptors[place] = descriptors[last]
            probes[place] = probes[last]
            if let moved = probes[place] { places[moved] = place }
        }
        descriptors.removeLast()
        probes.removeLast()
    }

    private static func ending(of descriptor: CInt) -> ScannedPort.Reason {
        var code: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return .notMade }
        if code == 0 { return isSelfConnected(descriptor) ? .refused : .synAck }
        if case .ended(let reason) = beginning(failing: code) { return reason }
        return .notMade
    }

    private static func beginning(failing code: CInt) -> Beginning {
        switch code {
        case ECONNREFUSED: .ended(.refused)
        // It stood, and was reset before we looked.
        case ECONNRESET: .ended(.synAck)
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: .ended(.unreachable)
        case ETIMEDOUT: .ended(.silence)
        case EACCES, EPERM: .ended(.ownFirewall)
        case EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL, EAGAIN: .noRoom
        default: .ended(.notMade)
        }
    }

    /// TCP's simultaneous open with oneself, on a closed port of this machine's ephemeral range.
    private static func isSelfConnected(_ descriptor: CInt) -> Bool {
        func address(_ get: (CInt, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt)
            -> [UInt8]?
        {
            var storage = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let status = withUnsafeMutablePointer(to: &storage) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { get(descriptor, $0, &size) }
            }
            guard status == 0 else { return nil }
            return withUnsafeBytes(of: &storage) { Array($0.prefix(Int(size))) }  // bounded: widened
        }
        guard let own = address({ getsockname($0, $1, $2) }) else { return false }
        return own == address { getpeername($0, $1, $2) }
    }
}
