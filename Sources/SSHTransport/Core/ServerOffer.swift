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
        packet.append(contentsOf: bytes.prefix(Self.packetLimit - packet.count))
        var reader = SSHWireReader(packet)
        guard let length = reader.uint32() else { return }
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
