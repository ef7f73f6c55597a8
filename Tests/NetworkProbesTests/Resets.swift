import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

final class ResetsAtFirstByte: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reset(context.channel)
    }
}

final class ResetsAtOnce: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelActive(context: ChannelHandlerContext) { reset(context.channel) }
}

/// Ends the connection with a RST: `SO_LINGER` of zero, `socket(7)`.
private func reset(_ channel: any Channel) {
    guard let options = channel as? any SocketOptionProvider else { return }
    options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenSuccess { channel.close(promise: nil) }
}
