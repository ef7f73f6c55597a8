import GraderCore
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOSSL

/// An HTTP/1.1 client, with TLS where asked for, as a machine that does no input and output of its own: NIO's handlers
/// (llhttp, BoringSSL) over any `ByteStream`. Belongs to one thread from beginning to end, as its `EmbeddedEventLoop`
/// does. `tearDown` has to be called.
final class HTTPClientPipeline {
    let collector: HTTPResponseCollector
    /// The request is on its way: with TLS, not before the handshake is over.
    private(set) var isRequestSent = false
    private let loop = EmbeddedEventLoop()
    private let channel: EmbeddedChannel
    private let wire = WireEnd()

    /// Starts the exchange: the first bytes for the connection are ready afterwards.
    init(_ request: HTTPProbeRequest, bodyLimit: Int) throws {
        collector = HTTPResponseCollector(bodyLimit: bodyLimit)
        channel = EmbeddedChannel(loop: loop)
        do {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(wire)
            try pipeline.addHandlers(HTTPClientHandlers.make(for: request))
            try pipeline.addHandler(collector)
            // The address is never used: an embedded channel connects to nothing.
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 0), promise: nil)
            pipeline.write(NIOAny(HTTPClientRequestPart.head(HTTPRequestHead(request))), promise: nil)
            let sent = loop.makePromise(of: Void.self)
            sent.futureResult.assumeIsolated().whenSuccess { [weak self] in self?.isRequestSent = true }
            pipeline.writeAndFlush(NIOAny(HTTPClientRequestPart.end(nil)), promise: sent)
        } catch {
            tearDown()
            throw error
        }
    }

    /// Nothing more is to be had: the response is complete, over its limit, or something failed.
    var isDone: Bool { collector.isDone || !channel.isActive }

    func receive(_ bytes: [UInt8]) {
        let pipeline = channel.pipeline.syncOperations
        pipeline.fireChannelRead(NIOAny(ByteBuffer(bytes: bytes)))
        pipeline.fireChannelReadComplete()
        loop.run()
    }

    /// The other side has ended the connection, which ends a response without a `Content-Length`.
    func receiveEnd() {
        wire.close()
        loop.run()
    }

    /// What has to be written to the connection now.
    func takeOutbound() -> [UInt8] { wire.take() }

    /// Ends the machine and lets go of its handlers; what the collector has stays as it is.
    func tearDown() {
        collector.seal()
        wire.close()
        loop.run()
    }
}

/// The first handler, where the connection would be: gathers what is to be sent, and closes from there, so
/// that TLS does not wait for an answer to its farewell (a hostile server would never give it).
private final class WireEnd: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private var context: ChannelHandlerContext?
    private var outbound: [UInt8] = []

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        outbound.append(contentsOf: Self.unwrapOutboundIn(data).readableBytesView)
        promise?.succeed()
    }

    func take() -> [UInt8] {
        defer { outbound = [] }
        return outbound
    }

    func close() { context?.close(promise: nil) }
}

/// NIO's own handlers for one request: TLS where asked for, the request's encoder, the response's decoder.
enum HTTPClientHandlers {
    /// What a response head (or trailer) may have at most; beyond it there is no response. the usual servers' defaults
    /// for requests are of this size (`LimitRequestFieldSize`, `LimitRequestFields`).
    static var headLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 * 1024
        limits.maxHeaderListSize = 128 * 1024
        limits.maxHeaderFieldCount = 256
        return limits
    }

    /// The decoder's type, made by whoever comes first while the others wait: two threads that both need it for the
    /// first time can crash in Swift 6.3's runtime (`isCanonicalStaticallySpecializedGenericMetadata` of a superclass that is
    /// not there yet): 53 of 3,000 processes that did nothing else, none with this.
    private static let decoderType: ByteToMessageHandler<HTTPResponseDecoder>.Type =
        ByteToMessageHandler<HTTPResponseDecoder>.self

    /// In their order in a pipeline, the connection's side first.
    /// - Throws: what NIOSSL says where TLS cannot be set up.
    static func make(for request: HTTPProbeRequest) throws -> [any ChannelHandler] {
        let tls = request.tls ? [try TLSClient.handler(serverName: request.serverName)] : []
        let decoder = decoderType.init(
            HTTPResponseDecoder(
                leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop,
                limitConfiguration: headLimits))
        return tls + [HTTPRequestEncoder(), decoder]
    }
}

extension HTTPRequestHead {
    /// Asks once, over a connection of its own.
    init(_ request: HTTPProbeRequest) {
        self.init(
            version: .http1_1, method: .GET, uri: request.target,
            headers: [
                "Host": request.host, "User-Agent": request.userAgent, "Accept": "*/*", "Connection": "close",
            ])
    }
}

/// The last handler of an HTTP exchange: keeps the final response's head and as much of its body as is wanted,
/// and the first thing that went wrong.
final class HTTPResponseCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let bodyLimit: Int
    private(set) var head: HTTPResponseHead?
    private(set) var body: [UInt8] = []
    /// More body came than is kept.
    private(set) var isOverLimit = false
    /// The response ended as its framing says it ends.
    private(set) var isComplete = false
    private(set) var failure: (any Error)?
    /// What comes now is the grader's own doing, not the server's.
    private var isSealed = false

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// Nothing that could still come would change what is kept.
    var isDone: Bool { isComplete || isOverLimit || failure != nil }

    /// From now on nothing changes any more.
    func seal() { isSealed = true }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // One request, one response: what a server sends after it is not ours.
        guard !isDone, !isSealed else { return }
        switch Self.unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
        case .body(let part):
            let room = bodyLimit - body.count
            body.append(contentsOf: part.readableBytesView.prefix(room))
            isOverLimit = part.readableBytes > room
        case .end:
            isComplete = true
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isDone, !isSealed else { return }
        failure = error
    }
}
