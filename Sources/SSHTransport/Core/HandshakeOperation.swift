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
            // Names the library does not know are skipped; with none left it keeps its own list.
            _ = libssh2_session_method_pref(machine.session, LIBSSH2_METHOD_HOSTKEY, hostKeyPreference)
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

    func end(_ reason: SSHMachineEnd) {}
}
