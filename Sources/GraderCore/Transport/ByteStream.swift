/// A connected byte stream, direct or through a tunnel.
public protocol ByteStream: Sendable {
    func write(_ bytes: [UInt8]) async throws(DialFailure)
    /// The next bytes; empty at the end of the stream.
    func read() async throws(DialFailure) -> [UInt8]
    func close() async
}

/// Why a TCP connection could not be made or broke: nmap's distinctions.
public struct DialFailure: Error, Sendable, Hashable, Codable {
    /// As the kernel says it (errno): ECONNREFUSED, ETIMEDOUT, no route, ECONNRESET, a firewall's ICMP.
    public enum Kind: String, Sendable, Hashable, Codable {
        case refused, timedOut, unreachable, reset, prohibited, other
        /// Time was up while the grader itself was late.
        case overloaded
    }
    public var kind: Kind
    public var message: LocalizedText

    public init(_ kind: Kind, _ message: LocalizedText) {
        self.kind = kind
        self.message = message
    }

    public init(_ kind: Kind, fr: LocalizedText.Wording, en: LocalizedText.Wording) {
        self.init(kind, LocalizedText(fr: fr, en: en))
    }

    public static let cancelled = DialFailure(
        .other, fr: "abandonné par le correcteur", en: "given up by the grader")

    private enum CodingKeys: CodingKey { case kind, message, text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(Kind.self, forKey: .kind)
        message = try container.sentence(english: .message, both: .text)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(message, english: .message, both: .text)
    }
}

/// Opens TCP connections from some vantage.
public protocol StreamDialer: Sendable {
    /// - Parameters:
    ///   - host: an IPv4 or IPv6 address (names are not looked up here).
    ///   - timeLimit: for the connection to stand.
    func dial(host: String, port: Int, timeLimit: Duration) async throws(DialFailure) -> any ByteStream
    /// What the connections' bytes wait for on the grader's side; empty where nothing does.
    var loops: [LoopClock] { get }
    /// Does some work with a dialer whose connections to a host wait for nobody else's, as soon as there is one: clocks
    /// have to start inside, for waiting says nothing about who is dialled.
    /// - Throws: where there is no such dialer; a word about the way, not about who is dialled.
    func inTurn<Value: Sendable>(
        at host: String, _ work: @Sendable (any StreamDialer) async -> Value
    ) async throws(DialFailure) -> Value
}

extension StreamDialer {
    public var loops: [LoopClock] { [] }

    public func inTurn<Value: Sendable>(
        at host: String, _ work: @Sendable (any StreamDialer) async -> Value
    ) async throws(DialFailure) -> Value {
        await work(self)
    }
}

/// Looks at a pair from the network. Every outcome is a value.
public protocol NetworkProber: Sendable {
    /// `.port`, or `.failed` where the trouble is the grader's own (no descriptor left, the tunnel broken).
    func port(address: String, port: Int, timeLimit: Duration) async -> Observation.Outcome
    /// `.http`, or `.failed` likewise.
    func http(
        _ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int
    ) async -> Observation.Outcome
    /// `.dns`, or `.failed` likewise.
    func dns(_ request: DNSProbeRequest, timeLimit: Duration) async -> Observation.Outcome
    /// The kernel's neighbour table here, as text; nil where there is none to be read.
    func neighbours() async -> Bytes?
}
