import Foundation
import GraderCore
import NIOCore
import NIOPosix

/// One query over UDP from this machine. The socket is connected, so that the kernel drops what other senders
/// send and reports a closed port (`udp(7)`), and picks a random source port (RFC 5452, section 9.2).
///
/// The connected socket is handed to NIO as a pipe, one read being one datagram: NIO's own datagram channel stops
/// the program when a firewall's “administratively prohibited” comes back (seen with NIO 2.101.2:
/// `DatagramChannel.error` takes the error off the socket and then insists on reading something).
enum DNSDatagrams {
    static func ask(
        _ query: [UInt8], id: UInt16, server: SocketAddress, timeLimit: Duration,
        on group: any EventLoopGroup
    ) async -> DNSDatagramHandler.Ending {
        let action = DNSDatagramHandler.action(server)
        let descriptors: (input: CInt, output: CInt)
        do throws(DialFailure) {
            descriptors = try connectedSocket(to: server, doing: action)
        } catch {
            return .failure(error)
        }
        let loop = group.next()
        let ending = loop.makePromise(of: DNSDatagramHandler.Ending.self)
        let channel: any Channel
        do {
            channel = try await NIOPipeBootstrap(group: loop)
                // As large as a datagram can be: one that is cut off cannot be read.
                .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65_535))
                .channelOption(.allowRemoteHalfClosure, value: true)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(
                            DNSDatagramHandler(
                                query: query, id: id, server: server,
                                waits: DNSDatagramHandler.waits(within: timeLimit), ending: ending))
                    }
                }
                .takingOwnershipOfDescriptors(input: descriptors.input, output: descriptors.output).get()
        } catch {
            close(descriptors.input)
            close(descriptors.output)
            // Where the handler came to be, it has said so already; a promise heeds the first only.
            ending.succeed(.failure(DialFailure(error, doing: action)))
            return .failure(DialFailure(error, doing: action))
        }
        return await withTaskCancellationHandler {
            do {
                return try await ending.futureResult.get()
            } catch {
                return .failure(DialFailure(error, doing: action))
            }
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    /// The same socket twice, as NIO wants it.
    private static func connectedSocket(
        to server: SocketAddress, doing action: String
    ) throws(DialFailure) -> (input: CInt, output: CInt) {
        let family: CInt = server.protocol == .inet6 ? AF_INET6 : AF_INET
        #if canImport(Darwin)
            let kind = SOCK_DGRAM
        #else
            // Not for the programs that this one starts.
            let kind = CInt(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        #endif
        let input = socket(family, kind, 0)
        guard input >= 0 else { throw DialFailure(errnoCode: errno, doing: action) }
        let status = server.withSockAddr { address, size in connect(input, address, socklen_t(size)) }
        guard status == 0 else {
            let code = errno
            close(input)
            throw DialFailure(errnoCode: code, doing: action)
        }
        let output = fcntl(input, F_DUPFD_CLOEXEC, 0)
        guard output >= 0 else {
            let code = errno
            close(input)
            throw DialFailure(errnoCode: code, doing: action)
        }
        return (input, output)
    }
}
