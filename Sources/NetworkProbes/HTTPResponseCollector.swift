import NIOCore
import NIOHTTP1

/// The last handler of an HTTP exchange: keeps the final response's head and as much of its body as is wanted,
/// and the first thing that went wrong.
final class HTTPResponseCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let bodyLimit: Int
    private(set) var head: HTTPResponseHead?
    private(set) var body: [UInt8] = []
    /// More body came than is kept.
    private(set) var isOverLimit = false
    /// The response ended as its framing says it ends.
    private(set) var isComplete = false
    private(set) var failure: (any Error)?
    /// What comes now is the grader's own doing, not the server's.
    private var isSealed = false

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// Nothing that could still come would change what is kept.
    var isDone: Bool { isComplete || isOverLimit || failure != nil }

    /// From now on nothing changes any more.
    func seal() { isSealed = true }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // One request, one response: what a server sends after it is not ours.
        guard !isDone, !isSealed else { return }
        switch Self.unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
        case .body(let part):
            let room = bodyLimit - body.count
            body.append(contentsOf: part.readableBytesView.prefix(room))
            isOverLimit = part.readableBytes > room
        case .end:
            isComplete = true
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isDone, !isSealed else { return }
        failure = error
    }
}
