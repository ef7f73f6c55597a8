import NIOCore
import NIOPosix

/// Listens as an agent does, and answers whatever it is asked with the same bytes, or with nothing at all. For one caller.
final class FakeAgent: Sendable {
    let socket: String
    /// It was asked something.
    let asked: EventLoopPromise<Void>
    /// Its caller has closed the connection.
    let gone: EventLoopPromise<Void>
    private let folder: ScratchFolder
    private let channel: any Channel

    init(answer: [UInt8]) async throws {
        let folder = try ScratchFolder()
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let (asked, gone) = (loop.makePromise(of: Void.self), loop.makePromise(of: Void.self))
        channel = try await ServerBootstrap(group: loop)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(answer, asked, gone))
                }
            }
            .bind(unixDomainSocketPath: folder.file("agent")).get()
        socket = folder.file("agent")
        self.folder = folder
        self.asked = asked
        self.gone = gone
    }

    deinit { channel.close(promise: nil) }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: [UInt8]
        private let asked: EventLoopPromise<Void>
        private let gone: EventLoopPromise<Void>

        init(_ answer: [UInt8], _ asked: EventLoopPromise<Void>, _ gone: EventLoopPromise<Void>) {
            self.answer = answer
            self.asked = asked
            self.gone = gone
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if !answer.isEmpty {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer)), promise: nil)
            }
            asked.succeed(())
        }

        func channelInactive(context: ChannelHandlerContext) { gone.succeed(()) }
    }
}
