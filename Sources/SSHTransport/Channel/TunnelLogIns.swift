import GraderCore
import Synchronization

/// Connections through a node, in log-ins of their own: libssh2 opens one channel of a session at a time, and sshd
/// answers an opening when its own connect(2) ends, which takes minutes where the address says nothing. Neither the
/// node's commands nor another connection waits for that, and nobody's clock runs while somebody else's is opened.
final class TunnelLogIns: StreamDialer {
    /// Log-ins, and connections being opened, at once.
    static let limit = 3

    private struct State {
        var free: [SSHSession] = []
        var taken: [SSHSession] = []
        /// What must not be provoked again.
        var refusal: TransportFailure?
        var isClosed = false
        var hosts: [String: WaitingLine] = [:]
    }

    private let logIn: @Sendable () async throws(TransportFailure) -> SSHSession
    private let line = WaitingLine(TunnelLogIns.limit)
    private let state = Mutex(State())

    init(logIn: @escaping @Sendable () async throws(TransportFailure) -> SSHSession) { self.logIn = logIn }

    func dial(host: String, port: Int, timeLimit: Duration) async throws(DialFailure) -> any ByteStream {
        let outcome = try await inTurn(at: host) { dialer -> Result<any ByteStream, DialFailure> in
            do throws(DialFailure) {
                let stream = try await dialer.dial(host: host, port: port, timeLimit: timeLimit)
                return .success(stream)
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// One after the other at each host: while the kernel asks for a neighbour that does not answer (ARP, three seconds),
    /// whoever asks later hears of it sooner, which would look like a refusal (``DialFailure/init(opening:after:to:)``).
    func inTurn<Value: Sendable>(
        at host: String, _ work: @Sendable (any StreamDialer) async -> Value
    ) async throws(DialFailure) -> Value {
        let turn = state.withLock { state in
            let turn = state.hosts[host] ?? WaitingLine(1)
            state.hosts[host] = turn
            return turn
        }
        guard await turn.enter() else { throw .cancelled }
        defer { turn.leave() }
        let session = try await take()
        let value = await work(TunnelDialer(session: session))
        await giveBack(session)
        return value
    }

    /// Ends all of them, and everything in them.
    func close() async {
        let all = state.withLock { state in
            state.isClosed = true
            defer { (state.free, state.taken) = ([], []) }
            return state.free + state.taken
        }
        for session in all { await session.close() }
    }

    private func take() async throws(DialFailure) -> SSHSession {
        guard await line.enter() else { throw .cancelled }
        while let session = state.withLock({ $0.free.popLast() }) {
            guard await session.isOpen, keep(session) else {
                await session.close()
                continue
            }
            return session
        }
        do throws(TransportFailure) {
            if let refusal = state.withLock({ $0.refusal }) { throw refusal }
            let session = try await logIn()
            guard keep(session) else {
                await session.close()
                throw TransportFailure(
                    .cancelled, fr: "la session est fermée", en: "the session is closed")
            }
            return session
        } catch {
            state.withLock { if error.isRefusal { $0.refusal = error } }
            line.leave()
            throw DialFailure(.other, error.sentence)
        }
    }

    /// False where everything was closed meanwhile.
    private func keep(_ session: SSHSession) -> Bool {
        state.withLock { state in
            if !state.isClosed { state.taken.append(session) }
            return !state.isClosed
        }
    }

    /// One whose opening hangs is let go: it ends with the last stream in it.
    private func giveBack(_ session: SSHSession) async {
        let isOfUse = await !session.isOpening
        state.withLock { state in
            guard let index = state.taken.firstIndex(where: { $0 === session }) else { return }
            state.taken.remove(at: index)
            if isOfUse { state.free.append(session) }
        }
        line.leave()
    }
}
