import Foundation
import GraderCore
import History

/// What a purge takes away, part by part: each may be done again where it was done before.
extension ClassPurge {
    /// Whether the history's copy, which takes as much as all there is to be written, may have found no room.
    var isShortOfRoom: Bool {
        guard let folder = try? reports.folder(of: className),
            let disk = try? FileManager.default.attributesOfFileSystem(forPath: folder),
            let free = (disk[.systemFreeSize] as? NSNumber)?.int64Value
        else { return false }
        let file = try? FileManager.default.attributesOfItem(atPath: "\(folder)/history.sqlite")
        let size = (file?[.size] as? NSNumber)?.int64Value ?? 0
        return free / 2 < size + 1 << 20
    }

    /// The evidence of runs that go, which is most of what they hold; they go by the same plan without it.
    /// - Returns: whether there was any.
    func removeEvidence(_ plan: Plan) -> Bool {
        var hasFreed = false
        for run in plan.removed {
            for student in (try? run.manifest())?.students ?? run.studentFolders {
                guard let file = try? run.path("evidence.json", student: student.id) else { continue }
                if unlink(file) == 0 { hasFreed = true }
            }
        }
        return hasFreed
    }

    /// Those of students who leave; not one that may still be needed to give something back.
    func removeJournals(_ plan: Plan) throws {
        let folder = reports.journalFolder(of: className)
        let leaving = Set(plan.students.map(\.id))
        for record in DrillRecord.all(in: folder).records
        where !record.isOpen && leaving.contains(record.opening.student) {
            try FileManager.default.removeItem(atPath: record.path)
        }
        try ClassPurge.removeIfEmpty(folder)
    }

    /// Of the history: the runs, and who leaves; the whole file where none stays. Of runs that lie elsewhere, put together
    /// with the class, those of before the day alone: the best of them may count.
    func removeScores(_ plan: Plan) throws {
        let file = try reports.historyFile(of: className)
        guard mayBeThere(file) else { return }
        // One that is damaged can go all the same.
        if plan.isAll { return try FileManager.default.removeItem(atPath: file) }
        let kept = Set(plan.kept.map(\.name))
        let removed = Set(plan.removed.map(\.name))
        let history = try History(path: file)
        let gone = try history.runs().filter { run in
            removed.contains(run.name)
                || !kept.contains(run.name) && date.map { run.startedAt < $0 } ?? false
        }
        try history.remove(runs: gone.map(\.name), students: plan.students.map(\.id))
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

    /// The marks of students who stay; nil where there are none of them.
    func marksLeft(_ plan: Plan) throws -> TeacherMarks? {
        guard var marks = try reports.marks(of: className, sheet: sheet(plan)) else { return nil }
        for student in plan.students { marks.students[student.id] = nil }
        return marks.students.isEmpty ? nil : marks
    }

    /// The marks of students who leave; the file is written anew, without a person's own comments in it.
    func removeMarks(_ plan: Plan, left marks: TeacherMarks?) throws {
        let file = try reports.marksFile(of: className)
        guard mayBeThere(file) else { return }
        if marks == nil {
            try FileManager.default.removeItem(atPath: file)
        } else if let marks, !plan.students.isEmpty {
            let text = MarksYAML.text(marks, className: className)
            try TeacherMarksFile.refuseTooLong(text, file)
            try AtomicFile.write(text, to: file)
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
    /// - Parameter changed: gets the files that were changed; evidence among them no longer has the checksum that its
    ///   result names.
    func hideTraces(_ plan: Plan, _ changed: inout Set<String>) throws(StoreFailure) {
        var files = try reports.board(of: className).records
        for run in plan.kept {
            for student in try run.manifest().students {
                files += try ["evidence.json", "result.json"].map { name throws(StoreFailure) in
                    try run.path(name, student: student.id)
                }
            }
        }
        for file in files where mayBeThere(file) {
            // Of a file that is no JSON, or cannot be read, the leftovers say what it still holds.
            guard let bytes = try? StoredJSON.bytes(file), !plan.traces.found(inFile: bytes).isEmpty,
                let hidden = plan.traces.hidden(inJSON: bytes), hidden != bytes
            else { continue }
            try AtomicFile.write(hidden, to: file)
            changed.insert(file)
        }
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
}
