/// Something that a question asks in words and that evidence may show: on which node a resource first started. A rubric's
/// ``AnswerRule`` names it.
public struct AnswerFact: Sendable, Hashable {
    /// A word with hyphens, `first-machine`.
    public var name: String
    public var question: QuestionID
    /// What there is to be true, such as the machines; the words for each are the rubric's, or ``ShownFact/words``.
    public var values: [String]
    /// Whether several are true at once, so that an answer may name some of them: the tests that were carried out.
    public var isSeveral: Bool

    public init(_ name: String, of question: QuestionID, values: [String], isSeveral: Bool = false) {
        self.name = name
        self.question = question
        self.values = values
        self.isSeveral = isSeveral
    }
}

/// What the evidence shows of an ``AnswerFact``.
public struct ShownFact: Sendable, Hashable {
    /// Which of the fact's values are true; empty: the evidence tells of none.
    public var values: Set<String>
    /// What the machines themselves call a value: a node's name.
    public var words: [String: [String]]
    /// For the teacher, without a full stop: *first started on the second machine (that log, then)*.
    public var proof: LocalizedText

    public init(_ values: Set<String>, words: [String: [String]] = [:], proof: LocalizedText) {
        self.values = values
        self.words = words
        self.proof = proof
    }
}

/// How a written answer is compared with what is known: what a rubric says under `answer:` of a check that the teacher
/// marks. Of it a proposal is made, never a mark.
public struct AnswerRule: Sendable, Hashable {
    /// One thing that the answer has to name; each is worth the same share of the points.
    public struct Part: Sendable, Hashable {
        /// An ``AnswerFact``'s name.
        public var fact: String
        /// The words that name each of its values, in every language that students write.
        public var words: [String: [String]]
        /// Of a fact with several values: how many have to be named.
        public var least: Int

        public init(fact: String, words: [String: [String]] = [:], least: Int = 1) {
            self.fact = fact
            self.words = words
            self.least = least
        }
    }
    public var parts: [Part]
    /// Words that may stand around what is named without changing what it means: `ressource`, `server`.
    public var beside: [String]
    /// Whether a proposal may be accepted unread; not where the words that are looked for do not make an answer.
    public var mayBeCertain: Bool

    public init(parts: [Part], beside: [String] = [], mayBeCertain: Bool = true) {
        self.parts = parts
        self.beside = beside
        self.mayBeCertain = mayBeCertain
    }
}
