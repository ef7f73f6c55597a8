import Foundation

/// Where a student's result comes from in a run that was put together from others (`bascule merge`): the look that
/// counts, and the other looks at the same student that there were.
public struct Origin: Sendable, Hashable, Codable {
    /// One look at a student, in a run of a class.
    public struct Look: Sendable, Hashable, Codable {
        public var className: String
        /// The run's folder.
        public var run: String
        public var collectedAt: Date
        /// The version of Bascule that collected.
        public var collector: String
        /// Of the evidence as that run holds it.
        public var evidenceSHA256: String

        public init(
            className: String, run: String, collectedAt: Date, collector: String, evidenceSHA256: String
        ) {
            self.className = className
            self.run = run
            self.collectedAt = collectedAt
            self.collector = collector
            self.evidenceSHA256 = evidenceSHA256
        }
    }

    /// A look that does not stand, and why.
    public struct Other: Sendable, Hashable, Codable {
        /// Why not.
        public enum Reason: String, Sendable, Hashable, Codable {
            /// The one that stands is a later one.
            case earlier
            /// It came after the student's deadline.
            case late
            /// The student collected it himself, and a grader saw the machines.
            case notVerified
        }
        public var look: Look
        public var reason: Reason

        public init(_ look: Look, _ reason: Reason) {
            self.look = look
            self.reason = reason
        }
    }

    public var standing: Look
    /// The latest first; empty where the student was looked at once.
    public var others: [Other]
    /// Questions in which the rubric takes the best look; empty where there is but one.
    public var takingBest: [QuestionID] = []

    public init(standing: Look, others: [Other]) {
        self.standing = standing
        self.others = others
    }
}

extension Origin {
    /// As a rubric has it.
    public func counted(by rubric: Rubric) -> Origin {
        var origin = self
        let isSeveral = others.contains { $0.reason == .earlier }
        origin.takingBest =
            isSeveral ? rubric.questions.filter { $0.counted == .best }.map(\.id) : []
        return origin
    }
}
