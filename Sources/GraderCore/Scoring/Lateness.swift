import Foundation

/// That a student's machines were looked at after the deadline. The mark of the last look in time stands; the late one
/// is beside it, and the teacher decides.
public struct Lateness: Sendable, Hashable, Codable {
    /// One time that the machines were looked at, and what it came to.
    public struct Look: Sendable, Hashable, Codable {
        /// The run's folder.
        public var run: String
        public var collectedAt: Date
        public var score: Tally

        public init(run: String, collectedAt: Date, score: Tally) {
            self.run = run
            self.collectedAt = collectedAt
            self.score = score
        }
    }

    /// The student's own: extra time, or a retake, moves it.
    public var deadline: Date
    /// What was found after it.
    public var late: Look
    /// The mark that stands; nil where nothing was assessed in time: then there is only the late one.
    public var standing: Look?

    public init(deadline: Date, late: Look, standing: Look?) {
        self.deadline = deadline
        self.late = late
        self.standing = standing
    }
}

extension GradedResult {
    /// Whether this is what was found after the deadline; false for the result that stands in spite of a later one.
    public var isLate: Bool { lateness.map { collectedAt > $0.deadline } ?? false }
}
