/// A name server's response: the bytes as they came, and what they say.
public struct DNSResponse: Sendable, Hashable, Codable {
    /// How a message travelled.
    public enum Transport: String, Sendable, Hashable, Codable { case udp, tcp }

    /// The message as it came, without TCP's length prefix.
    public var wire: Bytes
    /// Over which the message kept here came.
    public var transport: Transport
    public var code: DNSResponseCode
    /// AA: the server answers for the zone itself.
    public var isAuthoritative: Bool
    /// RA: the server would ask others.
    public var isRecursionAvailable: Bool
    /// TC: the message is not whole, and TCP brought no better one, for the reason in `tcpFailure`.
    public var isTruncated: Bool
    public var tcpFailure: DialFailure?
    public var answers: [DNSRecord]
    public var authority: [DNSRecord]
    public var additional: [DNSRecord]
    /// Records of all sections beyond the limit that are in `wire` but not in the lists.
    public var omittedRecords: Int

    public init(
        wire: Bytes, transport: Transport, code: DNSResponseCode, isAuthoritative: Bool,
        isRecursionAvailable: Bool = false, isTruncated: Bool = false, tcpFailure: DialFailure? = nil,
        answers: [DNSRecord], authority: [DNSRecord] = [], additional: [DNSRecord] = [],
        omittedRecords: Int = 0
    ) {
        self.wire = wire
        self.transport = transport
        self.code = code
        self.isAuthoritative = isAuthoritative
        self.isRecursionAvailable = isRecursionAvailable
        self.isTruncated = isTruncated
        self.tcpFailure = tcpFailure
        self.answers = answers
        self.authority = authority
        self.additional = additional
        self.omittedRecords = omittedRecords
    }

    /// The answer's records of a type, for a name or for what it is an alias of. A chain of aliases that turns
    /// back on itself leads nowhere.
    public func records(of type: DNSProbeRequest.RecordType, for name: String) -> [DNSRecord] {
        var owner = DNSRecord.canonical(name)
        var seen: Set<String> = []
        while seen.insert(owner).inserted {
            let own = answers.filter { DNSRecord.canonical($0.name) == owner }
            let found = own.filter { $0.type == type.rawValue }
            if !found.isEmpty { return found }
            guard let alias = own.first(where: { $0.type == "CNAME" }) else { return [] }
            owner = DNSRecord.canonical(alias.data)
        }
        return []
    }
}

/// One resource record of class IN.
public struct DNSRecord: Sendable, Hashable, Codable {
    /// The owner in presentation form, as the server spelled it, with the dot at the end.
    public var name: String
    @SecondsCoded public var timeToLive: Duration
    /// The type's mnemonic (`A`, `SOA`), `TYPE65280` where it has none.
    public var type: String
    /// The data in presentation form (RFC 1035, section 5.1): an address, a name with the dot at the end, an SOA's
    /// seven fields. Of types that no probe asks for, the generic form `\# LENGTH HEXADECIMAL` (RFC 3597,
    /// section 5), the digits cut off after 256 bytes.
    public var data: String
    /// The fields of an SOA record.
    public var startOfAuthority: StartOfAuthority?

    public init(
        name: String, timeToLive: Duration, type: String, data: String,
        startOfAuthority: StartOfAuthority? = nil
    ) {
        self.name = name
        self._timeToLive = SecondsCoded(wrappedValue: timeToLive)
        self.type = type
        self.data = data
        self.startOfAuthority = startOfAuthority
    }

    /// The address of an A or AAAA record.
    public var address: IPAddress? {
        type == "A" || type == "AAAA" ? IPAddress(data) : nil
    }

    /// A name for comparing: in lower case (ASCII only, RFC 4343), with one dot at the end.
    public static func canonical(_ name: String) -> String {
        let lower = String(
            decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        return lower.hasSuffix(".") ? lower : lower + "."
    }

    /// RFC 1035, section 3.3.13; `minimum` is how long a “no such name” may be remembered (RFC 2308).
    public struct StartOfAuthority: Sendable, Hashable, Codable {
        public var primaryServer: String
        /// The mailbox of who is responsible, with a dot for the @.
        public var mailbox: String
        public var serial: UInt32
        @SecondsCoded public var refresh: Duration
        @SecondsCoded public var retry: Duration
        @SecondsCoded public var expire: Duration
        @SecondsCoded public var minimum: Duration

        public init(
            primaryServer: String, mailbox: String, serial: UInt32, refresh: Duration, retry: Duration,
            expire: Duration, minimum: Duration
        ) {
            self.primaryServer = primaryServer
            self.mailbox = mailbox
            self.serial = serial
            self._refresh = SecondsCoded(wrappedValue: refresh)
            self._retry = SecondsCoded(wrappedValue: retry)
            self._expire = SecondsCoded(wrappedValue: expire)
            self._minimum = SecondsCoded(wrappedValue: minimum)
        }
    }
}
