import ClassRun
import Foundation
import GraderCore

extension RunPlace {
    /// Why a student of the run has no result in it.
    func absence(of student: String) -> LocalizedText {
        if let reason = manifest.notSeen?[student] { return reason }
        return folder.wasLookedAt(student) ? Absence.notJudged : Absence.notReached
    }
}

enum Absence {
    /// The run ended before the student's turn.
    static let notReached = LocalizedText(
        fr: "pas vu pendant ce passage, qui a été interrompu (grade-all --resume le reprend)",
        en: "not seen in this run, which was interrupted (grade-all --resume goes on with it)")
    static let notJudged = LocalizedText(
        fr: "vu pendant ce passage, mais pas encore jugé (bascule score)",
        en: "seen in this run, but not judged yet (bascule score)")
}

extension RunFolder {
    /// Whether the student's machines were looked at, whatever became of the evidence since.
    func wasLookedAt(_ student: String) -> Bool {
        guard let file = try? path("evidence.json", student: student) else { return false }
        return FileManager.default.fileExists(atPath: file)
    }
}
