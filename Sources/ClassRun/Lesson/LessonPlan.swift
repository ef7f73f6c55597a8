import Foundation
import GraderCore

/// What a board does of its own accord, and what it lets students do.
public struct LessonPlan: Sendable {
    /// From the start of one round over the class to the start of the next; nil: when the teacher asks.
    public var interval: Duration?
    /// After it no round begins; nil: until the board is ended.
    public var until: Date?
    /// The drills that students may run on their own pair; empty: none.
    public var studentDrills: Set<DrillKind> = []
    /// Between two looks at one pair that a student asks for.
    public var pause: Duration = .seconds(60)
    /// A lesson goes on where the board is started again within this time of the last look.
    public var mostBreak: Duration = .seconds(3 * 3600)

    public init() {}
}

/// What becomes of asking for a look or a drill.
public enum LessonAnswer: Sendable, Hashable {
    case accepted
    /// The pair is being looked at, or waits for it already.
    case underWay
    /// The student may ask again then.
    case tooSoon(Date)
    /// A machine refused the log-in, and nobody has said that it was mended.
    case refusedLogin
    /// Not what students may ask for, or nobody of the class.
    case notAllowed
}

/// Who asks.
public enum LessonAsker: Sendable, Hashable { case student, teacher }

/// That something a page shows has changed.
public struct LessonSignal: Sendable, Hashable {
    /// When it was known.
    public var at: Date
}

/// What somebody watches.
public enum LessonView: Sendable, Hashable {
    case student(String)
    case wholeClass
    /// What the teacher is told in the terminal: pages, however many, do not end it.
    case remarks
}
