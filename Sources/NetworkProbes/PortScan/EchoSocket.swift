import Foundation
import GraderCore
import NIOCore

/// ICMP echo by a “ping socket”, which needs no privilege where the system allows it (icmp(7), ping_group_range).
/// The kernel sets the id and the checksum and lets nothing but replies through.
final class EchoSocket {
    let descriptor: CInt
    private let family: IPAddress.Family

    /// Nil where it is not permitted.
    init?(_ family: IPAddress.Family) {
        descriptor = newSocket(family, SOCK_DGRAM, CInt(family == .v4 ? IPPROTO_ICMP : IPPROTO_ICMPV6))
        self.family = family
        guard descriptor >= 0 else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Sends a request; what cannot be sent is as good as lost.
    func ask(_ address: IPAddress) {
        guard address.family == family,
            let target = try? SocketAddress(ipAddress: address.description, port: 0)
        else { return }
        // Type (8, or 128: RFC 792, RFC 4443), code, checksum, id, sequence number.
        let request: [UInt8] = [family == .v4 ? 8 : 128, 0, 0, 0, 0, 0, 0, 1]
        _ = target.withSockAddr {
            sendto(descriptor, request, request.count, 0, $0, socklen_t($1))
        }
    }

    /// Who has replied.
    func replies() -> [IPAddress] {
        var senders: [IPAddress] = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while senders.count < 1024 {
            var storage = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let count = withUnsafeMutablePointer(to: &storage) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    recvfrom(descriptor, &buffer, buffer.count, 0, $0, &size)
                }
            }
            guard count >= 0 else { break }
            let sender = family == .v4 ? Self.address(in: &storage, 4, 4) : Self.address(in: &storage, 8, 16)
            senders.append(IPAddress(family, sender))
        }
        return senders
    }

    /// The address in a `sockaddr_in` or `sockaddr_in6`, in network byte order.
    private static func address(in storage: inout sockaddr_storage, _ offset: Int, _ size: Int) -> UInt128 {
        withUnsafeBytes(of: &storage) { bytes in
            // bounded: 16 or 24 bytes of the 128 that there are
            bytes[offset..<(offset + size)].reduce(0) { $0 << 8 | UInt128($1) }
        }
    }
}

#if canImport(Darwin)
    typealias SocketKind = CInt
#else
    typealias SocketKind = __socket_type
#endif

/// A descriptor that does not block, and is not for the programs that this one starts; negative where there is none.
func newSocket(_ family: IPAddress.Family, _ kind: SocketKind, _ number: CInt = 0) -> CInt {
    let domain = family == .v4 ? AF_INET : AF_INET6
    #if canImport(Darwin)
        let descriptor = socket(domain, kind, number)
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        return descriptor
    #else
        return socket(domain, CInt(kind.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), number)
    #endif
}
