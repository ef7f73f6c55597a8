import Foundation

/// Everything that was observed of one pair in one run, and what the roster said should be there: all that
/// judging may look at.
public struct Evidence: Sendable, Hashable, Codable {
    /// The version written today. Readers exist for every older one; a newer one is refused.
    public static let currentSchemaVersion = 1

    public var schemaVersion: Int
    public var student: String
    public var exercise: String
    /// What the roster says the pair should look like.
    public var lab: LabFacts
    public var startedAt: Date
    public var finishedAt: Date
    /// The version of Bascule that collected.
    public var collector: String
    /// A random word that this run put into its web requests, to be found again in the servers' logs.
    public var nonce: String
    /// Nodes that could not be reached or logged in to, with the reason.
    public var unreachable: [NodeRole: TransportFailure]
    /// Set where the pair went on changing while it was looked at.
    public var instability: Instability?
    /// In the order of their ids.
    public var observations: [Observation]
    /// The drills that were asked for, refused ones too; nil where none was.
    public var drills: [DrillEvidence]?
    /// The host keys that the nodes proved to hold, as `type base64`; nil in evidence from before they were kept.
    public var hostKeys: [NodeRole: String]?

    public init(
        student: String, exercise: String, lab: LabFacts, startedAt: Date, finishedAt: Date,
        collector: String, nonce: String, unreachable: [NodeRole: TransportFailure],
        instability: Instability?,
        observations: [Observation]
    ) {
        self.schemaVersion = Evidence.currentSchemaVersion
        self.student = student
        self.exercise = exercise
        self.lab = lab
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.collector = collector
        self.nonce = nonce
        self.unreachable = unreachable
        self.instability = instability
        self.observations = observations.sorted { $0.id < $1.id }
    }

    public subscript(id: ProbeID) -> Observation? {
        observations.first { $0.id == id }
    }

    /// What a command on a node came to; nil where it was not run or could not be.
    public func result(of name: String, on node: NodeRole) -> CommandResult? {
        guard case .command(let result)? = self[ProbeID(node, name)]?.outcome else { return nil }
        return result
    }

    /// From where the network was looked at; nil where it was not.
    public var networkVantage: Vantage? {
        observations.first { $0.id.rawValue.hasPrefix("net/") }?.vantage
    }
}

/// Why the evidence of a pair is not of one moment (a torn read).
public struct Instability: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable {
        /// The CIB's version moved while we looked.
        case configurationChanging
        /// A node restarted while we looked.
        case nodeRestarted
        /// The cluster was in the middle of a transition.
        case actionsPending
        /// A drill holds the pair.
        case drillRunning
        /// Whether one does cannot be told: what was answered is nothing that a drill writes.
        case lockSenseless
    }
    public var kind: Kind
    /// How many times collecting was tried.
    public var attempts: Int
    /// What was seen to change, e.g. `serv1: 0.12.3 → 0.13.1`.
    public var detail: String

    public init(kind: Kind, attempts: Int, detail: String) {
        self.kind = kind
        self.attempts = attempts
        self.detail = detail
    }
}

/// What the roster says about a pair's lab: what judging compares with. Names of nodes, interfaces and
/// resources are not here; they come from the machines.
public struct LabFacts: Sendable, Hashable, Codable {
    /// The nodes' addresses in the lab network.
    public var addresses: [NodeRole: String]
    /// The virtual IP the sheet asked this student for.
    public var vip: String
    /// Its prefix length; nil where the roster leaves it to the node's own.
    public var vipPrefixLength: Int?
    public var dns: DNSFacts?
    public var web: WebFacts

    public init(
        addresses: [NodeRole: String], vip: String, vipPrefixLength: Int?, dns: DNSFacts?, web: WebFacts
    ) {
        self.addresses = addresses
        self.vip = vip
        self.vipPrefixLength = vipPrefixLength
        self.dns = dns
        self.web = web
    }
}

/// The student's DNS server and the names that have to lead to the virtual IP. Absent (`dns: none`): no such
/// question.
public struct DNSFacts: Sendable, Hashable, Codable {
    public var server: String
    public var names: [String]
    public init(server: String, names: [String]) {
        self.server = server
        self.names = names
    }
}

/// How the student's site is asked for and recognised.
public struct WebFacts: Sendable, Hashable, Codable {
    public enum Server: String, Sendable, Hashable, Codable, CaseIterable { case apache, nginx }

    public var scheme: Scheme
    public var port: Int
    /// The `Host` header; the address itself where the roster gives none.
    public var host: String?
    /// Path with query, beginning with `/`.
    public var path: String
    /// Statuses that count as an answer.
    public var acceptedStatuses: [Int]
    /// A text that the page has to hold; nil: any page will do.
    public var expectedText: String?
    public var server: Server

    public enum Scheme: String, Sendable, Hashable, Codable { case http, https }

    public init(
        scheme: Scheme = .http, port: Int = 80, host: String? = nil, path: String = "/",
        acceptedStatuses: [Int] = [200], expectedText: String? = nil, server: Server = .apache
    ) {
        self.scheme = scheme
        self.port = port
        self.host = host
        self.path = path
        self.acceptedStatuses = acceptedStatuses
        self.expectedText = expectedText
        self.server = server
    }
}
