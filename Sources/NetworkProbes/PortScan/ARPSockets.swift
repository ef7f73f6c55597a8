import Foundation
import GraderCore

/// ARP requests of our own (RFC 826), where the system permits it (packet(7): CAP_NET_RAW, Linux): the kernel asks
/// only once a second, and what its table says may be old.
final class ARPSockets {
    private struct Link {
        var descriptor: CInt
        var index: CInt
        var hardwareAddress: [UInt8]
    }

    private static let ethernetARP: UInt16 = 0x0806
    private var links: [CInt: Link] = [:]

    /// Nil where it is not permitted on one of the links.
    init?(_ networks: OwnLinks) {
        #if os(Linux)
            for index in Set(networks.interfaceIndices) {
                guard let link = Self.open(index) else {
                    for link in links.values { close(link.descriptor) }
                    return nil
                }
                links[index] = link
            }
        #else
            return nil
        #endif
    }

    deinit { for link in links.values { close(link.descriptor) } }

    var descriptors: [CInt] { links.values.map(\.descriptor) }

    #if os(Linux)
        private static func open(_ index: CInt) -> Link? {
            let kind = CInt(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
            let descriptor = socket(AF_PACKET, kind, CInt(ethernetARP.bigEndian))
            guard descriptor >= 0 else { return nil }
            var address = linkAddress(index, to: [])
            var size = socklen_t(address.count)
            let isBound = address.withUnsafeMutableBytes { bytes in
                guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
                    return false
                }
                return bind(descriptor, base, size) == 0 && getsockname(descriptor, base, &size) == 0
            }
            // Ethernet: an address of six bytes, which getsockname has put where packet(7) says.
            guard isBound, address[11] == 6 else {
                close(descriptor)
                return nil
            }
            return Link(descriptor: descriptor, index: index, hardwareAddress: Array(address[12..<18]))
        }
    #endif

    /// `sockaddr_ll` (packet(7)), which Swift does not see: family, protocol, interface, then what kind of hardware,
    /// what kind of packet, the length of the address and its eight bytes.
    private static func linkAddress(_ index: CInt, to hardwareAddress: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        withUnsafeBytes(of: UInt16(AF_PACKET)) { bytes += $0 }
        withUnsafeBytes(of: ethernetARP.bigEndian) { bytes += $0 }
        withUnsafeBytes(of: index) { bytes += $0 }
        // bounded: six or eight bytes of ours
        bytes += [0, 0, 0, UInt8(hardwareAddress.count)] + hardwareAddress
        return bytes + Array(repeating: 0, count: 20 - bytes.count)
    }

    /// Asks everybody on the link who has the address; what cannot be sent is as good as lost.
    func ask(_ address: IPAddress, from own: IPAddress, onInterface index: CInt) {
        guard let link = links[index], address.isIPv4, own.isIPv4 else { return }
        // Ethernet, IPv4, lengths of their addresses, request.
        let request: [UInt8] =
            [0, 1, 8, 0, 6, 4, 0, 1] + link.hardwareAddress + Self.bytes(own) + [0, 0, 0, 0, 0, 0]
            + Self.bytes(address)
        let target = Self.linkAddress(index, to: Array(repeating: 0xFF, count: 6))
        _ = target.withUnsafeBytes { bytes in
            bytes.baseAddress.map {
                sendto(
                    link.descriptor, request, request.count, 0, $0.assumingMemoryBound(to: sockaddr.self),
                    socklen_t(target.count))
            }
        }
    }

    /// Who has replied, and with which hardware address.
    func replies() -> [(address: IPAddress, macAddress: String)] {
        var replies: [(IPAddress, String)] = []
        var buffer = [UInt8](repeating: 0, count: 64)
        for link in links.values {
            // Bounded: nobody can keep the scan here by sending.
            for _ in 0..<1024 {
                let count = recv(link.descriptor, &buffer, buffer.count, 0)
                guard count >= 0 else { break }
                guard count >= 28, buffer[..<8] == [0, 1, 8, 0, 6, 4, 0, 2] else { continue }
                let sender = buffer[14..<18].reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
                let mac = buffer[8..<14].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                replies.append((IPAddress(.v4, sender), mac.joined(separator: ":")))
            }
        }
        return replies
    }

    private static func bytes(_ address: IPAddress) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address.number >> UInt128($0)) }  // bounded: literals
    }
}
