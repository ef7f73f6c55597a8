import NIOCore
import NIOPosix

/// A TCP server on 127.0.0.1, on a port that the system picks.
struct LoopbackServer: Sendable {
    let channel: any Channel
    let port: Int

    /// - Parameter handlers: of each connection, made anew.
    static func start(
        on group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup,
        handlers: @escaping @Sendable () throws -> [any ChannelHandler]
    ) async throws -> LoopbackServer {
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 16)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(handlers())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        guard let port = channel.localAddress?.port else { throw ChannelError.unknownLocalAddress }
        return LoopbackServer(channel: channel, port: port)
    }

    /// Runs `body` against a server and stops the server afterwards.
    static func running<Value: Sendable>(
        handlers: @escaping @Sendable () throws -> [any ChannelHandler],
        _ body: (LoopbackServer) async throws -> Value
    ) async throws -> Value {
        let server = try await start(handlers: handlers)
        do {
            let value = try await body(server)
            try await server.channel.close()
            return value
        } catch {
            try? await server.channel.close()
            throw error
        }
    }

    /// Runs `body` with a port of 127.0.0.1 on which nobody listens, nor can begin to: it is the near end of
    /// a connection.
    static func withClosedPort(_ body: (Int) async throws -> Void) async throws {
        try await running(handlers: { [Echo()] }) { server in
            let client = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: server.port).get()
            guard let port = client.localAddress?.port else { throw ChannelError.unknownLocalAddress }
            try await body(port)
            try await client.close()
        }
    }
}

/// Sends back what comes, and closes when the other side does.
final class Echo: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(data, promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
    }
}

/// Waits for the end of an HTTP request's head, sends a fixed answer and closes.
final class FixedAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    enum Closing {
        /// As the pipeline's handlers want it (TLS says farewell).
        case properly
        /// By way of an `AbruptClose` in front of them.
        case abruptly
    }

    private let answer: [UInt8]
    private let closing: Closing
    private var request: [UInt8] = []

    init(_ answer: String, closing: Closing = .properly) {
        self.answer = Array(answer.utf8)
        self.closing = closing
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        request += Self.unwrapInboundIn(data).readableBytesView
        guard request.suffix(4) == Array("\r\n\r\n".utf8)[...] else { return }
        let channel = context.channel
        let closing = self.closing
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: answer))).whenComplete { _ in
            switch closing {
            case .properly: channel.close(promise: nil)
            case .abruptly: channel.triggerUserOutboundEvent(AbruptClose.Order(), promise: nil)
            }
        }
    }
}

/// The first handler of a connection that is to be closed without the other handlers being asked.
final class AbruptClose: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    struct Order: Sendable {}

    func triggerUserOutboundEvent(
        context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
    ) {
        if event is Order { context.close(promise: promise) }
    }
}
