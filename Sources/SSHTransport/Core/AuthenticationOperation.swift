import CLibssh2
import GraderCore

/// Proves who logs in (RFC 4252): the keys, the agent's keys, then the password once. A server counts attempts
/// (MaxAuthTries, PerSourcePenalties, fail2ban): keys are bounded, and what it does not offer is not tried.
final class AuthenticationOperation: SSHOperation {
    enum Outcome {
        case authenticated
        /// What the server offers, and what of it was tried; empty where there was nothing to try it with.
        case refused(offered: [String], tried: [LocalizedText])
        /// The session ended first; whoever ends it says why.
        case broken
    }

    /// OpenSSH's MaxAuthTries is 6, the password included.
    static let keyLimit = 4

    private enum Attempt {
        case key(SSHUserKey)
        case agent(any SSHSigner)
        case password(Secret)
        case keyboardInteractive

        var name: LocalizedText {
            switch self {
            case .key(let key): LocalizedText(fr: "clé \(key.name)", en: "key \(key.name)")
            case .agent(let signer):
                LocalizedText(fr: "clé \(signer.name) de l'agent", en: "agent key \(signer.name)")
            case .password: LocalizedText(fr: "mot de passe", en: "password")
            case .keyboardInteractive: LocalizedText(verbatim: "keyboard-interactive")
            }
        }
    }

    private let user: String
    private let credentials: SSHCredentials
    private let signers: [any SSHSigner]
    private let onOutcome: (Outcome) -> Void
    private var offered: [String]?
    private var attempts: [Attempt] = []
    private var tried: [LocalizedText] = []
    /// What the server has not answered yet.
    var waitingFor: LocalizedText {
        attempts.first?.name
            ?? LocalizedText(fr: "les façons de s'identifier", en: "the ways to log in")
    }

    init(
        user: String, credentials: SSHCredentials, signers: [any SSHSigner],
        onOutcome: @escaping (Outcome) -> Void
    ) {
        self.user = user
        self.credentials = credentials
        self.signers = signers
        self.onOutcome = onOutcome
    }

    func end(_ reason: SSHMachineEnd) { onOutcome(.broken) }

    func step(_ machine: SSHMachine) -> SSHProgress {
        let session = machine.session
        if offered == nil {
            guard let list = libssh2_userauth_list(session, user, UInt32(user.utf8.count)) else {
                if libssh2_userauth_authenticated(session) == 1 { return authenticated() }
                let error = LibraryError.last(of: session)
                return error.code == .again ? .waiting : .broken(error)
            }
            plan(String(cString: list).split(separator: ",").map(String.init))
            machine.wire.promptAnswer = credentials.password
        }
        while let attempt = attempts.first {
            let status = perform(attempt, machine)
            if status == LIBSSH2_ERROR_EAGAIN { return .waiting }
            if !tried.contains(attempt.name) { tried.append(attempt.name) }
            if status == 0, libssh2_userauth_authenticated(session) == 1 { return authenticated() }
            let error = LibraryError(status, detail: LibraryError.last(of: session).detail)
            if error.endsConnection { return .broken(error) }
            attempts.removeFirst()
        }
        onOutcome(.refused(offered: offered ?? [], tried: tried))
        return .finished
    }

    private func authenticated() -> SSHProgress {
        onOutcome(.authenticated)
        return .finished
    }

    private func plan(_ methods: [String]) {
        offered = methods.prefix(16).map { BannerGate.printable($0.utf8.prefix(40)) }
        let keys = credentials.keys.map(Attempt.key) + signers.map(Attempt.agent)
        if methods.contains("publickey") { attempts += keys.prefix(Self.keyLimit) }
        guard let password = credentials.password else { return }
        if methods.contains("password") {
            attempts.append(.password(password))
        } else if methods.contains("keyboard-interactive") {
            attempts.append(.keyboardInteractive)
        }
    }

    private func perform(_ attempt: Attempt, _ machine: SSHMachine) -> Int32 {
        let length = UInt32(user.utf8.count)
        switch attempt {
        case .key(let key):
            if let signer = key.signer { return machine.authenticate(user: user, signer: signer) }
            return key.withMaterial { material, passphrase in
                libssh2_userauth_publickey_frommemory(
                    machine.session, user, user.utf8.count, nil, 0, material.baseAddress, material.count,
                    passphrase)
            }
        case .agent(let signer):
            return machine.authenticate(user: user, signer: signer)
        case .password(let password):
            return Array(password.reveal().utf8).withUnsafeBytes { bytes in
                libssh2_userauth_password_ex(
                    machine.session, user, length,
                    bytes.baseAddress?.assumingMemoryBound(to: CChar.self) ?? emptyText,
                    UInt32(bytes.count), nil)
            }
        case .keyboardInteractive: return machine.authenticateByPrompts(user: user)
        }
    }

    // An empty array has no address; libssh2 wants one even for no bytes. Static storage, never written.
    private var emptyText: UnsafePointer<CChar> {
        UnsafePointer(UnsafeRawPointer(StaticString("").utf8Start).assumingMemoryBound(to: CChar.self))
    }
}
