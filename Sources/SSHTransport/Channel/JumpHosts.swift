import GraderCore
import Synchronization

/// What a run knows of its jump hosts. Each node's log-in has one of its own there, as with `ssh -J`: a session opens
/// one channel at a time, so that a node behind it that says nothing would keep all others waiting for minutes, and
/// what a node sends is paid for in the session that it comes by.
final class JumpHosts: Sendable {
    /// Under way at once to one of them: stock sshd drops some where there are more than ten (sshd_config(5),
    /// MaxStartups).
    private static let limit = 4

    private struct Key: Hashable {
        var host: String
        var port: Int
        var user: String
    }

    private final class Host: Sendable {
        struct State {
            var letsIn = false
            /// What must not be provoked twice in a run.
            var refusal: TransportFailure?
            var failures = 0
            var latest: TransportFailure?
        }
        /// Alone until it has let somebody in, so that a refusal is provoked once.
        let first = WaitingLine(1)
        let others = WaitingLine(JumpHosts.limit)
        let state = Mutex(State())
    }

    private let hosts = Mutex<[Key: Host]>([:])

    /// Logs in where that is not known to be in vain. Whoever waited for the first log-in shares its failure; once somebody
    /// was let in, another's failure is his own.
    func session(
        at endpoint: SSHEndpoint, logIn: () async throws(TransportFailure) -> SSHSession
    ) async throws(TransportFailure) -> SSHSession {
        let key = Key(host: endpoint.host, port: endpoint.port, user: endpoint.user)
        let host = hosts.withLock { hosts in
            let host = hosts[key] ?? Host()
            hosts[key] = host
            return host
        }
        let before = host.state.withLock { $0 }
        var line = before.letsIn ? host.others : host.first
        guard await line.enter() else { throw FailureSentences(endpoint).cancelled }
        if !before.letsIn, host.state.withLock({ $0.letsIn }) {
            line.leave()
            line = host.others
            guard await line.enter() else { throw FailureSentences(endpoint).cancelled }
        }
        defer { line.leave() }
        let shared = host.state.withLock { state in
            state.refusal ?? (!state.letsIn && state.failures > before.failures ? state.latest : nil)
        }
        if let shared { throw shared }
        do throws(TransportFailure) {
            let session = try await logIn()
            host.state.withLock { $0.letsIn = true }
            return session
        } catch {
            host.state.withLock { state in
                if error.isRefusal { state.refusal = error }
                guard error.kind != .cancelled, error.kind != .graderOverloaded else { return }
                state.failures += 1
                state.latest = error
            }
            throw error
        }
    }
}
