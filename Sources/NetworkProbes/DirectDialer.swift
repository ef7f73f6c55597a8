import GraderCore
import NIOCore
import NIOPosix
import Synchronization

/// Opens TCP connections from the grader's own machine.
public struct DirectDialer: StreamDialer {
    /// What the kernel may hold of bytes that nobody has read yet; with it, what a flooding server can make a
    /// connection take is bounded on both sides of the system call.
    static let receiveBufferBytes: Int = 64 * 1024

    private let eventLoopGroup: any EventLoopGroup

    /// - Parameter eventLoopGroup: whose loops the connections live on; it has to outlive them.
    public init(eventLoopGroup: any EventLoopGroup) {
        self.eventLoopGroup = eventLoopGroup
    }

    public var loops: [LoopClock] { LoopClock.all(of: eventLoopGroup) + [.tasks] }

    /// Connects within `timeLimit`. Cancelling the task gives the connection up at once.
    /// - Throws: ``DialFailure``, by nmap's distinctions.
    public func dial(
        host: String, port: Int, timeLimit: Duration
    ) async throws(DialFailure) -> any ByteStream {
        let address = try Self.socketAddress(host: host, port: port)
        guard timeLimit > .zero else {
            throw DialFailure(
                .timedOut, fr: "plus le temps de se connecter à \(host) port \(port)",
                en: "no time was left to connect to \(host) port \(port)")
        }
        let attempt = ConnectionAttempt()
        let lag = LagWatch(LoopClock.all(of: eventLoopGroup))
        let begin = lag.mark()
        let bootstrap = ClientBootstrap(group: eventLoopGroup)
            .connectTimeout(TimeAmount(timeLimit))
            .channelOption(.autoRead, value: false)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.socketOption(.so_rcvbuf), value: Self.receiveBufferBytes)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        do {
            return try await withTaskCancellationHandler {
                let stream = try await bootstrap.connect(to: address) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        attempt.started(channel)
                        return try NIOByteStream(settingUp: channel)
                    }
                }
                try await Self.refuseSelfConnection(stream)
                return stream
            } onCancel: {
                attempt.giveUp()
            }
        } catch let failure as DialFailure {
            throw failure
        } catch {
            throw DialFailure(
                Task.isCancelled ? CancellationError() : error,
                doing: LocalizedText(
                    fr: "connexion à \(host) port \(port)", en: "connecting to \(host) port \(port)")
            ).counted(lag.wasLate(since: begin, waiting: timeLimit))
        }
    }

    static func socketAddress(host: String, port: Int) throws(DialFailure) -> SocketAddress {
        guard (1...65535).contains(port) else {
            throw DialFailure(
                .other, fr: "\(port) n'est pas un port TCP : en donner un de 1 à 65535",
                en: "\(port) is not a TCP port: give one from 1 to 65535")
        }
        do {
            return try SocketAddress(ipAddress: host, port: port)
        } catch {
            throw DialFailure(
                .other, fr: "« \(host) » n'est pas une adresse IP : aucun nom n'est résolu ici",
                en: "“\(host)” is not an IP address: names are not looked up here")
        }
    }

    /// A closed port in the ephemeral range of this very machine can be answered by the connecting socket
    /// itself (TCP's simultaneous open); nobody listens there all the same.
    private static func refuseSelfConnection(_ stream: NIOByteStream) async throws {
        let (local, remote) = stream.addresses
        guard let local, local == remote else { return }
        await stream.close()
        throw DialFailure(
            .refused, fr: "personne n'écoute : la connexion s'est atteinte elle-même",
            en: "nobody listens: the connection reached itself")
    }
}

extension LoopClock {
    init(_ loop: any EventLoop) {
        self.init { delay, body in loop.scheduleTask(in: TimeAmount(delay)) { body() } }
    }

    /// Of each of the group's event loops.
    public static func all(of group: any EventLoopGroup) -> [LoopClock] {
        group.makeIterator().map(LoopClock.init)
    }
}

extension DialFailure {
    /// A time-out counts only where the grader itself was on time.
    func counted(_ isGraderLate: Bool) -> DialFailure {
        isGraderLate && kind == .timedOut ? DialFailure(.overloaded, message) : self
    }
}

extension TransportFailure {
    /// Time was up while the grader itself was late.
    static func overloaded(_ what: LocalizedText) -> TransportFailure {
        TransportFailure(
            .graderOverloaded,
            fr: """
                \(what) : pas de réponse à temps, mais le correcteur était trop chargé pour écouter : on ne sait rien ; \
                évaluer cet étudiant à nouveau, avec moins d'étudiants à la fois (--jobs).
                """,
            en: """
                \(what) did not answer in time, but the grader was too busy to listen: nothing is known; grade this one \
                again, with fewer at once (--jobs).
                """)
    }
}

/// A connection in the making, so that it can be given up: NIO's connect future cannot be cancelled, its
/// channel can be closed.
private final class ConnectionAttempt: Sendable {
    private struct State {
        var channel: (any Channel)?
        var isGivenUp = false
    }
    private let state = Mutex(State())

    func started(_ channel: any Channel) {
        let isGivenUp = state.withLock { state in
            state.channel = channel
            return state.isGivenUp
        }
        if isGivenUp { channel.close(promise: nil) }
    }

    func giveUp() {
        let channel = state.withLock { state in
            state.isGivenUp = true
            return state.channel
        }
        channel?.close(promise: nil)
    }
}
