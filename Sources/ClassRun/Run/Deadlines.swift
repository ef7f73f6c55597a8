import Foundation
import GraderCore

/// The looks that are due just before students' deadlines, each student's own, and which of them is next. What is done
/// already is read from the class's runs, so that whoever waits for them may end and start again.
public struct Deadlines: Sendable {
    /// The look at all who have the same deadline.
    public struct Look: Sendable, Hashable {
        public var deadline: Date
        /// When it has to begin, so that everybody is looked at before the deadline.
        public var begins: Date
        /// In roster order; never empty.
        public var students: [RosterStudent]
    }

    /// What there is to do.
    public enum Next: Sendable, Hashable {
        /// To be made now, for these students: the others of the look have been looked at.
        case look(Look)
        case waiting(Look)
        case over
    }

    /// By deadline, the earliest first.
    public private(set) var looks: [Look]
    /// Who has no deadline is looked at when somebody asks.
    public private(set) var withoutDeadline: [StudentIdentity]

    /// How many students a place looks at within the minute that is usual. A pair takes 3 to 6 s.
    private static let perPlace = 4
    /// A look that is late anyway leaves the machines and the places to one that is not, if that comes so soon.
    static let precedence: TimeInterval = 120

    /// - Parameters:
    ///   - lead: how long before a deadline its look begins; nil: a minute, and one more for each 4 students that a
    ///     place has to look at beyond the first 4.
    ///   - jobs: students who are looked at at once.
    public init(_ students: [RosterStudent], lead: Duration? = nil, jobs: Int) {
        withoutDeadline = students.filter { $0.deadline == nil }.map(\.identity)
        let byDeadline = Dictionary(grouping: students.filter { $0.deadline != nil }) {
            $0.deadline ?? .distantFuture
        }
        looks = byDeadline.sorted { $0.key < $1.key }.map { deadline, students in
            let atOnce = max(1, jobs) * Self.perPlace
            // bounded: whole numbers
            let usual = Duration.seconds(60 * ((students.count + atOnce - 1) / atOnce))
            return Look(
                deadline: deadline, begins: deadline.addingTimeInterval(-((lead ?? usual) / .seconds(1))),
                students: students)
        }
    }

    /// Whose machines are to be kept as they were at the deadline: who has been looked at for it, and has a hook for that.
    /// - Parameter taken: by the student's id, when the last run began after which snapshots were taken.
    public func snapshotsDue(seen: [String: Date], taken: [String: Date]) -> [RosterStudent] {
        looks.flatMap { look in
            look.students.filter { student in
                let id = student.identity.id
                return student.hooks.snapshot != nil && seen[id].map { $0 >= look.begins } ?? false
                    && taken[id].map { $0 < look.begins } ?? true
            }
        }
    }

    /// What to do at a moment. A look that was missed is made all the same: what it finds is late, and is marked so.
    /// - Parameter seen: by the student's id, when the last run that looked at the student itself began.
    public func next(at now: Date, seen: [String: Date]) -> Next {
        let open = looks.compactMap { look -> Look? in
            var left = look
            left.students.removeAll { seen[$0.identity.id].map { $0 >= look.begins } ?? false }
            return left.students.isEmpty ? nil : left
        }
        if let due = open.first(where: { $0.begins <= now && now <= $0.deadline }) { return .look(due) }
        let coming = open.first { $0.begins > now }
        if let missed = open.first(where: { $0.deadline < now }) {
            guard let coming, coming.begins.timeIntervalSince(now) < Self.precedence else {
                return .look(missed)
            }
        }
        return coming.map(Next.waiting) ?? .over
    }
}

extension ReportsFolder {
    /// By the student's id, when the last run of the class began that looked at the student's machines itself, for this
    /// exercise. A run that cannot be read has looked at nobody.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func lastLooks(of className: String, exercise: String) throws(StoreFailure) -> [String: Date] {
        var seen: [String: Date] = [:]
        for run in try runs(of: className) where run.isOf(exercise) {
            seen.merge(run.ownLooks) { max($0, $1) }
        }
        return seen
    }

    /// The same of the run that was cut off before it became the latest; nobody where none was.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func cutOffLooks(of className: String, exercise: String) throws(StoreFailure) -> [String: Date] {
        try cutOffRun(of: className, exercise: exercise)?.ownLooks ?? [:]
    }

    /// By the student's id, when the last run began after which snapshots of the machines were taken, or failed.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func lastSnapshots(of className: String) throws(StoreFailure) -> [String: Date] {
        var taken: [String: Date] = [:]
        for manifest in try runs(of: className).compactMap({ try? $0.manifest() }) {
            for id in (manifest.snapshots ?? [:]).keys {
                taken[id] = max(taken[id] ?? .distantPast, manifest.startedAt)
            }
        }
        return taken
    }

    /// Notes in the class's latest run of an exercise what became of snapshots.
    /// - Throws: ``StoreFailure`` where there is none, or it cannot be written.
    public func note(_ snapshots: [String: SnapshotOutcome], of className: String, exercise: String) throws {
        try withLock(on: className) {
            guard let run = try latestRun(of: className, exercise: exercise) else {
                throw StoreFailure(
                    fr: "La classe \(className) n'a pas de passage où noter les instantanés.",
                    en: "The class \(className) has no run to note the snapshots in.")
            }
            var manifest = try run.manifest()
            manifest.snapshots = (manifest.snapshots ?? [:]).merging(snapshots) { _, new in new }
            try run.write(manifest)
        }
    }

    /// Whether the last run, of this exercise, was cut off before it became the latest.
    /// - Throws: ``StoreFailure`` where the class's name cannot name a folder.
    public func isLastRunCutOff(of className: String, exercise: String) throws(StoreFailure) -> Bool {
        try cutOffRun(of: className, exercise: exercise) != nil
    }
}

extension RunFolder {
    /// By the id of each student whose machines the run looked at itself, when it began.
    fileprivate var ownLooks: [String: Date] {
        guard let manifest = try? manifest() else { return [:] }
        let own = manifest.students.map(\.id).filter { manifest.carried?[$0] == nil && wasLookedAt($0) }
        return Dictionary(own.map { ($0, manifest.startedAt) }, uniquingKeysWith: { first, _ in first })
    }
}

extension RunOrder {
    /// Looks at these students; of everybody else the last look is taken over, whichever run of this exercise made it and
    /// whether or not that came to its end: with nobody to look at it brings one to its end that was cut off.
    /// - Throws: ``StoreFailure`` where the runs of the class cannot be read.
    public static func due(
        _ students: [RosterStudent], of roster: Roster, in reports: ReportsFolder
    ) throws(StoreFailure) -> RunOrder {
        var order = RunOrder(roster.students)
        let ids = Set(students.map(\.identity.id))
        for run in try reports.runs(of: roster.className, exercise: roster.exercise).reversed() {
            for student in roster.students.map(\.identity.id)
            where !ids.contains(student) && order.takenOver[student] == nil && run.hasEvidence(of: student) {
                order.takenOver[student] = run
            }
        }
        order.students.removeAll {
            !ids.contains($0.identity.id) && order.takenOver[$0.identity.id] == nil
        }
        return order
    }
}
