import Foundation
import GraderCore

/// A student of a run who has no result in it, and why.
public struct NoResult: Sendable, Hashable, Codable {
    /// In the order of how far the run came with the student.
    public enum Reason: Sendable, Hashable, Codable {
        /// The run ended before the student's turn, or nothing of the student could be kept.
        case notReached
        /// The run was to take the evidence over from another, by its name, and did not come to it.
        case notTakenOver(String)
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
                fr: """
                    pas vu pendant ce passage, ou pas gardé : il a été interrompu, ou n'a pas pu être écrit en entier \
                    (grade-all --resume le reprend)
                    """,
                en: """
                    not seen in this run, or not kept: it was interrupted, or could not be written whole \
                    (grade-all --resume goes on with it)
                    """)
        case .notTakenOver(let run):
            LocalizedText(
                fr: "vu pendant le passage \(run), que celui-ci n'a pas repris en entier (bascule score)",
                en: "seen in the run \(run), which this one did not take over whole (bascule score)")
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
        guard let holder = folder.holder(of: student.id) else { return NoResult(student, .notReached) }
        return NoResult(student, holder.name == folder.name ? .notJudged : .notTakenOver(holder.name))
    }
}

extension RunFolder {
    /// Whether the student's machines were looked at, whatever became of the evidence since.
    func wasLookedAt(_ student: String) -> Bool { has("evidence.json", of: student) }

    /// The run that has the student's evidence: this one, or the one that it was to be taken over from, as far back as
    /// they say; nil where none has.
    func holder(of student: String) -> RunFolder? { holder(of: student) { $0.wasLookedAt(student) } }

    /// The same, of evidence that is as it has to be.
    func holder(of student: String, where isMeant: (RunFolder) -> Bool) -> RunFolder? {
        var run = self
        var passed: Set<String> = []
        while !isMeant(run) {
            // A copy may lie beside another class's runs.
            guard passed.insert(run.name).inserted, let manifest = try? run.manifest(),
                manifest.className == URL(filePath: classFolder).lastPathComponent,
                let name = manifest.carried?[student], SafeName.isValid(name)
            else { return nil }
            run = RunFolder(path: "\(classFolder)/\(name)")
        }
        return run
    }
}
