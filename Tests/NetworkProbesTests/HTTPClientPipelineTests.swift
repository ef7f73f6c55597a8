import GraderCore
import Testing

@testable import NetworkProbes

/// The machine without a connection: everything here is synchronous, on one thread, as it demands.
@Suite struct HTTPClientPipelineTests {
    private static let answers = [
        "HTTP/1.1 200 OK\r\nServer: Apache\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=\"b\"\r\nlo\r\n0\r\nT: x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nX:\r\n\r\n",
        "HTTP/1.0 302 Found\r\nLocation: /\r\nConnection: close\r\n\r\n<html></html>",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\u{1}\u{2}",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
    ].map { Array($0.utf8) }

    private static func request(tls: Bool) -> HTTPProbeRequest {
        HTTPProbeRequest(
            address: "127.0.0.1", port: 1, tls: tls, host: "www.example.org", target: "/", userAgent: "t")
    }

    /// Whatever a server sends, in whatever pieces: nothing crashes, the bounds hold, and what is complete has
    /// a head. Every run tries the same 3000 answers.
    @Test(arguments: [false, true])
    func damagedAnswersDoNoHarm(tls: Bool) throws {
        var random = SplitMix64(state: tls ? 1 : 2)
        for _ in 0..<(tls ? 500 : 2500) {
            let pipeline = try HTTPClientPipeline(Self.request(tls: tls), bodyLimit: 4)
            defer { pipeline.tearDown() }
            for piece in damaged(Self.answers, with: &random) {
                if pipeline.isDone { break }
                pipeline.receive(piece)
                _ = pipeline.takeOutbound()
            }
            if !pipeline.isDone { pipeline.receiveEnd() }
            let collector = pipeline.collector
            #expect(collector.body.count <= 4)
            #expect(!collector.isComplete || collector.head != nil)
            #expect(collector.head == nil || !tls, "what is no TLS gives no response")
        }
    }

    @Test(arguments: [false, true])
    func nothingIsKeptAliveAfterwards(tls: Bool) throws {
        weak var collector: HTTPResponseCollector?
        weak var machine: HTTPClientPipeline?
        do {
            let pipeline = try HTTPClientPipeline(Self.request(tls: tls), bodyLimit: 4)
            collector = pipeline.collector
            machine = pipeline
            pipeline.receive(Self.answers[0])
            pipeline.tearDown()
        }
        #expect(collector == nil)
        #expect(machine == nil)
    }

    @Test func tearingDownTwiceIsHarmless() throws {
        let pipeline = try HTTPClientPipeline(Self.request(tls: false), bodyLimit: 4)
        pipeline.receiveEnd()
        pipeline.tearDown()
        pipeline.tearDown()
        #expect(pipeline.isDone)
    }

    /// One of `answers` with some bytes changed, left out or doubled, in pieces.
    private func damaged(_ answers: [[UInt8]], with random: inout SplitMix64) -> [[UInt8]] {
        var bytes = answers.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] = .random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
            default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
            }
        }
        var pieces: [[UInt8]] = []
        while !bytes.isEmpty {
            let count = Int.random(in: 1...bytes.count, using: &random)
            pieces.append(Array(bytes.prefix(count)))
            bytes.removeFirst(count)
        }
        return pieces
    }
}

/// A small generator with a known start, so that a failure can be had again (Steele, Lea, Flood 2014).
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
