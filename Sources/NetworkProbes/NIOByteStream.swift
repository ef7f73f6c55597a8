import GraderCore
import NIOCore

/// A byte stream over a NIO channel (made with `autoRead` off) that reads only when somebody wants bytes: what nobody
/// reads stays in the kernel's buffer, TCP's window closes, and a flooding server waits.
struct NIOByteStream: ByteStream {
    private let channel: any Channel
    private let inbound: NIOLoopBound<InboundBuffer>

    /// For a channel that is being set up, on its event loop: nothing can have arrived yet.
    init(settingUp channel: any Channel) throws {
        let buffer = InboundBuffer(eventLoop: channel.eventLoop)
        try channel.pipeline.syncOperations.addHandler(buffer)
        self.channel = channel
        self.inbound = NIOLoopBound(buffer, eventLoop: channel.eventLoop)
    }

    /// Both ends of the connection, where it still stands.
    var addresses: (local: SocketAddress?, remote: SocketAddress?) {
        (channel.localAddress, channel.remoteAddress)
    }

    /// Writes all of `bytes`; returns when the kernel has taken them, so a peer that does not read holds the
    /// writer up and not the memory. Cancelling the task closes the connection.
    func write(_ bytes: [UInt8]) async throws(DialFailure) {
        guard !bytes.isEmpty else { return }
        let channel = self.channel
        try await value(while: LocalizedText(fr: "envoi", en: "sending")) {
            channel.writeAndFlush(ByteBuffer(bytes: bytes))
        }
    }

    /// The next bytes, at most what one receive of the system brings; empty at the end of the stream.
    /// Cancelling the task closes the connection.
    func read() async throws(DialFailure) -> [UInt8] {
        let inbound = self.inbound
        let loop = channel.eventLoop
        return try await value(while: LocalizedText(fr: "réception", en: "receiving")) {
            loop.flatSubmit { inbound.value.next() }
        }
    }

    func close() async {
        // A channel that is closed already says so by an error; closed is what was wanted.
        try? await channel.close().get()
    }

    private func value<Value: Sendable>(
        while action: LocalizedText, _ start: @Sendable () -> EventLoopFuture<Value>
    ) async throws(DialFailure) -> Value {
        do {
            return try await withTaskCancellationHandler {
                try await start().get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            throw DialFailure(Task.isCancelled ? CancellationError() : error, doing: action)
        }
    }
}

/// The last handler of a byte stream's channel: keeps what arrived until it is asked for, and asks the channel
/// for more only then. Lives on the channel's event loop.
final class InboundBuffer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let eventLoop: any EventLoop
    private var context: ChannelHandlerContext?
    private var received = ByteBuffer()
    /// What the stream ended with: nothing, or a failure.
    private var ending: Result<[UInt8], any Error>?
    private var waiting: EventLoopPromise<[UInt8]>?

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// The next bytes, once there are any; empty at the end of the stream. One caller at a time.
    func next() -> EventLoopFuture<[UInt8]> {
        let promise = eventLoop.makePromise(of: [UInt8].self)
        guard waiting == nil else {
            promise.fail(
                DialFailure(
                    .other, fr: "réception : deux lecteurs à la fois sur une même connexion",
                    en: "receiving: two readers at once on one connection"))
            return promise.futureResult
        }
        waiting = promise
        deliver()
        if waiting != nil { context?.read() }
        return promise.futureResult
    }

    private func deliver() {
        guard let promise = waiting else { return }
        if received.readableBytes > 0 {
            let bytes = Array(received.readableBytesView)
            received.clear()
            waiting = nil
            promise.succeed(bytes)
        } else if let ending {
            waiting = nil
            promise.completeWith(ending)
        }
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = Self.unwrapInboundIn(data)
        if received.readableBytes == 0 {
            received = bytes
        } else {
            received.writeBuffer(&bytes)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        deliver()
        // A receive may bring nothing after all (a spurious wake-up): the reader still waits.
        if waiting != nil { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { end(.success([])) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.failure(error))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.failure(ChannelError.ioOnClosedChannel))
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        // The context holds this handler, so this handler must not hold the context any longer.
        self.context = nil
        end(.failure(ChannelError.ioOnClosedChannel))
    }

    private func end(_ ending: Result<[UInt8], any Error>) {
        // The first reason is the true one; what follows is its consequence.
        if self.ending == nil { self.ending = ending }
        deliver()
    }
}
