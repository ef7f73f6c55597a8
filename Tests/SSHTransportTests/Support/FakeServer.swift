import Foundation
import GraderCore
import NIOCore
import NIOPosix

@testable import SSHTransport

/// A TCP server on 127.0.0.1 that is not an SSH server.
final class FakeServer: Sendable {
    enum Manner: Sendable {
        case accepts
        case closesAtOnce
        case says(String, thenCloses: Bool)
        /// The same line for ever, as fast as it is read.
        case floods(String)
        case resets
    }

    let port: Int
    private let channel: any Channel

    init(_ manner: Manner) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(manner))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    func endpoint(handshakeTimeLimit: Duration = .milliseconds(300)) -> SSHEndpoint {
        SSHEndpoint(
            who: "etu1/serv1", host: "127.0.0.1", port: port, user: "root",
            credentials: SSHCredentials(password: Secret("unused")),
            handshakeTimeLimit: handshakeTimeLimit)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        let manner: Manner
        init(_ manner: Manner) { self.manner = manner }

        func channelActive(context: ChannelHandlerContext) {
            switch manner {
            case .accepts: break
            case .closesAtOnce: context.close(promise: nil)
            case .says(let text, let closes):
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
                if closes { context.close(promise: nil) }
            case .floods(let text): flood(text, context)
            case .resets:
                // No lingering: close sends RST (socket(7)).
                (context.channel as? any SocketOptionProvider)?
                    .setSoLinger(linger(l_onoff: 1, l_linger: 0)).assumeIsolated()
                    .whenComplete { _ in context.close(promise: nil) }
            }
        }

        private func flood(_ text: String, _ context: ChannelHandlerContext) {
            let line = ByteBuffer(string: String(repeating: text, count: 1 << 16))
            context.writeAndFlush(wrapOutboundOut(line)).assumeIsolated().whenSuccess { [self] in
                context.eventLoop.assumeIsolated().execute { self.flood(text, context) }
            }
        }
    }
}

/// A listening socket whose queue is full: the kernel answers no further connection, as a host that is off.
final class DeafServer: Sendable {
    let port: Int
    private let descriptors: [Int32]

    init() throws {
        let port = try freePort()
        self.port = port
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            address.sin_port = UInt16(port).bigEndian
            return withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
        guard withAddress({ bind(listener, $0, $1) }) == 0, listen(listener, 0) == 0 else {
            throw ToolFailed(description: "cannot listen")
        }
        var descriptors = [listener]
        for _ in 0..<4 {
            let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            _ = withAddress { connect(filler, $0, $1) }
            descriptors.append(filler)
        }
        self.descriptors = descriptors
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}
