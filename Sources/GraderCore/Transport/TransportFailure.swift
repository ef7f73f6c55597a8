/// Why a node could not be reached or a command could not be run: about the way there, never about what the
/// command came to.
public struct TransportFailure: Error, Sendable, Hashable, Codable {
    /// What happened, for programs; the sentence for people is `sentence`.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing answered within the time limit, and the grader was there to hear it.
        case timedOut
        /// The time limit passed while the grader itself was late: nobody can say whose fault it was.
        case graderOverloaded
        /// The port is closed (RST).
        case connectionRefused
        /// No route, host or network unreachable, or the name does not resolve.
        case unreachable
        /// Something accepted the connection and said nothing, or not SSH.
        case notSSH
        /// The server refuses for now (MaxStartups, PerSourcePenalties): log-ins are not tried again.
        case refusedByPenalty
        /// The host key is not the one on file.
        case hostKeyChanged
        /// No way of authenticating was accepted.
        case authenticationFailed
        /// The key or its passphrase cannot be used on the grader's side.
        case keyUnusable
        /// Both speak SSH, and there is no key exchange, or no kind of host key, that both know and the grader takes.
        case noCommonAlgorithms
        /// Logged in, but no command runs: a restricted account, an expired password, no shell, no session allowed.
        case commandsRefused
        /// Logged in, but root could not be had.
        case rootRefused
        /// The connection broke after the log-in.
        case connectionLost
        /// The node was left out on purpose: `check --local` looks at one node only.
        case outOfSight
        /// The grader gave up (Ctrl-C, deadline of the pair).
        case cancelled
        /// The other side or the library broke the protocol.
        case protocolError
        /// A bug of Bascule's own: what came back answers something else than what was asked.
        case programFault
    }

    public var kind: Kind
    /// Whether the machine was asked to let somebody in and refused: servers count that, and punish it.
    public var isRefusal: Bool {
        [.authenticationFailed, .hostKeyChanged, .refusedByPenalty, .rootRefused].contains(kind)
    }
    /// Who, what, what to do next; no password, no key.
    public var sentence: LocalizedText

    public init(_ kind: Kind, _ sentence: LocalizedText) {
        self.kind = kind
        self.sentence = sentence
    }

    public init(_ kind: Kind, fr: LocalizedText.Wording, en: LocalizedText.Wording) {
        self.init(kind, LocalizedText(fr: fr, en: en))
    }

    private enum CodingKeys: CodingKey { case kind, message, text }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(Kind.self, forKey: .kind)
        sentence = try container.sentence(english: .message, both: .text)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(sentence, english: .message, both: .text)
    }

    /// Nothing came back where something must, be it a failure.
    public static func unanswered(_ asked: String) -> TransportFailure {
        TransportFailure(
            .programFault,
            fr: """
                C'est une erreur de Bascule, l'étudiant n'y est pour rien : `\(asked.prefix(200))` n'a reçu aucune \
                réponse ; à signaler.
                """,
            en: """
                This is a bug in Bascule, not the student's doing: `\(asked.prefix(200))` got no answer at all; \
                please report it.
                """)
    }

    /// What came back does not belong to what was asked.
    static func misplaced(asked: String, _ answered: LocalizedText) -> TransportFailure {
        TransportFailure(
            .programFault,
            fr: """
                C'est une erreur de Bascule, l'étudiant n'y est pour rien : la réponse à `\(asked.prefix(200))` est \
                arrivée comme celle à `\(answered)` ; à signaler.
                """,
            en: """
                This is a bug in Bascule, not the student's doing: the answer to `\(asked.prefix(200))` came as that to \
                `\(answered)`; please report it.
                """)
    }
}
