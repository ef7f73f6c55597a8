import NIOCore
import Synchronization

/// Sends 64 MiB as fast as the other side takes them, and counts what the kernel accepted.
final class Flood: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    static let total = 64 << 20

    final class Count: Sendable {
        private let bytes = Mutex(0)
        var accepted: Int { bytes.withLock { $0 } }
        func add(_ more: Int) { bytes.withLock { $0 += more } }
    }

    private let count: Count
    init(_ count: Count) { self.count = count }

    func channelActive(context: ChannelHandlerContext) {
        let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 64 << 10)
        let count = self.count
        for _ in 0..<(Self.total / piece.readableBytes) {
            context.write(NIOAny(piece)).whenSuccess { count.add(piece.readableBytes) }
        }
        context.flush()
    }
}
