import GraderCore
import NIOCore
import NIOPosix

/// Which of its addresses this machine is seen by.
public enum OwnAddress {
    /// The address with which this machine would talk to another, by its own routes: what a connected datagram
    /// socket says of itself (connect(2), udp(7)). Nothing is sent.
    public static func towards(_ address: IPAddress, on group: any EventLoopGroup) async -> IPAddress? {
        guard let remote = try? SocketAddress(ipAddress: address.description, port: 22),
            let channel = try? await DatagramBootstrap(group: group).connect(to: remote).get()
        else { return nil }
        let own = channel.localAddress?.ipAddress.flatMap { IPAddress($0) }
        // Nothing was on its way: there is nothing to lose.
        try? await channel.close().get()
        return own
    }
}

/// The networks this machine is in itself, where ARP tells who is there.
struct OwnLinks {
    struct Network {
        var own: IPAddress
        var prefixLength: Int
        var interfaceIndex: CInt
    }
    private var networks: [Network] = []

    /// Of this machine, or of the network namespace this program runs in.
    init() {
        guard let devices = try? System.enumerateDevices() else { return }
        for device in devices where device.pointToPointDestinationAddress == nil {
            guard let own = device.address?.ipAddress.flatMap({ IPAddress($0) }), own.isIPv4, !own.isLoopback,
                let mask = device.netmask?.ipAddress.flatMap({ IPAddress($0) })
            else { continue }
            networks.append(
                Network(
                    own: own, prefixLength: mask.number.nonzeroBitCount,
                    interfaceIndex: CInt(device.interfaceIndex)))
        }
    }

    var interfaceIndices: [CInt] { networks.map(\.interfaceIndex) }

    /// The network an address is a neighbour in; nil where ARP would not tell: behind a router, our own address, or
    /// IPv6.
    func network(of address: IPAddress) -> Network? {
        guard address.isIPv4, !networks.contains(where: { $0.own == address }) else { return nil }
        return networks.first { address.isInSameNetwork(as: $0.own, prefixLength: $0.prefixLength) }
    }
}
