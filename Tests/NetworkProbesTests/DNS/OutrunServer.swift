import NIOCore
import NIOPosix

/// Answers a datagram after somebody else has sent a forged answer to the same asker.
final class Outrun: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>
    typealias Answer = @Sendable ([UInt8]) -> [UInt8]

    private let stranger: any Channel
    private let forged: Answer
    private let honest: Answer
    private let note: @Sendable (Int) -> Void

    init(
        by stranger: any Channel, forged: @escaping Answer, true honest: @escaping Answer,
        note: @escaping @Sendable (Int) -> Void
    ) {
        self.stranger = stranger
        self.forged = forged
        self.honest = honest
        self.note = note
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let query = Self.unwrapInboundIn(data)
        let bytes = Array(query.data.readableBytesView)
        note(query.remoteAddress.port ?? 0)
        func datagram(_ answer: [UInt8]) -> AddressedEnvelope<ByteBuffer> {
            AddressedEnvelope(remoteAddress: query.remoteAddress, data: ByteBuffer(bytes: answer))
        }
        let answer = datagram(honest(bytes))
        let channel = context.channel
        stranger.writeAndFlush(datagram(forged(bytes))).whenComplete { _ in
            channel.writeAndFlush(answer, promise: nil)
        }
    }
}
