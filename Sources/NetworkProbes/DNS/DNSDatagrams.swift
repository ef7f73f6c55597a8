import Foundation
import GraderCore
import NIOCore
import NIOPosix

/// One query over UDP from this machine. The socket is connected, so that the kernel drops what other senders send and
/// reports a closed port (`udp(7)`), and picks a random source port (RFC 5452, section 9.2). It is handed to NIO as a
/// pipe, one read being one datagram: NIO's own datagram channel stops the program when a firewall's “administratively
/// prohibited” comes back (NIO 2.101.2: `DatagramChannel.error` takes the error off the socket, then wants bytes).
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
        to server: SocketAddress, doing action: LocalizedText
    ) throws(DialFailure) -> (input: CInt, output: CInt) {
        let input = newSocket(server.protocol == .inet6 ? .v6 : .v4, SOCK_DGRAM)
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

/// One query over UDP: sends it, sends it again when nothing comes, takes the first datagram that has the
/// query's id; its channel brings none but the server's. Lives on its channel's event loop and closes the channel when it is done.
final class DNSDatagramHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How a query ended: a message, or why none came.
    typealias Ending = Result<[UInt8], DialFailure>

    /// Datagrams thrown away before the query is given up: nobody can keep the grader busy by sending rubbish.
    static let strayLimit = 64

    private let query: ByteBuffer
    private let id: UInt16
    private let server: SocketAddress
    private let waits: [TimeAmount]
    private let ending: EventLoopPromise<Ending>

    private var tries = 0
    private var strays = 0
    private var isDone = false
    private var timer: Scheduled<Void>?

    /// - Parameter waits: how long each try waits for an answer.
    init(
        query: [UInt8], id: UInt16, server: SocketAddress, waits: [TimeAmount],
        ending: EventLoopPromise<Ending>
    ) {
        self.query = ByteBuffer(bytes: query)
        self.id = id
        self.server = server
        self.waits = waits
        self.ending = ending
    }

    /// Three tries that together take the whole limit, each waiting twice as long as the one before.
    static func waits(within limit: Duration) -> [TimeAmount] {
        [1, 2, 4].map { TimeAmount(limit * $0 / 7) }
    }

    /// What is being done, for sentences.
    static func action(_ server: SocketAddress) -> LocalizedText {
        let who = server.ipAddress.map { LocalizedText(verbatim: $0) }
        let port = server.port ?? 53
        return LocalizedText(
            fr: "question à \(who ?? LocalizedText(fr: "ce serveur", en: "the server")) port \(port)",
            en: "asking \(who ?? LocalizedText(fr: "ce serveur", en: "the server")) port \(port)")
    }

    func channelActive(context: ChannelHandlerContext) { send(context) }

    private func send(_ context: ChannelHandlerContext) {
        guard tries < waits.count else {
            let rubbish =
                strays == 0
                ? LocalizedText(verbatim: "")
                : LocalizedText(
                    fr: " ; \(strays) datagrammes qui n'étaient pas une réponse ont été écartés",
                    en: "; \(strays) datagrams that were no answer to it were thrown away")
            let failure = DialFailure(
                .timedOut, fr: "question posée \(tries) fois, pas de réponse\(rubbish)",
                en: "asked \(tries) times, no answer\(rubbish)")
            return end(context, .failure(failure))
        }
        let wait = waits[tries]
        tries += 1
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.writeAndFlush(wrapOutboundOut(query)).whenFailure { error in
            let (handler, context) = bound.value
            handler.fail(context, error)
        }
        guard !isDone else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: wait) { self.send(context) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDone else { return }
        let bytes = Array(Self.unwrapInboundIn(data).readableBytesView)
        if DNSCodec.id(of: bytes) == id {
            return end(context, .success(bytes))
        }
        strays += 1
        if strays >= Self.strayLimit {
            end(
                context,
                .failure(
                    DialFailure(
                        .timedOut, fr: "\(strays) datagrammes sont venus, aucun ne répond à la question",
                        en: "\(strays) datagrams came, none of them an answer to the question")
                ))
        }
    }

    /// A datagram of no bytes looks like a stream's end.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { end(context, .success([])) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(context, error) }

    func channelInactive(context: ChannelHandlerContext) { fail(context, ChannelError.ioOnClosedChannel) }

    func handlerRemoved(context: ChannelHandlerContext) { fail(context, ChannelError.ioOnClosedChannel) }

    private func fail(_ context: ChannelHandlerContext, _ error: any Error) {
        end(context, .failure(DialFailure(error, doing: Self.action(server))))
    }

    private func end(_ context: ChannelHandlerContext, _ ending: Ending) {
        guard !isDone else { return }
        isDone = true
        timer?.cancel()
        self.ending.succeed(ending)
        context.close(promise: nil)
    }
}
