import Foundation
import GraderCore
import NIOCore
import NIOEmbedded
import Testing

@testable import NetworkProbes

/// The tries, in a time that the test makes pass.
@Suite struct DNSDatagramHandlerTests {
    private let query: [UInt8] = [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]

    private func running(
        _ body: (EmbeddedChannel, () throws -> DNSDatagramHandler.Ending?) throws -> Void
    ) throws {
        let loop = EmbeddedEventLoop()
        let server = try SocketAddress(ipAddress: "192.0.2.53", port: 53)
        let promise = loop.makePromise(of: DNSDatagramHandler.Ending.self)
        let result = NIOLoopBoundBox<DNSDatagramHandler.Ending?>(nil, eventLoop: loop)
        promise.futureResult.whenSuccess { result.value = $0 }
        let channel = EmbeddedChannel(
            handler: DNSDatagramHandler(
                query: query, id: 7, server: server,
                waits: DNSDatagramHandler.waits(within: .seconds(7)), ending: promise), loop: loop)
        try channel.connect(to: server).wait()
        try body(channel) { result.value }
        _ = try? channel.finish()
    }

    @Test func silenceIsAskedThreeTimesWaitingTwiceAsLongEachTime() throws {
        try running { channel, ending in
            var sentAfter: [Int] = []
            for second in 0..<7 {
                while let sent = try channel.readOutbound(as: ByteBuffer.self) {
                    #expect(Array(sent.readableBytesView) == query)
                    sentAfter.append(second)
                }
                #expect(try ending() == nil)
                channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            }
            #expect(sentAfter == [0, 1, 3])
            #expect(try ending()?.said == "asked 3 times, no answer")
            #expect(!channel.isActive)
        }
    }

    @Test func anotherIDIsNotAnAnswer() throws {
        try running { channel, ending in
            try channel.writeInbound(ByteBuffer(bytes: [0, 8] + query.dropFirst(2)))
            try channel.writeInbound(ByteBuffer(bytes: [0]))
            #expect(try ending() == nil)
            try channel.writeInbound(ByteBuffer(bytes: query))
            #expect(try ending() == .success(query))
            #expect(!channel.isActive)
        }
    }

    @Test func aLateAnswerToAnEarlierTryCounts() throws {
        try running { channel, ending in
            channel.embeddedEventLoop.advanceTime(by: .seconds(6))
            try channel.writeInbound(ByteBuffer(bytes: query))
            #expect(try ending() == .success(query))
        }
    }

    @Test func rubbishIsMentionedAndBounded() throws {
        try running { channel, ending in
            try channel.writeInbound(ByteBuffer(bytes: [1, 2, 3]))
            channel.embeddedEventLoop.advanceTime(by: .seconds(7))
            let expected = "asked 3 times, no answer; 1 datagrams that were no answer to it were thrown away"
            #expect(try ending()?.said == expected)
        }
        try running { channel, ending in
            for _ in 0..<DNSDatagramHandler.strayLimit {
                #expect(try ending() == nil)
                try channel.writeInbound(ByteBuffer(bytes: [1, 2, 3]))
            }
            guard case .failure(let failure) = try ending() else {
                Issue.record("not given up")
                return
            }
            #expect(failure.kind == .timedOut)
        }
    }

    @Test func aClosedPortEndsItAtOnce() throws {
        try running { channel, ending in
            channel.pipeline.fireErrorCaught(IOError(errnoCode: ECONNREFUSED, reason: "read"))
            guard case .failure(let failure) = try ending() else {
                Issue.record("goes on")
                return
            }
            #expect(failure.kind == .refused)
            #expect(failure.message.en == "asking 192.0.2.53 port 53: Connection refused")
        }
    }
}

extension DNSDatagramHandler.Ending {
    /// Why no answer came in time, in English.
    fileprivate var said: String? {
        if case .failure(let failure) = self, failure.kind == .timedOut { failure.message.en } else { nil }
    }
}
