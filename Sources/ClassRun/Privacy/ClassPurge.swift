import Foundation
import GraderCore
import Reports

/// Takes a class's older runs away, with everything that is known of students who are in no later one. What it does
/// not know of stays: the roster and its host keys, copies and prints.
public struct ClassPurge: Sendable {
    public var reports: ReportsFolder
    public var className: String
    /// Runs whose evidence was collected before it go.
    public var date: Date?
    /// Whether runs go that cannot be read, never came to their end or were emptied, however new they are.
    public var takesUnfinished: Bool

    public init(
        reports: ReportsFolder, className: String, before date: Date?, takesUnfinished: Bool = false
    ) {
        self.reports = reports
        self.className = className
        self.date = date
        self.takesUnfinished = takesUnfinished
    }

    /// What a purge would do.
    public struct Plan: Sendable, Hashable {
        public var removed: [RunFolder]
        /// Those that stay and can be read.
        public var kept: [RunFolder]
        /// Those that would go, and stay since their marks count in one that does: what that one found is late.
        public var spared: [RunFolder]
        /// Whether no run stays, not even one that cannot be read.
        public var isAll: Bool
        /// Students who are in no run that stays.
        public var students: [StudentIdentity]
        /// How those students could still be recognised.
        public var traces: Traces
        /// Files of runs that stay and cannot be read: nothing can be taken out of them.
        public var unreadable: [String]
        /// The marks and answers that lie there, as they are (``ClassPurge/handwork()``).
        var handwork: Set<String>
    }

    /// Looks, and changes nothing.
    /// - Throws: ``StoreFailure`` where the class's folder cannot be read.
    public func plan() throws(StoreFailure) -> Plan {
        let folders = try reports.runFolders(of: className).filter { $0.flaw == nil || $0.holdsSomething }
        let unfinished = try takesUnfinished ? reports.unfinishedRuns(of: className) : []
        var removed = folders.filter { run in
            unfinished.contains(run) || date.map { ClassPurge.start(of: run) < $0 } ?? false
        }
        var left = folders.filter { run in !removed.contains(run) }
        var spared: [RunFolder] = []
        let looks = ClassLooks(reports, of: className)
        // Of one that stays for another there may be another again.
        while true {
            let standing = ClassPurge.standing(in: left, by: looks)
            let more = removed.filter { standing.contains($0.name) }
            if more.isEmpty { break }
            spared += more
            removed.removeAll { more.contains($0) }
            left = folders.filter { run in !removed.contains(run) }
        }
        let kept = left.filter { $0.flaw == nil }
        // Of a run that cannot be read at least whom it has folders of: nobody is forgotten who is still there.
        let staying = ClassPurge.unique(
            left.flatMap { (try? $0.manifest())?.students ?? $0.studentFolders })
        let going = removed.flatMap { (try? $0.manifest())?.students ?? $0.studentFolders }
        let leaving = ClassPurge.unique(going).filter { student in
            !staying.contains { $0.id == student.id }
        }
        return Plan(
            removed: removed, kept: kept, spared: spared, isAll: left.isEmpty, students: leaving,
            traces: Traces(of: leaving, in: removed).without(Traces(of: staying, in: left)),
            unreadable: kept.flatMap(ClassPurge.unreadable), handwork: try handwork())
    }

    /// What a purge has done.
    public struct Outcome: Sendable {
        /// Files that stay and that mentioned those who left; evidence among them no longer has the checksum that its
        /// result names.
        public var changed: [String]
        /// Files that hold something of those who left all the same, and what: for a person to look at.
        public var leftovers: [(file: String, words: Set<String>)]
    }

    /// Does it, for good, once it is known that everything can be done (``prepare(_:)``). First what a disk needs room for,
    /// before anything goes that could not be had again; the runs go last, when marks, answers, history and the pages that
    /// stay say nothing of them any more: one that was interrupted can be made again.
    /// - Parameters:
    ///   - plan: as it was shown to whoever wants it done.
    ///   - theme: of the pages, which are written again: they may speak of the runs that go.
    /// - Throws: ``StoreFailure`` before anything is removed, where the class is no longer as it was planned for; that or
    ///   ``HistoryFailure`` where something cannot be written or removed: to be made again.
    public func carryOut(
        _ plan: Plan, theme: PageTheme? = nil, remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws -> Outcome {
        // What a run or a board holds in memory would be written again.
        let claim = try reports.holdGrading(of: className)
        let judging = try reports.holdJudging(of: className, .whole)
        defer {
            judging?.end()
            claim?.end()
        }
        return try reports.withLock(on: className) { try carryOutLocked(plan, theme, remark) }
    }

    private func carryOutLocked(
        _ plan: Plan, _ theme: PageTheme?, _ remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws -> Outcome {
        // Somebody may have made a run, given a mark or handed in while the question waited for its answer.
        guard try self.plan() == plan else { throw outdated }
        try prepare(plan)
        reports.sweep(className)
        var changed: Set<String> = []
        do {
            try remove(plan, theme, remark, &changed)
        } catch let failure as any CommandFailure where failure.cause == .notWritten && isShortOfRoom {
            // A full disk is what some purge for: what takes the room goes first then.
            guard removeEvidence(plan) else { throw failure }
            try remove(plan, theme, remark, &changed)
        }
        return Outcome(changed: changed.sorted(), leftovers: try leftovers(plan))
    }

    /// May be done again from its beginning, wherever it was stopped.
    /// - Parameter changed: files that stay and mention those who left no longer.
    private func remove(
        _ plan: Plan, _ theme: PageTheme?, _ remark: @escaping @Sendable (LocalizedText) -> Void,
        _ changed: inout Set<String>
    ) throws {
        try removeScores(plan)
        try removeBoard(plan)
        try hideTraces(plan, &changed)
        // Of who leaves they go when the pages are written, which a full disk may prevent. For these they are out: one may be
        // for what no run that stays asks.
        let marks = try marksLeft(plan)
        let looks = ClassLooks(reports, of: className)
        for run in plan.kept {
            // Results that cannot be read were named before (`Plan.unreadable`); the run's other pages wait for them.
            if plan.unreadable.contains(where: { $0.hasPrefix(run.path + "/") }) { continue }
            var place = try run.place(theme: theme, remark: remark)
            place.leaving = Set(plan.removed.map(\.name))
            place.looks = looks
            place.givenMarks = .some(marks)
            try place.rewrite()
        }
        try removeMarks(plan, left: marks)
        try removeAnswers(plan)
        try removeJournals(plan)
        try removeRuns(plan)
    }

    /// The runs, by name, whose marks count in these.
    private static func standing(in runs: [RunFolder], by looks: ClassLooks) -> Set<String> {
        Set(
            runs.flatMap { run -> [String] in
                guard var place = try? run.place(remark: { _ in }) else { return [] }
                place.looks = looks
                return run.readableResults.compactMap { place.dated($0).lateness?.standing?.run }
            })
    }

    /// When what a run holds was collected: `score` makes new runs of old evidence.
    private static func start(of run: RunFolder) -> Date {
        (try? run.manifest())?.startedAt ?? run.startByName ?? .distantFuture
    }

    /// Each id once, with all the names that it ever had.
    private static func unique(_ students: [StudentIdentity]) -> [StudentIdentity] {
        let groups = Dictionary(grouping: students) { $0.id }
        return groups.map { id, same in
            StudentIdentity(id: id, names: Array(Set(same.flatMap(\.names))).sorted())
        }.sorted { $0.id < $1.id }
    }
}
