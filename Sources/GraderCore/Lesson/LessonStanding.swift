import Foundation

/// What is known of a student while a lesson goes on: the last look, what has changed, and what is being done.
///
/// Whole, for the teacher; ``shownToStudent(at:by:hintLevel:)`` makes what the student may see of it.
public struct LessonStanding: Sendable, Hashable {
    public var student: StudentIdentity
    /// The student's machines, in the exercise's order.
    public var machines: [MachineID] = []
    public var activity = LessonActivity.idle
    /// Of the last look; nil before the first.
    public var result: GradedResult?
    /// What each question had earned at the first look of the lesson.
    public var atBeginning: [QuestionID: Tally] = [:]
    /// The verdicts that became others since the lesson began, the oldest first; the last ``mostChanges`` of them.
    public var changes: [LessonChange] = []
    /// When a verdict changed last, or the first look was made: nothing has changed since. Nil before the first look.
    public var changedAt: Date?
    /// Machines that refused the log-in. They are not asked again until somebody says that it was mended: a student's
    /// sshd counts failures.
    public var refusedLogins: [MachineID: TransportFailure] = [:]
    /// How logging in went when the machines were asked last, in their order; empty before.
    public var logins: [Login] = []
    /// When the student may ask for the next look; nil: now.
    public var nextLookAt: Date?
    /// Why the last look came to nothing, for people; for the teacher, where the other is there too.
    public var problem: LocalizedText?
    public var problemForStudent: LocalizedText?

    public static let mostChanges = 200

    /// Whether a machine could be logged in to.
    public struct Login: Sendable, Hashable, Codable {
        public var node: MachineID
        /// Nil where it could.
        public var failure: TransportFailure?

        public init(node: MachineID, failure: TransportFailure?) {
            self.node = node
            self.failure = failure
        }
    }

    public init(student: StudentIdentity) { self.student = student }
}

/// What is being done about a student's machines.
public enum LessonActivity: Sendable, Hashable {
    case idle
    /// In line for a look or a drill.
    /// - Parameter place: 1 for the next.
    case waiting(place: Int)
    case looking(since: Date)
    case drilling(LessonDrill)
}

/// A drill under way, as far as it has come.
public struct LessonDrill: Sendable, Hashable {
    public var kind: DrillKind
    public var title: LocalizedText
    /// The stage's word in `DrillEvent.stage`; nil before the first.
    public var stage: String?
    public var beganAt: Date
    /// What a client has seen since the baseline began, so long each: the time line as it is measured.
    public var seen: [ServiceMoment] = []
    /// The last thing that a person should know, in a sentence.
    public var notice: LocalizedText?

    /// How long one of ``seen`` is.
    public static let moment: Duration = .milliseconds(500)

    public init(kind: DrillKind, title: LocalizedText, beganAt: Date) {
        self.kind = kind
        self.title = title
        self.beganAt = beganAt
    }
}

/// What the attempts of half a second came to.
public enum ServiceMoment: String, Sendable, Hashable, Codable {
    case served
    /// Some were served, some not.
    case partly
    case notServed
    /// Not known yet, or nothing was asked.
    case unknown
}

/// A check whose verdict became another one.
public struct LessonChange: Sendable, Hashable, Codable {
    public var at: Date
    public var check: CheckID
    public var title: LocalizedText
    public var from: Verdict
    public var to: Verdict

    public init(at: Date, check: CheckID, title: LocalizedText, from: Verdict, to: Verdict) {
        self.at = at
        self.check = check
        self.title = title
        self.from = from
        self.to = to
    }
}

extension LessonStanding {
    /// What the student may see of it, as `check` shows it: what was found and not what would be right where the rubric
    /// says nothing else, and nothing of checks that are hidden. Pure.
    /// - Parameter hintLevel: how far hints go for the class now; nil: as the rubric says, which is the most in any case.
    public func shownToStudent(at now: Date, by rubric: Rubric, hintLevel: Int?) -> LessonStanding {
        var shown = self
        (shown.problem, shown.problemForStudent) = (problemForStudent, nil)
        shown.result = result?.shownInCheck(at: now, by: rubric).hinting { question in
            let most = rubric[question]?.hintLevel ?? RubricQuestion.mostHints
            return min(hintLevel ?? most, most)
        }
        let concealed = rubric.concealedChecks(at: now)
        guard !concealed.isEmpty else { return shown }
        shown.changes.removeAll { concealed.contains($0.check) }
        // When something changed would tell of what is not shown.
        shown.changedAt = shown.changes.last?.at
        shown.atBeginning = [:]
        if case .drilling(var drill) = activity, let told = result?.drillsTellOf,
            !concealed.isDisjoint(with: told)
        {
            drill.seen = []
            drill.notice = nil
            shown.activity = .drilling(drill)
        }
        return shown
    }
}

extension LessonStanding {
    /// What a student may see in an exam: whether the machines can be reached, and nothing else.
    public func shownInExam() -> LessonStanding {
        var shown = LessonStanding(student: student)
        shown.machines = machines
        shown.logins = logins
        shown.refusedLogins = refusedLogins
        shown.nextLookAt = nextLookAt
        shown.problem = problemForStudent
        switch activity {
        case .idle, .waiting, .looking: shown.activity = activity
        case .drilling(let drill): shown.activity = .looking(since: drill.beganAt)
        }
        return shown
    }
}

extension GradedResult {
    /// With hints as far as a level, as `check --hint-level` has them: 1 why it matters, 2 what to look at too, 3 with
    /// which command too; 0 none.
    func hinting(_ level: (QuestionID) -> Int) -> GradedResult {
        var result = self
        for (index, question) in questions.enumerated() {
            let level = level(question.id)
            for place in question.checks.indices {
                if level < 1 {
                    result.questions[index].checks[place].result.why = LocalizedText(verbatim: "")
                }
                if level < 2 { result.questions[index].checks[place].result.hint = nil }
                if level < 3 { result.questions[index].checks[place].result.seeYourself = nil }
            }
        }
        return result
    }
}
