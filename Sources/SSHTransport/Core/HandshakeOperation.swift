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
            preferHostKeys(machine.session)
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

    /// Names the library does not know are left out here: 1.10 does so itself by copying over itself, which
    /// memcpy(3) does not promise to get right (session.c, `libssh2_session_method_pref`).
    private func preferHostKeys(_ session: OpaquePointer) {
        var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
        let count = libssh2_session_supported_algs(session, LIBSSH2_METHOD_HOSTKEY, &names)
        guard count > 0, let names else { return }
        defer { libssh2_free(session, names) }
        let known = Set((0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } })
        let wanted = hostKeyPreference.split(separator: ",").map(String.init).filter(known.contains)
        guard !wanted.isEmpty else { return }
        _ = libssh2_session_method_pref(session, LIBSSH2_METHOD_HOSTKEY, wanted.joined(separator: ","))
    }

    func end(_ reason: SSHMachineEnd) {}
}
