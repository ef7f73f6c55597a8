/// How an exercise's labs are found among machines that nobody has listed, and what is said of them.
public protocol Discovery: Sendable {
    /// What to ask a machine once logged in, each under the name that its answer has in ``AskedHost``: reading commands
    /// of a few milliseconds each.
    var questions: KeyValuePairs<String, RemoteCommand> { get }
    /// Puts the machines that answered together into labs. Pure.
    func find(_ hosts: [AskedHost]) -> DiscoveredLabs
    /// What is said of all labs together. Like all that a discovery says it may stand in a roster's comment, where only
    /// plain characters pass: no guillemets, no special blanks.
    func text(_ sentence: DiscoverySentence) -> LocalizedText
}

/// What of a search is said in the words that an exercise has for its labs.
public enum DiscoverySentence: Sendable, Hashable {
    /// How many there are, to be gone on with after a comma: `2 labs, 1 lone machine`.
    case count(labs: Int, loneMachines: Int)
    /// These lines of the student list all mean one lab.
    case linesMeanOneLab([Int])
    /// Above the labs that stand in the roster as comments, and what to do with them.
    case incompleteLabs
    /// Above the machines that belong to a lab of which nothing else was found.
    case loneMachines
    /// Above the machines that belong to no lab.
    case others
    /// There is no lab, to be gone on with after a colon: `No lab`.
    case noLab
    /// What a lab is made of, for whoever has found none; without the full stop.
    case whatALabIs
    /// Labs were found, and none can be graded; without the full stop.
    case noneGradable
    /// What all that were found lack until they can be graded; without the full stop.
    case allIncomplete
}

/// A machine of the searched network, with what it answered.
public struct AskedHost: Sendable, Hashable {
    /// Where it answered.
    public var address: IPAddress
    /// `type base64`.
    public var hostKey: String?
    /// Why nobody could be logged in; then there are no answers.
    public var failure: LocalizedText?
    /// By the questions' names; what nobody answered is left out.
    public var answers: [String: CommandResult]

    public init(
        address: IPAddress, hostKey: String? = nil, failure: LocalizedText? = nil,
        answers: [String: CommandResult] = [:]
    ) {
        self.address = address
        self.hostKey = hostKey
        self.failure = failure
        self.answers = answers
    }

    /// What was printed where the command exited with 0 and nothing was cut off; nil otherwise.
    public func text(_ question: String) -> String? { answers[question]?.completeOutput?.text }

    /// The first word of that, where it may be a name (RFC 1035: 255 octets).
    public func word(_ question: String) -> String? {
        text(question)?.split(whereSeparator: \.isWhitespace).first.map(String.init)
            .flatMap { $0.utf8.count <= 255 ? $0 : nil }
    }
}
