/// What there is to observe: one command on one node, or one look from the network.
public struct Probe: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case command(node: NodeRole, RemoteCommand)
        case port(address: String, port: Int, timeLimit: Duration)
        case http(HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int)
        case dns(DNSProbeRequest, timeLimit: Duration)
        /// The grader's own neighbour table: which MAC answers for an address. Only from its own network.
        case neighbours
    }
    public var id: ProbeID
    public var kind: Kind
    /// A command that takes milliseconds whatever state the node is in: it may share a channel with others of
    /// its kind, one after the other.
    public var isBrief: Bool

    public init(_ id: ProbeID, _ kind: Kind, isBrief: Bool = false) {
        self.id = id
        self.kind = kind
        self.isBrief = isBrief
    }
}

extension Probe {
    /// The outcome where it is the answer to this probe; a failure of our own otherwise.
    public func accepting(_ outcome: Observation.Outcome) -> Observation.Outcome {
        let isTheAnswer =
            switch (kind, outcome) {
            case (.command(_, let command), .command(let result)): result.arguments == command.arguments
            case (.port(let address, let port, _), .port(let result)):
                result.address == address && result.port == port
            case (.http(let request, _, _), .http(let exchange)): exchange.request == request
            case (.dns(let request, _), .dns(let exchange)): exchange.request == request
            case (.neighbours, .neighbours), (_, .failed): true
            default: false
            }
        return isTheAnswer ? outcome : .failed(.misplaced(asked: id.rawValue, outcome.subject))
    }
}

extension Observation.Outcome {
    /// What it is about, in a word.
    fileprivate var subject: String {
        switch self {
        case .command(let result): result.arguments.joined(separator: " ")
        case .port(let result): "\(result.address) port \(result.port)"
        case .http(let exchange): "\(exchange.request.host)\(exchange.request.target)"
        case .dns(let exchange): exchange.request.name
        case .neighbours: "the neighbour table"
        case .failed(let failure): failure.kind.rawValue
        }
    }
}

/// When a probe is made. Each stage sees what the earlier ones brought.
public enum ProbeStage: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Before all else, on both nodes: what the evidence is stamped with and the addresses are learnt from. It
    /// is made once more at the very end, and the two are compared (a torn read).
    case stamp
    /// Commands on the nodes, all side by side.
    case nodes
    /// Beside the commands on the nodes: what depends on the addresses that the stamp showed.
    case network
    /// When the network probes are over: the traces they left on the nodes.
    case trace

    public static func < (left: ProbeStage, right: ProbeStage) -> Bool { left.rawValue < right.rawValue }
}

/// A value that a rubric may set for a question.
public struct ParameterDefinition: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case duration, durations, number, text, texts, flag }
    public var name: String
    public var kind: Kind
    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// One lab sheet.
public struct Exercise: Sendable {
    /// E.g. `activite-2`; also the folder's and the rubric file's name.
    public var id: String
    public var title: LocalizedText
    /// The health under all questions (`H0`): always looked at, whichever questions are asked.
    public var prerequisites: Question<Findings>?
    /// In the order of the sheet.
    public var questions: [Question<Findings>]
    /// What every question of the exercise rests on, e.g. the CIB and the nodes' names.
    public var commonProbes: @Sendable (ProbeStage, Findings) -> [Probe]
    /// Its drills; nil where it has none.
    public var drills: (any DrillPlanner)?

    public init(
        id: String, title: LocalizedText, prerequisites: Question<Findings>? = nil,
        questions: [Question<Findings>], drills: (any DrillPlanner)? = nil,
        commonProbes: @escaping @Sendable (ProbeStage, Findings) -> [Probe]
    ) {
        self.id = id
        self.title = title
        self.prerequisites = prerequisites
        self.questions = questions
        self.drills = drills
        self.commonProbes = commonProbes
    }

    /// The prerequisites and the questions, in this order.
    public var everyQuestion: [Question<Findings>] { [prerequisites].compactMap(\.self) + questions }

    /// The question of this id, `H0` included.
    public func question(_ id: QuestionID) -> Question<Findings>? { everyQuestion.first { $0.id == id } }

    /// What its questions declare, `H0` included.
    public var definitions: [QuestionDefinition] { everyQuestion.map(\.definition) }

    /// The union of the probes of the questions asked, and of those that their checks may wait for, each once, in the
    /// order of their ids.
    public func plan(_ stage: ProbeStage, questions asked: Set<QuestionID>?, findings: Findings) -> [Probe] {
        let needed = asked.map(definitions.needed)
        var byID: [ProbeID: Probe] = [:]
        for probe in commonProbes(stage, findings) { byID[probe.id] = probe }
        for probe in prerequisites?.probes(stage, findings) ?? [] { byID[probe.id] = probe }
        for question in questions where needed?.contains(question.id) ?? true {
            for probe in question.probes(stage, findings) { byID[probe.id] = probe }
        }
        return byID.values.sorted { $0.id < $1.id }
    }
}
