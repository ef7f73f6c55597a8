import Foundation
import GraderCore

/// What a run was asked to do: with the evidence beside it, all that is needed to judge, score and report it again
/// without the roster and without a machine (`run.json`).
public struct RunManifest: Sendable, Hashable, Codable {
    public static let currentSchemaVersion = 1

    public var schemaVersion = RunManifest.currentSchemaVersion
    public var className: String
    public var title: String
    public var exercise: String
    public var language: Language
    public var startedAt: Date
    /// In roster order.
    public var students: [StudentIdentity]
    /// The questions asked; nil: all.
    public var questions: [QuestionID]?
    /// Students, by id, whose machines one and the same password opened; nil where there are none. The password
    /// itself is nowhere.
    public var sharedPasswords: [[String]]?
    /// By the student's id, where there is one.
    public var deadlines: [String: Date]?
    /// By the student's id, the name of the run of this class whose evidence is taken over: so that a run which is
    /// interrupted before it has, or while it does, loses nobody.
    public var carried: [String: String]?
    /// The name of the class's latest run when this one began: where that still is the latest, this one was cut off,
    /// whatever the clock has made of their names. Nil: there was none, or the run is from before it was kept.
    public var follows: String?
    /// By the student's id: why nobody could look for the machines; nil where there are none.
    public var notSeen: [String: LocalizedText]?
    /// By the student's id, in a run that was put together from others: where what it says comes from.
    public var origins: [String: Origin]?
    /// By the student's id: what became of the snapshots of the machines that were taken after the look; nil where no hook
    /// takes any.
    public var snapshots: [String: SnapshotOutcome]?
    /// Of the class, otherwise of the grader when it ran; nil in runs from before it was kept: UTC.
    public var timeZone: String?

    /// A run of all questions, without deadlines and with everybody seen.
    public init(
        className: String, title: String, exercise: String, language: Language, startedAt: Date,
        students: [StudentIdentity], questions: [QuestionID]? = nil
    ) {
        self.className = className
        self.title = title
        self.exercise = exercise
        self.language = language
        self.startedAt = startedAt
        self.students = students
        self.questions = questions
    }

    /// Where the class's clocks stand; UTC where the run was of a program that did not say.
    public var zone: TimeZone { timeZone.flatMap { TimeZone(identifier: $0) } ?? .gmt }
}
