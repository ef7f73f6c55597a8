/// What there is to observe: one command on one node, or one look from the network.
public struct Probe: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case command(node: NodeRole, RemoteCommand)
        case port(address: String, port: Int, timeLimit: Duration)
        case http(HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int)
        /// The grader's own neighbour table: which MAC answers for an address. Only from its own network.
        case neighbour(address: String)
    }
    public var id: ProbeID
    public var kind: Kind

    public init(_ id: ProbeID, _ kind: Kind) {
        self.id = id
        self.kind = kind
    }
}

/// When a probe is made. Each stage sees what the earlier ones brought.
public enum ProbeStage: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// At once, side by side.
    case first
    /// As soon as the quick part of the first stage (the CIB, the addresses) is in, beside what still runs:
    /// what depends on the addresses found there.
    case network
    /// When the network probes are over: traces they left on the nodes.
    case trace

    public static func < (left: ProbeStage, right: ProbeStage) -> Bool { left.rawValue < right.rawValue }
}

/// A value that a rubric may set for a question.
public struct ParameterDefinition: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case duration, number, text, texts, flag }
    public var name: String
    public var kind: Kind
    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// A check as a question's module declares it; its points are the rubric's.
public struct CheckDefinition: Sendable, Hashable {
    public var id: CheckID
    /// In a few words, for lists and headings.
    public var title: LocalizedText
    public init(_ id: CheckID, _ title: LocalizedText) {
        self.id = id
        self.title = title
    }
}

/// One question of a lab sheet: what to observe and how to judge it. Judging is pure: the same evidence and
/// parameters give the same results, on any machine, at any time.
public protocol QuestionModule: Sendable {
    var id: QuestionID { get }
    var checks: [CheckDefinition] { get }
    var parameters: [ParameterDefinition] { get }
    /// The probes of one stage. `findings` holds what the earlier stages brought, and nothing in the first.
    func probes(_ stage: ProbeStage, lab: LabFacts, findings: Findings?) -> [Probe]
    /// One result for each of `checks`, in their order.
    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult]
}

/// One lab sheet.
public struct Exercise: Sendable {
    /// E.g. `activite-2`; also the folder's and the rubric file's name.
    public var id: String
    public var title: LocalizedText
    /// In the order of the sheet.
    public var questions: [any QuestionModule]

    public init(id: String, title: LocalizedText, questions: [any QuestionModule]) {
        self.id = id
        self.title = title
        self.questions = questions
    }
}
