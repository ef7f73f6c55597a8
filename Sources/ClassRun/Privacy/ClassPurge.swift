import Foundation
import GraderCore
import History
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
        let removed = folders.filter { run in
            unfinished.contains(run) || date.map { ClassPurge.start(of: run) < $0 } ?? false
        }
        let left = folders.filter { run in !removed.contains(run) }
        let kept = left.filter { $0.flaw == nil }
        // Of a run that cannot be read at least whom it has folders of: nobody is forgotten who is still there.
        let staying = ClassPurge.unique(
            left.flatMap { (try? $0.manifest())?.students ?? $0.studentFolders })
        let going = removed.flatMap { (try? $0.manifest())?.students ?? $0.studentFolders }
        let leaving = ClassPurge.unique(going).filter { student in
            !staying.contains { $0.id == student.id }
        }
        return Plan(
            removed: removed, kept: kept, isAll: left.isEmpty, students: leaving,
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

    /// Does it, for good, once it is known that everything can be done (``prepare(_:)``). The runs go last, when marks,
    /// answers, history and the pages that stay say nothing of them any more: one that was interrupted can be made again.
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
        try removeMarks(plan)
        try removeAnswers(plan)
        try removeBoard(plan)
        try removeScores(plan)
        try removeJournals(plan)
        let changed = try hideTraces(plan)
        for run in plan.kept {
            // Results that cannot be read were named before (`Plan.unreadable`); the run's other pages wait for them.
            if plan.unreadable.contains(where: { $0.hasPrefix(run.path + "/") }) { continue }
            var place = try run.place(theme: theme, remark: remark)
            place.leaving = Set(plan.removed.map(\.name))
            try place.rewrite()
        }
        try removeRuns(plan)
        return Outcome(changed: changed, leftovers: try leftovers(plan))
    }

    /// Those of students who leave; not one that may still be needed to give something back.
    private func removeJournals(_ plan: Plan) throws {
        let folder = reports.journalFolder(of: className)
        let leaving = Set(plan.students.map(\.id))
        for record in DrillRecord.all(in: folder).records
        where !record.isOpen && leaving.contains(record.opening.student) {
            try FileManager.default.removeItem(atPath: record.path)
        }
        try ClassPurge.removeIfEmpty(folder)
    }

    /// Of the history: the runs; the whole file where none stays.
    private func removeScores(_ plan: Plan) throws {
        let file = try reports.historyFile(of: className)
        guard mayBeThere(file) else { return }
        // One that is damaged can go all the same.
        if plan.isAll { return try FileManager.default.removeItem(atPath: file) }
        let kept = Set(plan.kept.map(\.name))
        // Runs that lie there no longer too.
        let history = try History(path: file)
        try history.remove(runs: history.runs().map(\.name).filter { !kept.contains($0) })
    }

    /// The runs' folders; history, marks and what the pages say of them have to be gone by then, so that a purge that was
    /// interrupted can be made again.
    func removeRuns(_ plan: Plan) throws(StoreFailure) {
        for run in plan.removed { try reports.remove(run, of: className) }
        guard plan.isAll else { return }
        let folder = try reports.folder(of: className)
        // Of machines found by `grade-all --subnet`; no run needs it any more. `latest` may have led nowhere.
        for name in ["known_hosts", "latest", ReportsFolder.lockName] {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
        reports.removeGradingFiles(of: className)
        try? ClassPurge.removeIfEmpty(folder)
    }

    /// The marks of students who leave; the file is written anew, without a person's own comments in it.
    func removeMarks(_ plan: Plan) throws {
        let file = try reports.marksFile(of: className)
        guard var marks = try reports.marks(of: className, sheet: sheet(plan)) else { return }
        for student in plan.students { marks.students[student.id] = nil }
        if marks.students.isEmpty {
            try FileManager.default.removeItem(atPath: file)
        } else if !plan.students.isEmpty {
            try AtomicFile.write(MarksYAML.text(marks, className: className), to: file)
        }
    }

    /// What students who leave have handed in.
    func removeAnswers(_ plan: Plan) throws {
        let folder = try reports.answersFolder(of: className)
        for student in plan.students {
            for name in ["md", "txt", "moodle"].map({ "\(student.id).\($0)" })
            where mayBeThere("\(folder)/\(name)") {
                try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
        }
        for student in plan.students {
            let versions = try reports.versionsFolder(of: student.id, in: className)
            if mayBeThere(versions) {
                try FileManager.default.removeItem(atPath: versions)
            }
        }
        try ClassPurge.removeIfEmpty("\(folder)/versions")
        try ClassPurge.removeIfEmpty(folder)
    }

    /// What a board knows of students who leave, and the codes that opened their pages; the cards have everybody's.
    func removeBoard(_ plan: Plan) throws {
        let board = try reports.board(of: className)
        guard mayBeThere(board.path) else { return }
        if plan.isAll {
            try FileManager.default.removeItem(atPath: board.path)
        } else if !plan.students.isEmpty {
            try board.forget(plan.students.map(\.id))
        }
    }

    static func removeIfEmpty(_ folder: String) throws {
        guard (try? FileManager.default.contentsOfDirectory(atPath: folder))?.isEmpty == true else { return }
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Takes out of what stays whatever mentions those who leave: a pair's evidence holds the grader's table of
    /// neighbours. Pages have to be written again afterwards.
    /// - Returns: the files that were changed; evidence among them no longer has the checksum that its result names.
    func hideTraces(_ plan: Plan) throws(StoreFailure) -> [String] {
        var files = try reports.board(of: className).records
        for run in plan.kept {
            for student in try run.manifest().students {
                files += try ["evidence.json", "result.json"].map { name throws(StoreFailure) in
                    try run.path(name, student: student.id)
                }
            }
        }
        var changed: [String] = []
        for file in files where mayBeThere(file) {
            // Of a file that is no JSON, or cannot be read, the leftovers say what it still holds.
            guard let bytes = try? StoredJSON.bytes(file), !plan.traces.found(inFile: bytes).isEmpty,
                let hidden = plan.traces.hidden(inJSON: bytes), hidden != bytes
            else { continue }
            try AtomicFile.write(hidden, to: file)
            changed.append(file)
        }
        return changed
    }

    /// Files of the class that still hold something of the students who left, with what they hold. Reads every file
    /// as bytes, the database's too.
    func leftovers(_ plan: Plan) throws(StoreFailure) -> [(file: String, words: Set<String>)] {
        let folder = try reports.folder(of: className)
        let files = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return files.sorted().compactMap { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else { return nil }
            let words = plan.traces.found(inFile: data).union(plan.traces.found(in: name))
            return words.isEmpty ? nil : ("\(folder)/\(name)", words)
        }
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
