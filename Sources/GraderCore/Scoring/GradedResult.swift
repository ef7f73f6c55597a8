import Foundation

/// What one run found out about one student: all that a report needs.
public struct GradedResult: Sendable, Hashable, Codable {
    public static let currentSchemaVersion = 2

    public var schemaVersion: Int
    public var className: String
    public var student: StudentIdentity
    public var exercise: String
    public var exerciseTitle: LocalizedText
    public var collectedAt: Date
    public var collectionSeconds: Double
    public var questions: [QuestionResult]
    public var score: Tally
    /// Nodes that could not be reached or logged in to, with the reason.
    public var unreachable: [MachineID: TransportFailure]
    public var instability: Instability?
    /// What the exercise shows of what it found, in the order of the page.
    public var exhibits: [Exhibit]
    /// From where the network probes were made.
    public var networkVantage: Vantage?
    public var provenance: Provenance
    /// What the teacher says about the whole; nil where nothing.
    public var comment: String?
    /// True where the teacher noted that nobody of the student or team was there.
    public var isAbsent: Bool?
    /// The members of a team whose marks differ from the team's; nil where none do.
    public var members: [MemberResult]?
    /// Failover drills, in the order in which they were run; nil where none was asked for.
    public var drills: [DrillAccount]?
    /// The checks that the drills tell of: the accounts go with them where they are not shown. Nil where there are none.
    public var drillsTellOf: [CheckID]?
    /// By what the student's machines are told from others'; nil in results from before it was kept, and in what
    /// students are shown.
    public var identityMarks: [IdentityMark]?
    /// What does not go with what the machines say, for the teacher; nil where nothing was seen, and in what students
    /// are shown.
    public var anomalies: [Anomaly]?
    /// Set where the student was looked at after the deadline; nil where everything is in time.
    public var lateness: Lateness?
    /// Set in a run that was put together from others.
    public var origin: Origin?
    /// Set where the student collected the evidence: it is not verified, and helps no result that is.
    public var handIn: HandIn?

    public init(
        className: String, student: StudentIdentity, exercise: String, exerciseTitle: LocalizedText,
        collectedAt: Date, collectionSeconds: Double, questions: [QuestionResult], score: Tally,
        unreachable: [MachineID: TransportFailure], instability: Instability?, exhibits: [Exhibit],
        networkVantage: Vantage?, provenance: Provenance
    ) {
        self.schemaVersion = GradedResult.currentSchemaVersion
        self.className = className
        self.student = student
        self.exercise = exercise
        self.exerciseTitle = exerciseTitle
        self.collectedAt = collectedAt
        self.collectionSeconds = collectionSeconds
        self.questions = questions
        self.score = score
        self.unreachable = unreachable
        self.instability = instability
        self.exhibits = exhibits
        self.networkVantage = networkVantage
        self.provenance = provenance
    }
}

/// One person or a team.
public struct StudentIdentity: Sendable, Hashable, Codable {
    public var id: String
    /// One name, or a team's.
    public var names: [String]
    public init(id: String, names: [String]) {
        self.id = id
        self.names = names
    }
}

/// One question, judged and scored.
public struct QuestionResult: Sendable, Hashable, Codable {
    public var id: QuestionID
    public var title: LocalizedText
    public var checks: [ScoredCheck]
    public var score: Tally
    /// What the teacher decided about the question as a whole. Points here stand in the place of the checks' own.
    public var teacher: TeacherMark?
    /// What the student wrote about it, where that was handed in; as foreign as anything from a student's machine.
    public var writtenAnswer: String?

    public init(id: QuestionID, title: LocalizedText, checks: [ScoredCheck], score: Tally) {
        self.id = id
        self.title = title
        self.checks = checks
        self.score = score
    }
}

/// A check with the points it could bring and the points it brought.
public struct ScoredCheck: Sendable, Hashable, Codable {
    public var result: CheckResult
    public var points: Points
    /// Nil while it is not decided.
    public var earned: Points?
    /// What the teacher decided or said about it. With points, `result` holds the teacher's verdict.
    public var teacher: TeacherMark?
    /// What Bascule itself had come to, where the teacher's points stand in its place.
    public var judged: OverruledVerdict?
    /// The earlier run whose verdict stands here, since the rubric takes the best one; nil where it is this run's.
    public var earlier: EarlierRun?
    /// When a run of this class first found it met; nil while none has, and for advice.
    public var firstMetAt: Date?
    /// Set where students are not shown all of it; nil in what they are shown.
    public var concealed: Concealment?

    public init(result: CheckResult, points: Points, earned: Points?) {
        self.result = result
        self.points = points
        self.earned = earned
    }
}

/// "12.5 of 17 decided, of 20": undecided points are never normalised away.
public struct Tally: Sendable, Hashable, Codable {
    public var earned: Points
    public var decided: Points
    public var total: Points

    public init(earned: Points = .zero, decided: Points = .zero, total: Points = .zero) {
        self.earned = earned
        self.decided = decided
        self.total = total
    }

    /// Of one check.
    /// - Parameter earned: nil while it is not decided.
    public init(of points: Points, earned: Points?) {
        self.init(earned: earned ?? .zero, decided: earned == nil ? .zero : points, total: points)
    }

    public var isComplete: Bool { decided == total }

    public static func + (left: Tally, right: Tally) -> Tally {
        Tally(
            earned: left.earned + right.earned, decided: left.decided + right.decided,
            total: left.total + right.total)
    }
}

/// What made the result, for a dispute.
public struct Provenance: Sendable, Hashable, Codable {
    public var grader: String
    public var rubricSHA256: String
    public var evidenceSHA256: String
    public init(grader: String, rubricSHA256: String, evidenceSHA256: String) {
        self.grader = grader
        self.rubricSHA256 = rubricSHA256
        self.evidenceSHA256 = evidenceSHA256
    }
}
