import CLibssh2
import GraderCore

/// How far a server went in the key exchange, and what it offers for it: packets that come in the clear (RFC 4253,
/// sections 6 and 7). libssh2 says only that it came to nothing; a person has to be told what is missing.
struct ServerOffer {
    enum Stage { case identified, offered, answered }

    /// What an algorithm is for, in the order of the lists in SSH_MSG_KEXINIT.
    enum Purpose: Int, CaseIterable {
        case keyExchange, hostKey, encryption, encryptionBack, authentication, authenticationBack

        fileprivate var method: Int32 {
            switch self {
            case .keyExchange: LIBSSH2_METHOD_KEX
            case .hostKey: LIBSSH2_METHOD_HOSTKEY
            case .encryption, .encryptionBack: LIBSSH2_METHOD_CRYPT_CS
            case .authentication, .authenticationBack: LIBSSH2_METHOD_MAC_CS
            }
        }
    }

    /// Whole packets only.
    private(set) var stage = Stage.identified
    /// The first packet that is none.
    private(set) var fault: LocalizedText?
    /// By purpose; fewer where the packet is cut short.
    private(set) var names: [[String]] = []

    var keyExchanges: [String] { names.first ?? [] }

    /// libssh2's own bound (LIBSSH2_PACKET_MAXPAYLOAD); RFC 4253, section 6.1, asks for 35,000 of everybody.
    private static let packetLimit: UInt32 = 40_000

    private var header: [UInt8] = []
    private var body: [UInt8] = []
    private var remaining = 0
    /// From here on it is encrypted.
    private var isOver = false
    private var isRead = false

    /// The bytes after the identification string, in pieces; no more than the first offer is kept.
    mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty, !isOver, fault == nil {
            if header.count < 6 {
                header.append(rest.removeFirst())
                if header.count == 6 { begin() }
            } else {
                let taken = min(remaining, rest.count)
                if header[5] == 20, !isRead { body.append(contentsOf: rest.prefix(taken)) }
                rest = rest.dropFirst(taken)
                remaining -= taken
            }
            if header.count == 6, remaining == 0, fault == nil { end() }
        }
    }

    /// Length, padding, number of the message.
    private mutating func begin() {
        var reader = SSHWireReader(header)
        guard let length = reader.uint32(), let padding = reader.byte() else { return }
        guard (2...Self.packetLimit).contains(length), padding < length else {
            return fault = LocalizedText(
                fr: "un paquet d'une longueur impossible : \(length) octets",
                en: "a packet of an impossible length: \(length) bytes")
        }
        remaining = Int(length) - 2  // bounded: a packet's, just above
    }

    private mutating func end() {
        switch header[5] {
        case 20 where !isRead: readLists()
        case 21: isOver = true
        case 30...49: stage = .answered
        default: break
        }
        header = []
    }

    private mutating func readLists() {
        isRead = true
        stage = .offered
        var reader = SSHWireReader(Array(body.dropFirst(16)))
        body = []
        for _ in Purpose.allCases {
            guard let list = reader.string() else {
                return fault = LocalizedText(
                    fr: "la liste de ses algorithmes est coupée",
                    en: "the list of its algorithms is cut short")
            }
            names.append(Self.names(list))
        }
    }

    /// Names that stand for no algorithm but for what a side can do besides are left out.
    private static func names(_ list: [UInt8]) -> [String] {
        list.split(separator: UInt8(ascii: ","), maxSplits: 40).prefix(40)
            .map { BannerGate.printable($0.prefix(60)) }
            .filter { !$0.hasPrefix("ext-info-") && !$0.hasPrefix("kex-strict-") }
    }

    /// The first purpose for which nothing that is offered is among what we take.
    func missing(_ taken: [Purpose: [String]]) -> Purpose? {
        // Of lists that are cut short nothing is known to be missing.
        guard names.count == Purpose.allCases.count else { return nil }
        return Purpose.allCases.first { purpose in
            guard let taken = taken[purpose] else { return false }
            return !names[purpose.rawValue].contains(where: taken.contains)
        }
    }

    /// Names the library does not know are left out: 1.10 does so itself by copying over itself, which memcpy(3) does
    /// not promise to get right (session.c, `libssh2_session_method_pref`).
    static func known(_ purpose: Purpose, _ session: OpaquePointer) -> [String] {
        var names: UnsafeMutablePointer<UnsafePointer<CChar>?>?
        let count = libssh2_session_supported_algs(session, purpose.method, &names)
        guard count > 0, let names else { return [] }
        defer { libssh2_free(session, names) }
        // bounded: positive, just above
        return (0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } }
    }
}
