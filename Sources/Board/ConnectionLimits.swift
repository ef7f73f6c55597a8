import Foundation
import NIOCore
import Synchronization

/// Bounds on what strangers can hold open: so many connections in all and from one address, and none on which nothing
/// was written for a minute. (A stream of events has its beat; a request that does not end, or an answer that nobody
/// reads, has nothing.)
final class ConnectionLimits: Sendable {
    private let most: Int
    private let mostFromOne: Int
    private let open = Mutex<(all: Int, byAddress: [String: Int])>((0, [:]))
    private static let silence: TimeAmount = .seconds(60)

    /// A browser opens six connections to one place; a class behind one address is a class.
    init(students: Int) {
        mostFromOne = 64 + 6 * students
        most = 2 * mostFromOne
    }

    func handlers() -> [any RemovableChannelHandler] {
        [IdleStateHandler(writeTimeout: Self.silence), Handler(limits: self)]
    }

    private func enter(_ address: String) -> Bool {
        open.withLock { open in
            guard open.all < most, open.byAddress[address, default: 0] < mostFromOne else { return false }
            open.all += 1
            open.byAddress[address, default: 0] += 1
            return true
        }
    }

    private func leave(_ address: String) {
        open.withLock { open in
            open.all -= 1
            let left = open.byAddress[address, default: 1] - 1
            open.byAddress[address] = left > 0 ? left : nil
        }
    }

    private final class Handler: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = Any
        private let limits: ConnectionLimits
        private var address: String?

        init(limits: ConnectionLimits) { self.limits = limits }

        func handlerAdded(context: ChannelHandlerContext) {
            let address = context.remoteAddress?.ipAddress ?? ""
            if limits.enter(address) {
                self.address = address
            } else {
                context.close(promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            if let address { limits.leave(address) }
            address = nil
            context.fireChannelInactive()
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if case IdleStateHandler.IdleStateEvent.write? = event as? IdleStateHandler.IdleStateEvent {
                context.close(promise: nil)
            } else {
                context.fireUserInboundEventTriggered(event)
            }
        }
    }
}
