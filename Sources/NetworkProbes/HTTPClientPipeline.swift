import GraderCore
import NIOCore
import NIOEmbedded
import NIOHTTP1

/// An HTTP/1.1 client, with TLS where asked for, as a machine that does no input and output of its own: bytes
/// from the connection go in, bytes for it come out. NIO's own handlers (llhttp, BoringSSL) do the work, so the
/// same code serves any `ByteStream`.
///
/// Belongs to one thread from beginning to end, as its `EmbeddedEventLoop` does. `tearDown` has to be called.
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
