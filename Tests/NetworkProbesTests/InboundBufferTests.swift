import GraderCore
import NIOCore
import NIOEmbedded
import Testing

@testable import NetworkProbes

/// The reading side of a byte stream, on a channel whose events the test makes itself.
@Suite struct InboundBufferTests {
    private let channel: EmbeddedChannel
    private let buffer: InboundBuffer

    init() throws {
        let loop = EmbeddedEventLoop()
        buffer = InboundBuffer(eventLoop: loop)
        channel = EmbeddedChannel(handler: buffer, loop: loop)
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 0), promise: nil)
    }

    /// What a read came to, which has to be known already.
    private func outcome(_ read: EventLoopFuture<[UInt8]>) -> Result<[UInt8], any Error>? {
        var outcome: Result<[UInt8], any Error>?
        read.assumeIsolated().whenComplete { outcome = $0 }
        return outcome
    }

    private func bytes(_ read: EventLoopFuture<[UInt8]>) -> [UInt8]? {
        try? outcome(read)?.get()
    }

    private func arrive(_ text: String) {
        channel.pipeline.syncOperations.fireChannelRead(NIOAny(ByteBuffer(string: text)))
    }

    @Test func whatCameBeforeTheReaderIsGivenAtOnce() throws {
        arrive("ab")
        arrive("cd")
        channel.pipeline.syncOperations.fireChannelReadComplete()
        #expect(bytes(buffer.next()) == Array("abcd".utf8))
        let next = buffer.next()
        #expect(outcome(next) == nil)
        arrive("e")
        channel.pipeline.syncOperations.fireChannelReadComplete()
        #expect(bytes(next) == Array("e".utf8))
        _ = try channel.finish()
    }

    @Test func theEndComesAfterTheBytesAndStays() throws {
        arrive("ab")
        channel.pipeline.syncOperations.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(bytes(buffer.next()) == Array("ab".utf8))
        #expect(bytes(buffer.next()) == [])
        _ = try channel.finish()
        #expect(bytes(buffer.next()) == [], "closing afterwards makes no failure of an end")
    }

    @Test func aFailureComesAfterTheBytesAndStays() throws {
        arrive("ab")
        let reset = IOError(errnoCode: 104, reason: "reset")
        channel.pipeline.syncOperations.fireErrorCaught(reset)
        #expect(bytes(buffer.next()) == Array("ab".utf8))
        for _ in 0..<2 {
            guard case .failure(let error as IOError)? = outcome(buffer.next()) else {
                Issue.record("no failure")
                return
            }
            #expect(error.errnoCode == 104)
        }
        #expect(!channel.isActive, "a connection that failed is closed")
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test func closingWakesTheReader() throws {
        let waiting = buffer.next()
        _ = try channel.finish()
        guard case .failure? = outcome(waiting) else {
            Issue.record("still waiting")
            return
        }
    }

    @Test func twoReadersAtOnceAreRefused() throws {
        let first = buffer.next()
        guard case .failure(let failure as DialFailure)? = outcome(buffer.next()) else {
            Issue.record("a second reader was let in")
            return
        }
        #expect(failure.message.en.contains("two readers"))
        arrive("a")
        channel.pipeline.syncOperations.fireChannelReadComplete()
        #expect(bytes(first) == Array("a".utf8), "the first one is served all the same")
        _ = try channel.finish()
    }
}
