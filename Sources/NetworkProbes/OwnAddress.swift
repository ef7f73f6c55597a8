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
