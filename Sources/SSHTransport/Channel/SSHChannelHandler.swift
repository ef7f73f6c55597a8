import NIOCore

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
                close: { channel.close(mode: .all, promise: nil) }))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unwrapInboundIn(data).withUnsafeReadableBytes { connection.receive($0) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection.receiveDone()
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
