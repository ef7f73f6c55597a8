import Foundation
import NIOCore
import Synchronization

/// Bounds on what strangers can hold open: so many connections from one address and in all, and none on which nothing was
/// written for a minute. (A stream of events has its beat; a request that does not end, or an answer that nobody reads,
/// has nothing.) Where all places are taken, whoever holds most gives one up to another: nobody can lock others out.
final class ConnectionLimits: Sendable {
    private struct State {
        var all = 0
        /// By address, the oldest first.
        var open: [String: [any Channel]] = [:]
    }
    private let most: Int
    private let mostFromOne: Int
    private let state = Mutex(State())
    private static let silence: TimeAmount = .seconds(60)

    /// - Parameter most: in all; half of them may be one address's.
    init(most: Int) {
        self.most = most
        mostFromOne = max(most / 2, 1)
    }

    /// A browser opens six connections to one place; a class behind one address is a class.
    static func most(students: Int) -> Int { 2 * (64 + 6 * students) }

    func handlers() -> [any RemovableChannelHandler] {
        [IdleStateHandler(writeTimeout: Self.silence), Handler(limits: self)]
    }

    /// False where the address has too many, or holds most and all places are taken.
    private func enter(_ address: String, _ channel: any Channel) -> Bool {
        let (isIn, other) = state.withLock { state -> (Bool, (any Channel)?) in
            guard state.open[address]?.count ?? 0 < mostFromOne else { return (false, nil) }
            var other: (any Channel)?
            if state.all >= most {
                guard let greediest = state.open.max(by: { $0.value.count < $1.value.count }),
                    greediest.key != address
                else { return (false, nil) }
                other = state.open[greediest.key]?.removeFirst()
                state.all -= 1
            }
            state.open[address, default: []].append(channel)
            state.all += 1
            return (true, other)
        }
        other?.close(promise: nil)
        return isIn
    }

    private func leave(_ address: String, _ channel: any Channel) {
        state.withLock { state in
            // One that gave its place up is counted no more.
            guard let index = state.open[address]?.firstIndex(where: { $0 === channel }) else { return }
            state.open[address]?.remove(at: index)
            if state.open[address]?.isEmpty == true { state.open[address] = nil }
            state.all -= 1
        }
    }

    private final class Handler: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = Any
        private let limits: ConnectionLimits
        private var address: String?

        init(limits: ConnectionLimits) { self.limits = limits }

        func handlerAdded(context: ChannelHandlerContext) {
            let address = context.remoteAddress?.ipAddress ?? ""
            if limits.enter(address, context.channel) {
                self.address = address
            } else {
                context.close(promise: nil)
            }
        }

        func channelInactive(context: ChannelHandlerContext) {
            if let address { limits.leave(address, context.channel) }
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
