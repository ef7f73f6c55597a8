import GraderCore
import NIOCore
import Synchronization

/// The log-ins on jump hosts, one for all who go through the same: a jump host counts log-ins too.
final class JumpHosts: Sendable {
    private struct Key: Hashable {
        var host: String
        var port: Int
        var user: String
    }

    private struct Entry {
        var number: Int
        var users: Int
        var login: Task<Result<SSHSession, TransportFailure>, Never>
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var nextNumber = 0
        /// Refusals that must not be provoked twice in a run.
        var refusals: [Key: TransportFailure] = [:]
    }

    private let state = Mutex(State())

    /// One user's hold on a jump host's log-in.
    struct Lease: Sendable {
        let session: SSHSession
        let giveBack: @Sendable () -> Void
    }

    func lease(
        _ endpoint: SSHEndpoint,
        logIn: @escaping @Sendable () async -> Result<SSHSession, TransportFailure>
    ) async throws(TransportFailure) -> Lease {
        let key = Key(host: endpoint.host, port: endpoint.port, user: endpoint.user)
        while true {
            let entry = try state.withLock { state throws(TransportFailure) -> Entry in
                if let refusal = state.refusals[key] { throw refusal }
                if state.entries[key] == nil {
                    state.nextNumber += 1
                    state.entries[key] = Entry(
                        number: state.nextNumber, users: 0, login: Task { await logIn() })
                }
                state.entries[key]?.users += 1
                guard let entry = state.entries[key] else { throw FailureSentences(endpoint).cancelled }
                return entry
            }
            let number = entry.number
            switch await Self.outcome(of: entry.login) {
            case nil:
                giveBack(key, number)
                throw FailureSentences(endpoint).cancelled
            case .failure(let failure)?:
                state.withLock { state in
                    if state.entries[key]?.number == number { state.entries[key] = nil }
                    if [.authenticationFailed, .hostKeyChanged, .refusedByPenalty].contains(failure.kind) {
                        state.refusals[key] = failure
                    }
                }
                throw failure
            case .success(let session)?:
                if await session.isOpen {
                    return Lease(session: session) { [weak self] in self?.giveBack(key, number) }
                }
                // It broke since; the next round makes another one.
                state.withLock { state in
                    if state.entries[key]?.number == number { state.entries[key] = nil }
                }
            }
        }
    }

    /// nil where the caller was cancelled first; the log-in goes on for the others.
    private static func outcome(
        of login: Task<Result<SSHSession, TransportFailure>, Never>
    ) async -> Result<SSHSession, TransportFailure>? {
        typealias Waiter = CheckedContinuation<Result<SSHSession, TransportFailure>?, Never>
        let waiter = Mutex<Waiter?>(nil)
        let resume: @Sendable (Result<SSHSession, TransportFailure>?) -> Void = { outcome in
            waiter.withLock { waiter in
                defer { waiter = nil }
                return waiter
            }?.resume(returning: outcome)
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiter.withLock { $0 = continuation }
                Task { resume(await login.value) }
                if Task.isCancelled { resume(nil) }
            }
        } onCancel: {
            resume(nil)
        }
    }

    private func giveBack(_ key: Key, _ number: Int) {
        let unused = state.withLock { state -> Entry? in
            guard state.entries[key]?.number == number else { return nil }
            state.entries[key]?.users -= 1
            guard let entry = state.entries[key], entry.users <= 0 else { return nil }
            state.entries[key] = nil
            return entry
        }
        guard let unused else { return }
        Task {
            if case .success(let session) = await unused.login.value { await session.close() }
        }
    }
}
