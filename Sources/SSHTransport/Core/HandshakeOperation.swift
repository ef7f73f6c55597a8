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
            prefer(LIBSSH2_METHOD_KEX, Self.keyExchanges, machine.session)
            prefer(
                LIBSSH2_METHOD_HOSTKEY, hostKeyPreference.split(separator: ",").map(String.init),
                machine.session)
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

    /// Names the library does not know are left out here: 1.10 does so itself by copying over itself, which
    /// memcpy(3) does not promise to get right (session.c, `libssh2_session_method_pref`).
    private func prefer(_ method: Int32, _ preference: [String], _ session: OpaquePointer) {
        var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
        let count = libssh2_session_supported_algs(session, method, &names)
        guard count > 0, let names else { return }
        defer { libssh2_free(session, names) }
        // bounded: positive, just above
        let known = Set((0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } })
        let wanted = preference.filter(known.contains)
        guard !wanted.isEmpty else { return }
        _ = libssh2_session_method_pref(session, method, wanted.joined(separator: ","))
    }

    func end(_ reason: SSHMachineEnd) {}
}

/// What a server offers for the key exchange: its first packet, which comes in the clear (RFC 4253, section 7.1).
/// libssh2 says only that nothing was agreed upon; a person has to be told what is missing.
struct ServerOffer {
    private(set) var keyExchanges: [String] = []

    /// RFC 4253, section 6.1: the largest packet that everybody has to take.
    private static let packetLimit = 35_000

    private var packet: [UInt8] = []
    private var isRead = false

    /// The bytes after the identification string, in pieces; more than one packet is not kept.
    mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        guard !isRead else { return }
        // bounded: never more is kept
        packet.append(contentsOf: bytes.prefix(Self.packetLimit - packet.count))
        var reader = SSHWireReader(packet)
        guard let length = reader.uint32() else { return }
        // bounded: widened
        guard packet.count >= 4 + Int(length) || packet.count >= Self.packetLimit else { return }
        isRead = true
        // Padding length, SSH_MSG_KEXINIT (20), a cookie of 16 bytes.
        let lists = packet.dropFirst(4 + 1 + 1 + 16)
        guard packet.count > 5, packet[5] == 20, !lists.isEmpty else { return }
        reader = SSHWireReader(Array(lists))
        keyExchanges = Self.names(reader.string())
        packet = []
    }

    /// Names that stand for no algorithm but for what a side can do besides.
    private static func names(_ list: [UInt8]?) -> [String] {
        (list ?? []).split(separator: UInt8(ascii: ","), maxSplits: 40).prefix(40)
            .map { BannerGate.printable($0.prefix(60)) }
            .filter { !$0.hasPrefix("ext-info-") && !$0.hasPrefix("kex-strict-") }
    }
}
