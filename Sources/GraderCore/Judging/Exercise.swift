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

/// A check as a question's module declares it, with what a student may read whatever was found; its points are
/// the rubric's.
public struct CheckDefinition: Sendable, Hashable {
    public var id: CheckID
    /// In a few words, for lists and headings.
    public var title: LocalizedText
    /// Why it matters.
    public var why: LocalizedText
    /// The command with which to see it oneself.
    public var seeYourself: String?
    /// What to look at, without the answer.
    public var hint: LocalizedText?
    /// The parts of a result that tell as much as the check: they go with it where it is not shown.
    public var alsoSeenIn: [ResultPart]

    public init(
        _ id: String, title: LocalizedText, why: LocalizedText, seeYourself: String? = nil,
        hint: LocalizedText? = nil, alsoSeenIn: [ResultPart] = []
    ) {
        self.alsoSeenIn = alsoSeenIn
        self.id = CheckID(id)
        self.title = title
        self.why = why
        self.seeYourself = seeYourself
        self.hint = hint
    }

    /// The check, judged.
    public func result(
        _ verdict: Verdict, expected: LocalizedText, found: LocalizedText, sources: [ProbeID] = []
    ) -> CheckResult {
        CheckResult(
            id: id, title: title, verdict: verdict, expected: expected, found: found, why: why,
            seeYourself: seeYourself, hint: hint, sources: sources)
    }
}

/// One question of a lab sheet: what to observe and how to judge it. Judging is pure: the same evidence and
/// parameters give the same results, on any machine, at any time.
public protocol QuestionModule: Sendable {
    var id: QuestionID { get }
    var checks: [CheckDefinition] { get }
    var parameters: [ParameterDefinition] { get }
    /// The probes of one stage. `findings` holds what the stages before it brought.
    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe]
    /// One result for each of `checks`, in their order.
    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult]
}

/// One lab sheet.
public struct Exercise: Sendable {
    /// E.g. `activite-2`; also the folder's and the rubric file's name.
    public var id: String
    public var title: LocalizedText
    /// The health under all questions (`H0`): always looked at, whichever questions are asked.
    public var prerequisites: (any QuestionModule)?
    /// In the order of the sheet.
    public var questions: [any QuestionModule]
    /// What every question of the exercise rests on, e.g. the CIB and the nodes' names.
    public var commonProbes: @Sendable (ProbeStage, Findings) -> [Probe]
    /// Its drills; nil where it has none.
    public var drills: (any DrillPlanner)?
    /// The checks that what drills measured tells of: it goes with them where students are not shown one.
    public var drillsTellOf: [CheckID]
    /// What it shows of what it found, in the order of the page.
    public var exhibits: @Sendable (Findings) -> [Exhibit]
    /// What two students cannot both have of it, kind by kind.
    public var identityMarks: @Sendable (Findings) -> [IdentityMark]

    public init(
        id: String, title: LocalizedText, prerequisites: (any QuestionModule)? = nil,
        questions: [any QuestionModule], drills: (any DrillPlanner)? = nil,
        drillsTellOf: [CheckID] = [],
        exhibits: @escaping @Sendable (Findings) -> [Exhibit] = { _ in [] },
        identityMarks: @escaping @Sendable (Findings) -> [IdentityMark] = { _ in [] },
        commonProbes: @escaping @Sendable (ProbeStage, Findings) -> [Probe]
    ) {
        self.id = id
        self.title = title
        self.prerequisites = prerequisites
        self.questions = questions
        self.drills = drills
        self.drillsTellOf = drillsTellOf
        self.exhibits = exhibits
        self.identityMarks = identityMarks
        self.commonProbes = commonProbes
    }

    /// The module of this id, `H0` included.
    public func module(_ id: QuestionID) -> (any QuestionModule)? {
        prerequisites?.id == id ? prerequisites : questions.first { $0.id == id }
    }

    /// The union of the probes of the questions asked, each once, in the order of their ids.
    public func plan(_ stage: ProbeStage, questions asked: Set<QuestionID>?, findings: Findings) -> [Probe] {
        var byID: [ProbeID: Probe] = [:]
        for probe in commonProbes(stage, findings) { byID[probe.id] = probe }
        for probe in prerequisites?.probes(stage, findings: findings) ?? [] { byID[probe.id] = probe }
        for question in questions where asked?.contains(question.id) ?? true {
            for probe in question.probes(stage, findings: findings) { byID[probe.id] = probe }
        }
        return byID.values.sorted { $0.id < $1.id }
    }
}
