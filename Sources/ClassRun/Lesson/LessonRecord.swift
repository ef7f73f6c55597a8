import Foundation
import GraderCore

/// What a board remembers of a student from one look to the next, and from one start to the next
/// (`board/students/<id>.json`).
struct LessonRecord: Sendable, Hashable, Codable {
    static let currentSchemaVersion = 1

    var schemaVersion = LessonRecord.currentSchemaVersion
    var student: String
    /// Of the last look; whole, as it was judged.
    var result: GradedResult?
    /// By check, what it came to when it was decided last: a pair that cannot be reached for once has lost nothing.
    var decided: [String: Verdict] = [:]
    /// By question, at the first look of the lesson.
    var atBeginning: [String: Tally] = [:]
    var changes: [LessonChange] = []
    var changedAt: Date?
    var refusedLogins: [MachineID: TransportFailure] = [:]
    var logins: [LessonStanding.Login] = []
    /// Before the first drill of the latest lesson in which the student asked for one.
    var snapshot: Snapshot?
    /// Whose snapshot failed when one was wanted last (``DrillRequest/snapshotFirst``).
    var notKept: MachineID?

    /// What the student's machines are kept in.
    struct Snapshot: Sendable, Hashable, Codable {
        var name: String
        var takenAt: Date
    }

    init(student: String) { self.student = student }

    /// Takes in what a look brought.
    mutating func take(_ new: GradedResult, machines: [MachineID]) {
        if changedAt == nil, new.score.decided > .zero { changedAt = new.collectedAt }
        for check in new.questions.flatMap(\.checks).map(\.result) where check.verdict.isDecided {
            let old = decided.updateValue(check.verdict, forKey: check.id.rawValue)
            guard let old, !old.isLike(check.verdict) else { continue }
            changes.append(
                LessonChange(
                    at: new.collectedAt, check: check.id, title: check.title, from: old, to: check.verdict))
            changedAt = new.collectedAt
        }
        changes = changes.suffix(LessonStanding.mostChanges)
        for question in new.questions where question.score.decided > .zero {
            if atBeginning[question.id.rawValue] == nil { atBeginning[question.id.rawValue] = question.score }
        }
        result = new
        take(machines.map { LessonStanding.Login(node: $0, failure: new.unreachable[$0]) })
    }

    /// Takes in how logging in went.
    mutating func take(_ logins: [LessonStanding.Login]) {
        self.logins = logins
        refusedLogins = logins.reduce(into: [:]) { refused, login in
            if let failure = login.failure, failure.kind.isRefusedLogin { refused[login.node] = failure }
        }
    }

    /// Takes in what became of a drill that the student asked for.
    /// - Returns: whether a snapshot was taken for it.
    mutating func take(_ drill: DrillEvidence) -> Bool {
        guard let name = drill.snapshot, name != snapshot?.name else { return false }
        snapshot = Snapshot(name: name, takenAt: drill.startedAt)
        notKept = nil
        return true
    }

    /// Takes in that a machine's snapshot was not taken.
    /// - Returns: whether it is another than last time.
    mutating func takeNotKept(_ machine: MachineID) -> Bool {
        defer { notKept = machine }
        return notKept != machine
    }

    /// From here on changes are counted anew.
    mutating func beginLesson() {
        changes = []
        changedAt = nil
        atBeginning = [:]
    }

    /// What holds whatever is looked for on the machines. Another exercise's checks are not this one's, and this one's rubric
    /// does not say which of them are hidden.
    func kept(for exercise: String) -> LessonRecord {
        guard let result, result.exercise != exercise else { return self }
        var kept = LessonRecord(student: student)
        (kept.refusedLogins, kept.logins) = (refusedLogins, logins)
        (kept.snapshot, kept.notKept) = (snapshot, notKept)
        return kept
    }

    var standing: LessonStanding {
        var standing = LessonStanding(student: StudentIdentity(id: student, names: []))
        standing.result = result
        standing.atBeginning = Dictionary(
            atBeginning.map { (QuestionID($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        standing.changes = changes
        standing.changedAt = changedAt
        standing.refusedLogins = refusedLogins
        standing.logins = logins
        return standing
    }
}

extension TransportFailure.Kind {
    /// Whether the machine counted a failed attempt to log in or to become root (`pam_faillock(8)`, fail2ban): not tried
    /// again before somebody has mended something.
    var isRefusedLogin: Bool { self == .authenticationFailed || self == .rootRefused }
}

extension Verdict {
    /// Whether it says something of the lab, and not of the look.
    fileprivate var isDecided: Bool {
        switch self {
        case .met, .partly, .notMet, .blocked: true
        case .notAssessed, .notRequested: false
        }
    }

    /// Whether a student would call it the same: what a blocked check waits for first is no news.
    fileprivate func isLike(_ other: Verdict) -> Bool {
        if case .blocked = self, case .blocked = other { return true }
        return self == other
    }
}
