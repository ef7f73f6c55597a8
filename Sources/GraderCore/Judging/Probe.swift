/// What there is to observe: one command on one machine, or one look from the network.
public struct Probe: Sendable, Hashable {
    /// What is done, and within which bounds.
    public enum Kind: Sendable, Hashable {
        case command(node: MachineID, RemoteCommand)
        case port(address: String, port: Int, timeLimit: Duration)
        case http(HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int)
        case dns(DNSProbeRequest, timeLimit: Duration)
        /// The grader's own neighbour table: which MAC answers for an address. Only from its own network.
        case neighbours
    }
    public var id: ProbeID
    public var kind: Kind
    /// A command that takes milliseconds whatever state the machine is in: it may share a channel with others of
    /// its kind, one after the other.
    public var isBrief: Bool

    public init(_ id: ProbeID, _ kind: Kind, isBrief: Bool = false) {
        self.id = id
        self.kind = kind
        self.isBrief = isBrief
    }
}

extension Probe {
    /// Itself, within the wider bounds of the two: what is asked for twice is asked as patiently as who is most patient.
    func bounded(as other: Probe) -> Probe {
        var probe = self
        switch (kind, other.kind) {
        case (.command(let node, var command), .command(_, let second)):
            command.timeLimit = max(command.timeLimit, second.timeLimit)
            command.outputLimit = max(command.outputLimit, second.outputLimit)
            probe.kind = .command(node: node, command)
        case (.port(let address, let port, let limit), .port(_, _, let second)):
            probe.kind = .port(address: address, port: port, timeLimit: max(limit, second))
        case (.http(let request, let limit, let bodyLimit), .http(_, let second, let secondBody)):
            probe.kind = .http(
                request, timeLimit: max(limit, second), bodyLimit: max(bodyLimit, secondBody))
        case (.dns(let request, let limit), .dns(_, let second)):
            probe.kind = .dns(request, timeLimit: max(limit, second))
        default: break
        }
        return probe
    }

    /// Whether the outcome is the answer to this probe, or that there is none.
    public func isAnswered(by outcome: Observation.Outcome) -> Bool {
        switch (kind, outcome) {
        case (.command(_, let command), .command(let result)): result.arguments == command.arguments
        case (.port(let address, let port, _), .port(let result)):
            result.address == address && result.port == port
        case (.http(let request, _, _), .http(let exchange)): exchange.request == request
        case (.dns(let request, _), .dns(let exchange)): exchange.request == request
        case (.neighbours, .neighbours), (_, .failed): true
        default: false
        }
    }

    /// The outcome where it is the answer to this probe; a failure of our own otherwise.
    public func accepting(_ outcome: Observation.Outcome) -> Observation.Outcome {
        isAnswered(by: outcome)
            ? outcome : .failed(.misplaced(asked: id.rawValue, outcome.subject))
    }
}

extension Observation.Outcome {
    /// What it is about, in a word.
    fileprivate var subject: LocalizedText {
        let words: String
        switch self {
        case .command(let result): words = result.arguments.joined(separator: " ")
        case .port(let result): words = "\(result.address) port \(result.port)"
        case .http(let exchange): words = "\(exchange.request.host)\(exchange.request.target)"
        case .dns(let exchange): words = exchange.request.name
        case .neighbours: return LocalizedText(fr: "la table des voisins", en: "the neighbour table")
        case .failed(let failure): words = failure.kind.rawValue
        }
        return LocalizedText(verbatim: words.cut(to: 200))
    }
}

/// When a probe is made. Each stage sees what the earlier ones brought.
public enum ProbeStage: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Before all else, on every machine: what the evidence is stamped with and the addresses are learnt from. It
    /// is made once more at the very end (`closing`), and the two are compared (a torn read).
    case stamp
    /// Commands on the machines, all side by side.
    case nodes
    /// Beside the commands on the machines: what depends on the addresses that the stamp showed.
    case network
    /// When the network probes are over: the traces they left on the machines.
    case trace
    /// At the very end: what was stamped at the beginning, once more.
    case closing

    public static func < (left: ProbeStage, right: ProbeStage) -> Bool { left.rawValue < right.rawValue }
}
