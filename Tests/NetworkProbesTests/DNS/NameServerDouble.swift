import NIOCore
import NIOPosix

/// A name server on 127.0.0.1 that answers what the test says, over UDP and over TCP on the same port.
struct NameServerDouble {
    typealias Answers = @Sendable ([UInt8]) -> [[UInt8]]

    let port: Int
    private let datagrams: any Channel
    private let streams: (any Channel)?

    /// - Parameters:
    ///   - udp: the datagrams sent back for one that came.
    ///   - tcp: the chunks sent back for a whole query without its length, after which the connection ends; nil:
    ///     nobody listens.
    static func running(
        udp: @escaping Answers, tcp: Answers? = nil, _ body: (NameServerDouble) async throws -> Void
    ) async throws {
        let server = try await start(udp: udp, tcp: tcp)
        do {
            try await body(server)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private static func start(udp: @escaping Answers, tcp: Answers?) async throws -> NameServerDouble {
        let group = MultiThreadedEventLoopGroup.singleton
        var attempts = 0
        while true {
            let datagrams = try await DatagramBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(DatagramAnswerer(udp))
                    }
                }
                .bind(host: "127.0.0.1", port: 0).get()
            guard let port = datagrams.localAddress?.port else { throw ChannelError.unknownLocalAddress }
            guard let tcp else { return NameServerDouble(port: port, datagrams: datagrams, streams: nil) }
            do {
                let streams = try await ServerBootstrap(group: group)
                    .childChannelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(StreamAnswerer(tcp))
                        }
                    }
                    .bind(host: "127.0.0.1", port: port).get()
                return NameServerDouble(port: port, datagrams: datagrams, streams: streams)
            } catch {
                // Somebody has the same port of TCP: take another.
                try await datagrams.close()
                attempts += 1
                if attempts == 20 { throw error }
            }
        }
    }

    private func stop() async {
        try? await datagrams.close()
        try? await streams?.close()
    }

    /// A port of UDP that answers “port unreachable” and that nobody else can take: its socket listens to one
    /// other peer only.
    static func withClosedPort(_ body: (Int) async throws -> Void) async throws {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: 9).get()
        guard let port = channel.localAddress?.port else { throw ChannelError.unknownLocalAddress }
        try await body(port)
        try await channel.close()
    }
}

private final class DatagramAnswerer: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>
    private let answers: NameServerDouble.Answers

    init(_ answers: @escaping NameServerDouble.Answers) { self.answers = answers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let query = Self.unwrapInboundIn(data)
        for answer in answers(Array(query.data.readableBytesView)) {
            let datagram = AddressedEnvelope(
                remoteAddress: query.remoteAddress, data: ByteBuffer(bytes: answer))
            context.write(wrapOutboundOut(datagram), promise: nil)
        }
        context.flush()
    }
}

private final class StreamAnswerer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    private let answers: NameServerDouble.Answers
    private var received = ByteBuffer()

    init(_ answers: @escaping NameServerDouble.Answers) { self.answers = answers }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.writeImmutableBuffer(Self.unwrapInboundIn(data))
        guard let query = received.readLengthPrefixedSlice(as: UInt16.self) else { return }
        for chunk in answers(Array(query.readableBytesView)) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: chunk)), promise: nil)
        }
        context.close(promise: nil)
    }
}

extension [UInt8] {
    /// A message as TCP carries it.
    var lengthPrefixed: [UInt8] { [UInt8(count >> 8), UInt8(count & 0xFF)] + self }
}
