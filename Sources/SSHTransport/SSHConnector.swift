import GraderCore
import NIOCore
import Synchronization

/// Makes log-ins, each on one of the event loops it is given: one serves one node for as long as it is graded.
public struct SSHConnector: Sendable {
    private let eventLoopGroup: any EventLoopGroup
    private let limit: WaitingLine
    private let jumpHosts = JumpHosts()
    private let turns: [ObjectIdentifier: NIOLoopBoundBox<CostlyTurns>]
    /// How the root shell is started; tests put their own `su` in.
    var rootCommandLine: @Sendable (Become) -> String? = { RootShellScript.commandLine($0) }

    /// What has to have been on time for a time-out to count; tests that are about something else have nothing.
    var watched: @Sendable (any EventLoop) -> [LoopClock] = { [LoopClock($0)] }

    /// - Parameter maximumHandshakes: log-ins under way at once; the rest wait. Their own time limits begin
    ///   when it is their turn.
    public init(eventLoopGroup: any EventLoopGroup, maximumHandshakes: Int = 16) {
        self.eventLoopGroup = eventLoopGroup
        limit = WaitingLine(maximumHandshakes)
        turns = Dictionary(
            eventLoopGroup.makeIterator().map {
                (ObjectIdentifier($0), .makeBoxSendingValue(CostlyTurns(), eventLoop: $0))
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Logs in. Nothing is tried twice, since servers punish failed log-ins.
    /// - Throws: every kind of failure but `.rootRefused`, which comes with the first command that needs root.
    public func connect(
        _ endpoint: SSHEndpoint, knownHosts: KnownHosts
    ) async throws(TransportFailure) -> any NodeSession {
        try await open(endpoint, knownHosts: knownHosts)
    }

    /// One of the log-ins under way. Given back once: at the end, or before where the host is silent, or takes its time
    /// over the key exchange, for which nobody has to wait: a class has more machines than that hang.
    private final class Place: Sendable {
        static let longest = TimeAmount.milliseconds(100)
        private let limit: WaitingLine
        private let isGivenBack = Atomic(false)

        init(_ limit: WaitingLine) { self.limit = limit }

        func giveBack() {
            if !isGivenBack.exchange(true, ordering: .relaxed) { limit.leave() }
        }
    }

    /// Whoever waits for a jump host is no log-in under way: each has its place only once its own turn has come there.
    private func open(
        _ endpoint: SSHEndpoint, knownHosts: KnownHosts
    ) async throws(TransportFailure) -> SSHSession {
        guard let jump = endpoint.proxyJump else {
            return try await open(endpoint, knownHosts: knownHosts, through: nil)
        }
        let outer: SSHSession
        do throws(TransportFailure) {
            outer = try await jumpHosts.session(at: jump) { () throws(TransportFailure) in
                try await open(jump, knownHosts: knownHosts)
            }
        } catch {
            // The failure may be that of another node's log-in by the same way: who that was does not matter.
            let what =
                error.sentence.behindName ?? LocalizedText(fr: "pas d'identification.", en: "no log-in.")
            throw TransportFailure(
                error.kind, fr: "\(endpoint.who), à son hôte de rebond : \(what)",
                en: "\(endpoint.who), at its jump host: \(what)")
        }
        do throws(TransportFailure) {
            return try await open(endpoint, knownHosts: knownHosts, through: outer, ownsOuter: true)
        } catch {
            await outer.close()
            throw error
        }
    }

    /// With a place among the log-ins under way.
    /// - Parameters:
    ///   - outer: the jump host's session, where there is one.
    ///   - ownsOuter: whether that ends with this one.
    private func open(
        _ endpoint: SSHEndpoint, knownHosts: KnownHosts, through outer: SSHSession?, ownsOuter: Bool = false
    ) async throws(TransportFailure) -> SSHSession {
        guard await limit.enter() else { throw FailureSentences(endpoint).cancelled }
        let place = Place(limit)
        defer { place.giveBack() }
        let loop = outer?.eventLoop ?? eventLoopGroup.next()
        return try await loop.outcome(cancelled: { FailureSentences(endpoint).cancelled }) { completion in
            do throws(LibraryError) {
                let connection = try SSHConnection(
                    endpoint: endpoint, knownHosts: knownHosts,
                    rootCommandLine: rootCommandLine(endpoint.become),
                    eventLoop: loop, lag: LagWatch(watched(loop)),
                    turns: turns[ObjectIdentifier(loop)]?.value ?? CostlyTurns())
                connection.onReady = { ready in
                    completion(
                        ready.map {
                            SSHSession(connection) { () throws(TransportFailure) in
                                try await openAgain(endpoint, knownHosts: knownHosts, through: outer)
                            }
                        })
                }
                loop.scheduleTask(in: Place.longest) { place.giveBack() }
                if let outer {
                    let jump = outer.connection.value
                    if ownsOuter { connection.onClosed = { jump.fail(jump.sentences.sessionClosed()) } }
                    connection.connect(through: jump)
                } else {
                    connection.connect()
                }
                return { connection.fail(connection.sentences.cancelled) }
            } catch {
                completion(
                    .failure(
                        TransportFailure(
                            .protocolError,
                            fr: "\(endpoint.who) : aucune session SSH n'a pu être préparée (\(error.words)).",
                            en: "\(endpoint.who): no SSH session could be set up (\(error.words))."))
                )
                return nil
            }
        }.get()
    }

    /// One more log-in to a node that has let us in, for connections through it; nobody becomes root there.
    private func openAgain(
        _ endpoint: SSHEndpoint, knownHosts: KnownHosts, through outer: SSHSession?
    ) async throws(TransportFailure) -> SSHSession {
        var endpoint = endpoint
        endpoint.become = .notNeeded
        return try await open(endpoint, knownHosts: knownHosts, through: outer)
    }
}

extension LocalizedText {
    /// A sentence of ``FailureSentences`` without whom it is about.
    fileprivate var behindName: LocalizedText? {
        guard let name = fr.firstRange(of: "\u{A0}: "), let other = en.firstRange(of: ": ") else {
            return nil
        }
        return LocalizedText(fr: "\(fr[name.upperBound...])", en: "\(en[other.upperBound...])")
    }
}
