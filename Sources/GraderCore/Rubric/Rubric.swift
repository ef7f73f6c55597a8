/// Points per check, parameters and thresholds: what the teacher decides. Read from a YAML file by ClassRun.
public struct Rubric: Sendable, Hashable {
    public var exercise: String
    public var title: LocalizedText
    /// The sum of all checks' points, stated so that a slip of the pen is noticed.
    public var total: Points
    /// In the order of the file.
    public var questions: [RubricQuestion]
    /// During an exam: `check` shows only that the machines can be reached.
    public var isExam: Bool
    /// Set where an exam's rubric leaves checks out: it is what students are handed, and nothing is graded with it.
    public var isExcerpt: Bool
    /// SHA-256 of the file's bytes in hexadecimal, for the report.
    public var checksum: String

    public init(
        exercise: String, title: LocalizedText, total: Points, questions: [RubricQuestion],
        isExam: Bool = false, isExcerpt: Bool = false, checksum: String = ""
    ) {
        self.isExam = isExam
        self.isExcerpt = isExcerpt
        self.exercise = exercise
        self.title = title
        self.total = total
        self.questions = questions
        self.checksum = checksum
    }

    public subscript(id: QuestionID) -> RubricQuestion? { questions.first { $0.id == id } }
}

/// One question's section of the rubric.
public struct RubricQuestion: Sendable, Hashable {
    public var id: QuestionID
    public var title: LocalizedText
    /// In the order of the file. A check of zero points is advice.
    public var checks: [RubricCheck]
    /// What the question lets a teacher set, with its own defaults for what is not here.
    public var parameters: Parameters
    /// How much students are told on demand, 0 (no hints) to `mostHints`.
    public var hintLevel: Int
    /// Which of a class's runs count.
    public var counted: CountedRuns
    /// How much students are shown of its checks, where a check has nothing of its own; nil: pages show all of it,
    /// `check` what was found.
    public var visibility: Visibility?

    /// Why it matters; what to look at; with which command, and what it showed.
    public static let mostHints = 3

    /// Whether students see the hints of this question.
    public var showHints: Bool { hintLevel > 0 }

    public init(
        id: QuestionID, title: LocalizedText, checks: [RubricCheck], parameters: Parameters,
        hintLevel: Int = RubricQuestion.mostHints, counted: CountedRuns = .last,
        visibility: Visibility? = nil
    ) {
        self.visibility = visibility
        self.hintLevel = hintLevel
        self.counted = counted
        self.id = id
        self.title = title
        self.checks = checks
        self.parameters = parameters
    }

    public var points: Points { checks.reduce(.zero) { $0 + $1.points } }
}

/// Which runs count for a question: what is true at the end, or what was true at some moment of the lab session
/// (where the address was, that both kinds of failover were tried).
public enum CountedRuns: String, Sendable, Hashable, CaseIterable {
    case last, best
}

/// The points of one check.
public struct RubricCheck: Sendable, Hashable {
    public var id: CheckID
    public var points: Points
    /// Set where Bascule cannot judge it and the teacher gives the mark.
    public var byTeacher: Bool
    /// What the teacher looks for; only for `byTeacher`.
    public var title: LocalizedText?
    /// From what a proposal is made; only for `byTeacher`.
    public var answer: AnswerRule?
    /// Nil: as the question says.
    public var visibility: Visibility?

    public init(
        id: CheckID, points: Points, byTeacher: Bool = false, title: LocalizedText? = nil,
        answer: AnswerRule? = nil, visibility: Visibility? = nil
    ) {
        self.answer = answer
        self.visibility = visibility
        self.id = id
        self.points = points
        self.byTeacher = byTeacher
        self.title = title
    }
}

/// A question's parameters by name. What may stand there is declared by the question, so that a misspelt name or
/// a wrong type is refused when the rubric is read.
public struct Parameters: Sendable, Hashable {
    /// One of the kinds of ``ParameterDefinition``.
    public enum Value: Sendable, Hashable {
        case duration(Duration)
        case durations([Duration])
        case number(Double)
        case text(String)
        case texts([String])
        case flag(Bool)
    }
    public var values: [String: Value]

    public init(_ values: [String: Value] = [:]) { self.values = values }

    /// The value where it is a duration; nil otherwise.
    public func duration(_ name: String) -> Duration? {
        if case .duration(let value)? = values[name] { value } else { nil }
    }
    /// The value where it is durations, or one, which stands for a list of one; nil otherwise.
    public func durations(_ name: String) -> [Duration]? {
        switch values[name] {
        case .durations(let value): value
        case .duration(let value): [value]
        default: nil
        }
    }
    /// The value where it is a number; nil otherwise.
    public func number(_ name: String) -> Double? {
        if case .number(let value)? = values[name] { value } else { nil }
    }
    /// The value where it is a list of texts; nil otherwise.
    public func texts(_ name: String) -> [String]? {
        if case .texts(let value)? = values[name] { value } else { nil }
    }
    /// The value where it is `true` or `false`; nil otherwise.
    public func flag(_ name: String) -> Bool? {
        if case .flag(let value)? = values[name] { value } else { nil }
    }
}
