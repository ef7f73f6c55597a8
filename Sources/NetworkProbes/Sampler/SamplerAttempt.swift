import GraderCore
import NIOCore
import NIOHTTP1
import NIOPosix

/// One attempt of the sampler: connects, and asks where there is a request; its outcome comes once, at its
/// deadline at the latest.
enum SamplerAttempt {
    /// Below the kernel's first retransmission of a SYN (one second; RFC 6298), so that an attempt is one SYN.
    static let connectLimit: TimeAmount = .milliseconds(900)
    /// For the whole of a request, its connection included.
    static let requestLimit: TimeAmount = .seconds(2)
    /// More of a page is not read: the answer counts as complete.
    static let bodyLimit = 1 << 20
    /// Nor of what surrounds it: interim responses (1xx) have no end by themselves, and several attempts go on at once.
    static let arrivalLimit = bodyLimit + (256 << 10)

    static func connect(
        to address: SocketAddress, on loop: any EventLoop
    ) -> EventLoopFuture<ServiceSample.Outcome> {
        ClientBootstrap(group: loop).connectTimeout(connectLimit).connect(to: address)
            .map { channel in
                channel.close(promise: nil)
                return .accepted
            }
            .flatMapErrorThrowing { outcome(of: $0) }
    }

    static func request(
        _ request: HTTPProbeRequest, to address: SocketAddress, on loop: any EventLoop
    ) -> EventLoopFuture<ServiceSample.Outcome> {
        let promise = loop.makePromise(of: ServiceSample.Outcome.self)
        let connected = ClientBootstrap(group: loop).connectTimeout(connectLimit)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(ArrivalCounter(limit: arrivalLimit))
                    try pipeline.addHandlers(HTTPClientHandlers.make(for: request))
                    try pipeline.addHandler(
                        SamplerRequestHandler(request: request, bodyLimit: bodyLimit, outcome: promise))
                }
            }
            .connect(to: address)
        let limit = loop.scheduleTask(in: requestLimit) {
            promise.succeed(.noAnswer)
        }
        connected.whenFailure { promise.succeed(outcome(of: $0)) }
        promise.futureResult.whenComplete { _ in
            limit.cancel()
            connected.whenSuccess { $0.close(promise: nil) }
        }
        return promise.futureResult
    }

    /// An attempt whose time was up long after its limit was not listened to: it says nothing about the service.
    static func counted(_ outcome: ServiceSample.Outcome, after time: TimeAmount) -> ServiceSample.Outcome {
        switch outcome {
        case .silent where time > connectLimit + tolerance, .noAnswer where time > requestLimit + tolerance:
            .ownFailure
        default: outcome
        }
    }
    private static let tolerance = TimeAmount.milliseconds(250)

    /// What a failed connection says about the other side.
    static func outcome(of error: any Error) -> ServiceSample.Outcome {
        switch DialFailure(error, doing: LocalizedText(fr: "échantillonnage", en: "sampling")).kind {
        case .refused: .refused
        case .timedOut: .silent
        case .unreachable, .prohibited: .unreachable
        case .reset: .reset
        case .other, .overloaded: .ownFailure
        }
    }
}

/// Says so once more bytes came than are wanted, and hands none of them on.
private final class ArrivalCounter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    struct IsExceeded {}

    private var rest: Int

    init(limit: Int) { rest = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        rest -= unwrapInboundIn(data).readableBytes
        guard rest < 0 else { return context.fireChannelRead(data) }
        context.fireUserInboundEventTriggered(IsExceeded())
    }
}

/// Sends one request and waits for the end of its answer.
private final class SamplerRequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let request: HTTPProbeRequest
    private let outcome: EventLoopPromise<ServiceSample.Outcome>
    private let bodyLimit: Int
    private var status: Int?
    private var bodyBytes = 0
    private var isDone = false

    init(request: HTTPProbeRequest, bodyLimit: Int, outcome: EventLoopPromise<ServiceSample.Outcome>) {
        self.request = request
        self.bodyLimit = bodyLimit
        self.outcome = outcome
    }

    func channelActive(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(HTTPRequestHead(request))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): status = Int(head.status.code)  // bounded: the codec takes three digits
        case .body(let buffer):
            bodyBytes += buffer.readableBytes
            if bodyBytes > bodyLimit { finish(context) }
        case .end: finish(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ArrivalCounter.IsExceeded { finish(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.noAnswer, context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.noAnswer, context)
        context.fireChannelInactive()
    }

    private func finish(_ context: ChannelHandlerContext) {
        end(status.map { .answered($0) } ?? .noAnswer, context)
    }

    private func end(_ value: ServiceSample.Outcome, _ context: ChannelHandlerContext) {
        guard !isDone else { return }
        isDone = true
        outcome.succeed(value)
        context.close(promise: nil)
    }
}
