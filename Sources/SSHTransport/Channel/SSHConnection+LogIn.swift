import Foundation
import GraderCore
import NIOCore

/// The log-in, once a key was agreed upon: the host key, and who logs in.
extension SSHConnection {
    var hostKeyPreference: String {
        // What libssh2 does not know it skips; 1.10 knows no RSA signature that today's sshd makes.
        let all = [
            "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
            "rsa-sha2-512", "rsa-sha2-256", "ssh-rsa",
        ]
        let onFile = knownHosts.types(host: endpoint.pinnedHost, port: endpoint.port)
            .flatMap { $0 == "ssh-rsa" ? ["rsa-sha2-512", "rsa-sha2-256", "ssh-rsa"] : [$0] }
            .filter(all.contains)
        return (onFile + all.filter { !onFile.contains($0) }).joined(separator: ",")
    }

    func judge(_ key: HostKey?) {
        guard case .keyExchange = phase else { return }
        guard let key else { return fail(sentences.hostKeyUnreadable()) }
        let student = endpoint.who.prefix { $0 != "/" }
        let judgement: KnownHosts.Judgement
        do {
            judgement = try knownHosts.judge(
                key, host: endpoint.pinnedHost, port: endpoint.port)
        } catch {
            return fail(
                TransportFailure(
                    .keyUnusable, fr: "\(endpoint.who) : \(error.sentence)",
                    en: "\(endpoint.who): \(error.sentence)"))
        }
        switch judgement {
        case .matches, .recorded:
            hostKey = key
            phase = .authenticating
            authenticate()
        case .changed: fail(sentences.hostKeyChanged(shown: key, student: student))
        case .revoked: fail(sentences.hostKeyRevoked(shown: key, student: student))
        }
    }

    private func authenticate() {
        let socket =
            endpoint.credentials.agentSocket ?? ProcessInfo.processInfo.environment["SSH_AUTH_SOCK"] ?? ""
        guard endpoint.credentials.useAgent, !socket.isEmpty else { return authenticate(signers: []) }
        agent = AgentConnection.signers(socketPath: socket, eventLoop: eventLoop) { [weak self] signers in
            self?.authenticate(signers: signers)
        }
    }

    private func authenticate(signers: [any SSHSigner]) {
        guard case .authenticating = phase else { return }
        let gaveNone = endpoint.credentials.useAgent && signers.isEmpty
        let operation = AuthenticationOperation(
            user: endpoint.user, credentials: endpoint.credentials, signers: signers
        ) { [weak self] outcome in
            self?.authenticationEnded(outcome, agentGaveNone: gaveNone)
        }
        authentication = operation
        machine.add(operation)
    }

    /// What the server was last asked.
    var waitingFor: LocalizedText {
        authentication?.waitingFor ?? LocalizedText(fr: "l'agent SSH d'ici", en: "the SSH agent here")
    }

    private func authenticationEnded(_ outcome: AuthenticationOperation.Outcome, agentGaveNone: Bool) {
        switch outcome {
        case .authenticated:
            phase = .ready
            machine.isAuthenticated = true
            deadline?.cancel()
            agent?.close()
            let tell = onReady
            onReady = nil
            tell?(.success(()))
        case .refused(let offered, let tried):
            let isMute = agentGaveNone && offered.contains("publickey")
            fail(sentences.authenticationFailed(offered: offered, tried: tried, agentIsMute: isMute))
        case .broken:
            break
        }
    }
}
