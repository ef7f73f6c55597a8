import Foundation
import GraderCore
import NIOCore
import NIOPosix

extension SSHConnection {
    /// Connects by TCP, then logs in.
    func connect() {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let bootstrap = ClientBootstrap(group: eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.writeBufferWaterMark, value: .init(low: 64 << 10, high: Self.unsentLimit))
            .connectTimeout(.init(endpoint.connectTimeLimit))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SSHChannelHandler(bound.value))
                }
            }
        let connected: EventLoopFuture<any Channel>
        if let address = try? SocketAddress(ipAddress: endpoint.host, port: endpoint.port) {
            connected = bootstrap.connect(to: address)
        } else {
            connected = bootstrap.connect(host: endpoint.host, port: endpoint.port)
        }
        let mark = lag.mark()
        connected.assumeIsolated().whenFailure { error in
            let failure = self.connectFailure(error)
            let limit = self.endpoint.connectTimeLimit
            let isOurs = failure.kind == .timedOut && self.lag.wasLate(since: mark, waiting: limit)
            self.fail(isOurs ? self.sentences.overloaded(.answer, limit) : failure)
        }
    }

    /// Bytes that may lie here because the other side reads nothing: more than the windows of its channels. What it asks
    /// for meanwhile (RFC 4254, section 4) has to be answered all the same.
    static let unsentLimit = 8 << 20

    func tooMuchUnsent() {
        fail(
            sentences.tooMuch(
                LocalizedText(
                    fr: "il ne lit rien de ce qu'il demande", en: "it reads nothing of what it asks for")))
    }

    private func connectFailure(_ error: any Error) -> TransportFailure {
        switch error {
        case ChannelError.connectTimeout: return sentences.silentHost(endpoint.connectTimeLimit)
        case let error as IOError:
            return sentences.notConnected(errno: error.errnoCode, within: endpoint.connectTimeLimit)
        case let error as NIOConnectionError:
            // The addresses of a name, each with its own failure; the first one speaks for all.
            if let first = error.connectionErrors.first { return connectFailure(first.error) }
            return sentences.unreachable(
                LocalizedText(
                    fr: "le nom \(endpoint.host) est inconnu", en: "the name \(endpoint.host) is not known"))
        default:
            let said = BannerGate.printable("\(error)".utf8.prefix(120))
            return sentences.unreachable(LocalizedText(fr: "« \(said) »", en: "\(said)"))
        }
    }
}

extension FailureSentences {
    /// What connect(2) says, or socket(2): of the latter the other machine knows nothing.
    func notConnected(errno code: CInt, within limit: Duration) -> TransportFailure {
        switch code {
        case ECONNREFUSED, ECONNRESET: return closedPort
        case ETIMEDOUT: return silentHost(limit)
        case EMFILE, ENFILE, ENOBUFS, ENOMEM:
            let said = systemMessage(code)
            return failure(
                .graderOverloaded,
                fr: """
                    le correcteur n'a pas pu ouvrir de connexion vers \(address) (\(said)) : on ne sait rien ; évaluer \
                    cet étudiant à nouveau, avec moins d'étudiants à la fois (--jobs) ou plus de fichiers (ulimit -n).
                    """,
                en: """
                    the grader could open no connection to \(address) (\(said)): nothing is known; grade this one \
                    again, with fewer at once (--jobs) or more files (ulimit -n).
                    """)
        default: return unreachable(systemMessage(code))
        }
    }
}

extension LoopClock {
    init(_ loop: any EventLoop) {
        self.init { delay, body in loop.scheduleTask(in: .init(delay)) { body() } }
    }
}

/// Moves bytes between a TCP channel and a connection; nothing else.
final class SSHChannelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: SSHConnection

    init(_ connection: SSHConnection) { self.connection = connection }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        connection.start(
            over: SSHConnection.Carrier(
                send: { channel.writeAndFlush(ByteBuffer(bytes: $0), promise: nil) },
                close: { channel.close(mode: .all, promise: nil) },
                read: { try? channel.syncOptions?.setOption(.autoRead, value: $0) }))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unwrapInboundIn(data).withUnsafeReadableBytes { connection.receive($0) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection.receiveDone()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable { connection.tooMuchUnsent() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.carrierEnded()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset comes as an error first; the channel is closed with it.
        connection.carrierEnded()
        context.close(mode: .all, promise: nil)
    }
}
