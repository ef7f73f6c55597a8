/// What the teacher decided by hand about a check or a question.
public struct TeacherMark: Sendable, Hashable, Codable {
    /// Nil: a comment only.
    public var points: Points?
    public var comment: String?

    /// Of a comment, in bytes.
    public static let commentLimit = 4_000

    public init(points: Points? = nil, comment: String? = nil) {
        self.points = points
        self.comment = comment
    }
}

/// What Bascule had come to before the teacher's points took its place.
public struct OverruledVerdict: Sendable, Hashable, Codable {
    public var verdict: Verdict
    public var found: LocalizedText

    public init(verdict: Verdict, found: LocalizedText) {
        self.verdict = verdict
        self.found = found
    }
}

/// What a mark is about: `Q2.written`, or a whole question, `Q2`.
public enum MarkSubject: Sendable, Hashable, CustomStringConvertible {
    case check(CheckID)
    case question(QuestionID)

    /// As it is written in `marks.yaml`.
    public init(_ text: String) {
        self = text.contains(".") ? .check(CheckID(text)) : .question(QuestionID(text))
    }

    public var description: String {
        switch self {
        case .check(let id): id.rawValue
        case .question(let id): id.rawValue
        }
    }
}

/// The teacher's marks for one student or team, or for one member of a team.
public struct StudentMarks: Sendable, Hashable {
    public var marks: [MarkSubject: TeacherMark]
    /// About the whole.
    public var comment: String?
    public var isAbsent: Bool
    /// By the member's name; what a member has of its own counts before the team's.
    public var members: [String: StudentMarks]

    public init(
        marks: [MarkSubject: TeacherMark] = [:], comment: String? = nil, isAbsent: Bool = false,
        members: [String: StudentMarks] = [:]
    ) {
        self.marks = marks
        self.comment = comment
        self.isAbsent = isAbsent
        self.members = members
    }
}

/// A class's marks: `marks.yaml`, read.
public struct TeacherMarks: Sendable, Hashable {
    /// By the student's id.
    public var students: [String: StudentMarks]

    public init(students: [String: StudentMarks] = [:]) { self.students = students }
}

/// One member of a team whose marks are not those of the team.
public struct MemberResult: Sendable, Hashable, Codable {
    /// What the teacher decided for this member alone.
    public struct Mark: Sendable, Hashable, Codable {
        /// A check's or question's id.
        public var subject: String
        public var mark: TeacherMark

        public init(subject: String, mark: TeacherMark) {
            self.subject = subject
            self.mark = mark
        }
    }

    public var name: String
    /// The member's own, the team's marks included.
    public var score: Tally
    /// By question, in the order of the result's questions.
    public var questionScores: [Tally]
    /// In the order of the sheet.
    public var marks: [Mark]
    public var comment: String?
    public var isAbsent: Bool

    public init(
        name: String, score: Tally, questionScores: [Tally], marks: [Mark], comment: String?, isAbsent: Bool
    ) {
        self.name = name
        self.score = score
        self.questionScores = questionScores
        self.marks = marks
        self.comment = comment
        self.isAbsent = isAbsent
    }
}
