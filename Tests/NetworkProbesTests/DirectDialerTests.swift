import GraderCore
import NIOCore
import NIOPosix
import Testing

@testable import NetworkProbes

@Suite struct DirectDialerTests {
    let dialer = DirectDialer(eventLoopGroup: .singletonMultiThreadedEventLoopGroup)

    /// Reads until the end of the stream.
    private func readAll(_ stream: any ByteStream) async throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let bytes = try await stream.read()
            if bytes.isEmpty { return all }
            all += bytes
        }
    }

    @Test func carriesBytesBothWaysAndSeesTheEnd() async throws {
        let payload = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try await LoopbackServer.running(handlers: { [CountedEcho(bytes: payload.count)] }) { server in
            let stream = try await dialer.dial(host: "127.0.0.1", port: server.port, timeLimit: .seconds(10))
            async let received = readAll(stream)
            try await stream.write(payload)
            #expect(try await received == payload)
            #expect(try await stream.read().isEmpty, "the end stays the end")
            await stream.close()
        }
    }

    @Test func aClosedPortIsRefused() async throws {
        try await LoopbackServer.withClosedPort { port in
            let failure = await #expect(throws: DialFailure.self) {
                _ = try await dialer.dial(host: "127.0.0.1", port: port, timeLimit: .seconds(10))
            }
            #expect(failure?.kind == .refused)
        }
    }

    @Test(arguments: ["localhost", "", "127.0.0.1.5", "127.0.0.1 "])
    func namesAreNotLookedUp(host: String) async {
        let failure = await #expect(throws: DialFailure.self) {
            _ = try await dialer.dial(host: host, port: 1, timeLimit: .seconds(10))
        }
        #expect(failure?.kind == .other)
        #expect(failure?.message.en.contains("is not an IP address") == true)
    }

    @Test(arguments: [0, -1, 65536, .max])
    func onlyTCPPortsAreDialled(port: Int) async {
        let failure = await #expect(throws: DialFailure.self) {
            _ = try await dialer.dial(host: "127.0.0.1", port: port, timeLimit: .seconds(10))
        }
        #expect(failure?.message.en.contains("is not a TCP port") == true)
    }

    @Test func noTimeLeftIsATimeOut() async throws {
        let failure = await #expect(throws: DialFailure.self) {
            _ = try await dialer.dial(host: "127.0.0.1", port: 1, timeLimit: .zero)
        }
        #expect(failure?.kind == .timedOut)
    }

    @Test func aResetIsToldFromAnEnd() async throws {
        try await LoopbackServer.running(handlers: { [ResetsAtFirstByte()] }) { server in
            let stream = try await dialer.dial(host: "127.0.0.1", port: server.port, timeLimit: .seconds(10))
            try await stream.write([1])
            let failure = await #expect(throws: DialFailure.self) { _ = try await stream.read() }
            #expect(failure?.kind == .reset)
            await stream.close()
        }
    }

    @Test func cancellingAReadEndsItAndClosesTheConnection() async throws {
        let (closures, closed) = AsyncStream.makeStream(of: Void.self)
        try await LoopbackServer.running(handlers: { [ReportsClosure(closed)] }) { server in
            let stream = try await dialer.dial(host: "127.0.0.1", port: server.port, timeLimit: .seconds(10))
            let reading = Task { try await stream.read() }
            reading.cancel()
            await #expect(throws: DialFailure.self) { _ = try await reading.value }
            // Comes only when the server sees its connection end.
            for await _ in closures { break }
        }
    }

    @Test func aCancelledDialGivesUp() async throws {
        try await LoopbackServer.running(handlers: { [Echo()] }) { server in
            let dialling = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await dialer.dial(
                    host: "127.0.0.1", port: server.port, timeLimit: .seconds(10))
            }
            let failure = await #expect(throws: DialFailure.self) { _ = try await dialling.value }
            #expect(failure?.message.en.contains("given up") == true)
        }
    }

    @Test func aFloodWaitsInTheServer() async throws {
        // One loop for both sides, so that every turn of it lets both of them do what they can.
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let flood = Flood.Count()
        let server = try await LoopbackServer.start(on: loop) { [Flood(flood)] }
        let stream = try await DirectDialer(eventLoopGroup: loop).dial(
            host: "127.0.0.1", port: server.port, timeLimit: .seconds(10))
        #expect(try await !stream.read().isEmpty)
        for _ in 0..<2000 { try await loop.submit {}.get() }
        #expect(flood.accepted < 16 << 20, "of \(Flood.total) bytes; the kernel's buffers are below this")
        await stream.close()
        try await server.channel.close()
    }
}

/// Sends back a fixed number of bytes, then closes.
private final class CountedEcho: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private var left: Int
    init(bytes: Int) { left = bytes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        left -= Self.unwrapInboundIn(data).readableBytes
        let written = context.writeAndFlush(data)
        let channel = context.channel
        if left <= 0 { written.whenComplete { _ in channel.close(promise: nil) } }
    }
}

private final class ReportsClosure: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let closed: AsyncStream<Void>.Continuation
    init(_ closed: AsyncStream<Void>.Continuation) { self.closed = closed }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { closed.yield() }
    }
    func channelInactive(context: ChannelHandlerContext) { closed.yield() }
}
