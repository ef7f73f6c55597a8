import Foundation

/// The name of one thing to observe, unique within a student's evidence, e.g. `web1/clock` or `net/http-site`.
public struct ProbeID: Sendable, Hashable, Codable, RawRepresentable, Comparable, CustomStringConvertible {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    /// A probe made on a node.
    public init(_ node: MachineID, _ name: String) { self.rawValue = "\(node.rawValue)/\(name)" }
    /// A probe made from the network.
    public static func network(_ name: String) -> ProbeID { ProbeID("net/\(name)") }

    /// What is observed, wherever that is: `clock`, `http-site`.
    public var name: String { rawValue.split(separator: "/").last.map(String.init) ?? rawValue }

    public var description: String { rawValue }
    public static func < (left: ProbeID, right: ProbeID) -> Bool { left.rawValue < right.rawValue }
}

/// From where a probe was made.
public enum Vantage: Sendable, Hashable {
    /// On the node itself, by a command.
    case node(MachineID)
    /// From the grader's own network.
    case grader
    /// Through this node's SSH connection: what the node reaches, with the node's source address.
    case tunnel(MachineID)

    /// The machine that it was made on, or through.
    public var machine: MachineID? {
        switch self {
        case .grader: nil
        case .node(let id), .tunnel(let id): id
        }
    }
}

/// What one probe brought back, raw. Never a parsed value: a better parser needs no new recording.
public struct Observation: Sendable, Hashable, Codable {
    public var id: ProbeID
    public var vantage: Vantage
    /// When the probe started, by the grader's clock.
    public var startedAt: Date
    @SecondsCoded public var duration: Duration
    public var outcome: Outcome

    public init(id: ProbeID, vantage: Vantage, startedAt: Date, duration: Duration, outcome: Outcome) {
        self.id = id
        self.vantage = vantage
        self.startedAt = startedAt
        self.duration = duration
        // Judged as it is kept: never by what no file may hold.
        self.outcome = outcome.scrubbed
    }

    /// What came of it, by the probe's kind.
    public enum Outcome: Sendable, Hashable {
        /// What a command on a node came to; it says which command that was.
        case command(CommandResult)
        /// A TCP connect probe.
        case port(PortProbeResult)
        /// An HTTP request and what came back.
        case http(HTTPExchange)
        /// A question to a name server and what came back.
        case dns(DNSExchange)
        /// The grader's kernel's neighbour table (`/proc/net/arp`).
        case neighbours(Bytes)
        /// The probe could not be made; not a word about the student's work.
        case failed(TransportFailure)
    }
}

/// What a TCP connect probe found: nmap's verdicts.
public struct PortProbeResult: Sendable, Hashable, Codable {
    /// Of a port.
    public enum State: String, Sendable, Hashable, Codable {
        case open, closed, filtered
        case hostUnreachable = "host-unreachable"
    }
    public var address: String
    public var port: Int
    public var state: State
    /// What the system said in English, where the state needs explaining: a reading of the look, never a report.
    public var detail: String

    public init(address: String, port: Int, state: State, detail: String = "") {
        self.address = address
        self.port = port
        self.state = state
        self.detail = detail
    }
}

/// One HTTP/1.1 request and its answer, bounded.
public struct HTTPExchange: Sendable, Hashable, Codable {
    public var request: HTTPProbeRequest
    public var answer: Answer

    public init(request: HTTPProbeRequest, answer: Answer) {
        self.request = request
        self.answer = answer
    }

    /// How far the exchange came: TCP, then TLS, then HTTP.
    public enum Answer: Sendable, Hashable {
        case response(Response)
        /// No TCP connection.
        case notConnected(DialFailure)
        /// Connected, but TLS could not be agreed upon.
        case tlsFailed(Incomplete)
        /// Connected, but no complete HTTP response head came within the limits.
        case noResponse(Incomplete)

        /// Whether the other side took the connection and then took its time: a server that is slow, or that waits
        /// for the name of who asks, and one that hangs look alike from here; or it found that *we* took ours (408,
        /// RFC 9110, section 15.5.9).
        public var ranOutOfTime: Bool {
            switch self {
            case .noResponse(let what), .tlsFailed(let what): what.ranOutOfTime
            case .response(let response): response.status == 408
            case .notConnected: false
            }
        }

        /// Whether nothing at all came back for the attempt to connect.
        public var isSilence: Bool {
            if case .notConnected(let failure) = self {
                [.timedOut, .unreachable, .prohibited].contains(failure.kind)
            } else {
                false
            }
        }
    }

    /// Why an exchange that was begun did not come to a response.
    public struct Incomplete: Sendable, Hashable, Codable {
        /// In words: `connected, but not a byte came back within 5 s`.
        public var sentence: LocalizedText
        /// The time was up on an open connection.
        public var ranOutOfTime: Bool

        public init(_ sentence: LocalizedText, ranOutOfTime: Bool = false) {
            self.sentence = sentence
            self.ranOutOfTime = ranOutOfTime
        }
    }

    /// An answer that had a complete head; the body as far as it was kept.
    public struct Response: Sendable, Hashable, Codable {
        public var status: Int
        /// In the order received; bounded in number and size.
        public var headers: [Header]
        public var body: Bytes
        public var bodyTruncated: Bool

        public init(status: Int, headers: [Header], body: Bytes, bodyTruncated: Bool) {
            self.status = status
            self.headers = headers
            self.body = body
            self.bodyTruncated = bodyTruncated
        }
    }

    /// One line of the head, as it was received.
    public struct Header: Sendable, Hashable, Codable {
        public var name: String
        public var value: String
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// The request that an HTTP probe makes.
public struct HTTPProbeRequest: Sendable, Hashable, Codable {
    /// The address connected to (never looked up).
    public var address: String
    public var port: Int
    public var tls: Bool
    /// The `Host` header, and SNI where it is a name.
    public var host: String
    /// Path and query, e.g. `/?bascule=3f2a…`.
    public var target: String
    public var userAgent: String

    public init(
        address: String, port: Int, tls: Bool, host: String, target: String, userAgent: String
    ) {
        self.address = address
        self.port = port
        self.tls = tls
        self.host = host
        self.target = target
        self.userAgent = userAgent
    }

    /// `host` without a port, where it is a name: an address is never sent as SNI (RFC 6066, section 3).
    public var serverName: String? {
        guard !host.hasPrefix("[") else { return nil }
        let parts = host.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, var name = parts.first else { return nil }
        // “Without a trailing dot”, says the RFC.
        if name.hasSuffix(".") { name.removeLast() }
        guard (1...255).contains(name.utf8.count) else { return nil }
        return IPAddress(String(name)) == nil ? String(name) : nil
    }
}
