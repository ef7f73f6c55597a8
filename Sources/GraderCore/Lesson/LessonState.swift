import Foundation

/// A lesson as the teacher sees it: everybody's standing, and what comes next.
public struct LessonState: Sendable, Hashable {
    public var className: String
    public var title: String
    public var exerciseTitle: LocalizedText
    public var timeZone: TimeZone
    public var beganAt: Date
    /// In the order of the roster.
    public var standings: [LessonStanding]
    /// The round under way; nil between two.
    public var round: Round?
    /// When the next round begins; nil: nobody has asked for one, or it is under way.
    public var nextRoundAt: Date?
    /// When the last round ends the lesson's looking; nil: when the teacher ends it.
    public var until: Date?
    /// How far hints go for the class now: 0 none … 3 all, and nil: as the rubric says.
    public var hintLevel: Int?
    /// Drills that students may run on their own pair, in the exercise's order.
    public var studentDrills: [StudentDrill] = []
    /// In an exam students see whether they can be reached, and nothing else.
    public var isExam: Bool
    /// What the teacher should know, the newest last.
    public var remarks: [LocalizedText] = []
    /// Answers that wait for the teacher's points.
    public var openAnswers = 0

    /// A run of the whole class under way.
    public struct Round: Sendable, Hashable {
        public var beganAt: Date
        public var done: Int
        public var all: Int

        public init(beganAt: Date, done: Int, all: Int) {
            self.beganAt = beganAt
            self.done = done
            self.all = all
        }
    }

    /// A drill that students may run.
    public struct StudentDrill: Sendable, Hashable {
        public var kind: DrillKind
        public var title: LocalizedText

        public init(kind: DrillKind, title: LocalizedText) {
            self.kind = kind
            self.title = title
        }
    }

    public init(
        className: String, title: String, exerciseTitle: LocalizedText, timeZone: TimeZone, beganAt: Date,
        standings: [LessonStanding], isExam: Bool
    ) {
        self.className = className
        self.title = title
        self.exerciseTitle = exerciseTitle
        self.timeZone = timeZone
        self.beganAt = beganAt
        self.standings = standings
        self.isExam = isExam
    }
}
