import GraderCore

/// A student of a run who has no result in it, and why.
public struct NoResult: Sendable, Hashable, Codable {
    /// In the order of how far the run came with the student.
    public enum Reason: Sendable, Hashable, Codable {
        /// The run ended before the student's turn.
        case notReached
        /// The evidence is there, of a run that was cut off before it was judged.
        case notJudged
        /// Nobody looked at the student's machines; the sentence says why.
        case notSeen(LocalizedText)
        /// The result could not be kept; the sentence says where and why.
        case notStored(StoreFailure)
        /// The program itself went wrong: the evidence is kept, and nobody is judged by it.
        case programFault(ProgramFault)
    }

    public var student: StudentIdentity
    public var reason: Reason

    public init(_ student: StudentIdentity, _ reason: Reason) {
        self.student = student
        self.reason = reason
    }

    /// Why, for people.
    public var sentence: LocalizedText {
        switch reason {
        case .notReached:
            LocalizedText(
                fr: "pas vu pendant ce passage, qui a été interrompu (grade-all --resume le reprend)",
                en: "not seen in this run, which was interrupted (grade-all --resume goes on with it)")
        case .notJudged:
            LocalizedText(
                fr: "vu pendant ce passage, mais pas encore jugé (bascule score)",
                en: "seen in this run, but not judged yet (bascule score)")
        case .notSeen(let sentence): sentence
        case .notStored(let failure): failure.sentence
        case .programFault(let fault): fault.sentence
        }
    }
}

extension RunPlace {
    /// Why a student of the run has no result in it, as far as its folder tells.
    func noResult(of student: StudentIdentity) -> NoResult {
        if let reason = manifest.notSeen?[student.id] { return NoResult(student, .notSeen(reason)) }
        return NoResult(student, folder.wasLookedAt(student.id) ? .notJudged : .notReached)
    }
}

extension RunFolder {
    /// Whether the student's machines were looked at, whatever became of the evidence since.
    func wasLookedAt(_ student: String) -> Bool { has("evidence.json", of: student) }
}
