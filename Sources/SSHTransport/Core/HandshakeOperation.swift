import CLibssh2

/// Version exchange, key exchange and the request for the `ssh-userauth` service (RFC 4253, sections 4 to 10),
/// then the check of the host key.
final class HandshakeOperation: SSHOperation {
    /// Judges the host key: begins authentication, or closes the machine.
    private let onHostKey: (HostKey?) -> Void
    private var isPrepared = false
    private let hostKeyPreference: String

    /// - Parameter hostKeyPreference: the host key types to ask for, best first, comma-separated.
    init(hostKeyPreference: String, onHostKey: @escaping (HostKey?) -> Void) {
        self.hostKeyPreference = hostKeyPreference
        self.onHostKey = onHostKey
    }

    func step(_ machine: SSHMachine) -> SSHProgress {
        if !isPrepared {
            isPrepared = true
            let taken = Self.taken(hostKeyPreference, machine.session)
            prefer(LIBSSH2_METHOD_KEX, taken[.keyExchange], machine.session)
            prefer(LIBSSH2_METHOD_HOSTKEY, taken[.hostKey], machine.session)
        }
        // libssh2 wants a descriptor and asks fcntl(2) about it; there is none.
        let status = libssh2_session_handshake(machine.session, Int32.max)
        if status == LIBSSH2_ERROR_EAGAIN { return .waiting }
        guard status == 0 else {
            return .broken(LibraryError(status, detail: LibraryError.last(of: machine.session).detail))
        }
        var length = 0
        var kind: Int32 = 0
        let key = libssh2_session_hostkey(machine.session, &length, &kind).flatMap {
            HostKey(blob: Array(UnsafeRawBufferPointer(start: $0, count: length)))
        }
        onHostKey(key)
        return .finished
    }

    /// How a key may be agreed upon, best first: groups whose size is fixed, the largest of 4,096 bits. Where the
    /// server chooses it (RFC 4419), 16,384 bits cost seconds in one call, and no timer fires on the same event loop.
    static let keyExchanges = [
        "curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256", "ecdh-sha2-nistp384",
        "ecdh-sha2-nistp521", "diffie-hellman-group14-sha256", "diffie-hellman-group16-sha512",
        "diffie-hellman-group14-sha1",
    ]

    /// What of all this there is in this library.
    static func taken(
        _ hostKeyPreference: String, _ session: OpaquePointer
    ) -> [ServerOffer.Purpose: [String]] {
        var taken: [ServerOffer.Purpose: [String]] = [:]
        for purpose in ServerOffer.Purpose.allCases { taken[purpose] = ServerOffer.known(purpose, session) }
        taken[.keyExchange] = keyExchanges.filter((taken[.keyExchange] ?? []).contains)
        taken[.hostKey] = hostKeyPreference.split(separator: ",").map(String.init)
            .filter((taken[.hostKey] ?? []).contains)
        return taken
    }

    private func prefer(_ method: Int32, _ wanted: [String]?, _ session: OpaquePointer) {
        guard let wanted, !wanted.isEmpty else { return }
        _ = libssh2_session_method_pref(session, method, wanted.joined(separator: ","))
    }

    func end(_ reason: SSHMachineEnd) {}
}
