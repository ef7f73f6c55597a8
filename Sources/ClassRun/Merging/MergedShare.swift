import Foundation
import GraderCore
import History
import InputFiles
import Reports

/// What the classes that are put together hold about one student beside the look that stands: marks, answers, earlier runs.
struct MergedShare {
    var student: StudentIdentity
    /// The one that stands, first; empty where nobody looked.
    var looks: [MergeSource.Look]
    /// Where the student is, and by which id there.
    var places: [(run: RunPlace, id: String)]

    /// The class that holds the look that stands comes first, then the others.
    private func ordered(_ className: String, _ reports: ReportsFolder) -> [(run: RunPlace, id: String)] {
        let standing = looks.first?.run.classFolder
        let others = places.filter { $0.run.isInClassFolder && $0.run.folder.classFolder != standing }
        return places.filter { $0.run.isInClassFolder && $0.run.folder.classFolder == standing } + others
    }

    // MARK: marks

    /// The student's results in the runs that came without what lies beside them, whatever their folder is called; that of
    /// the look that stands comes first.
    private func results(
        where cameAlone: (RunPlace) throws -> Bool
    ) rethrows -> [(run: String, result: GradedResult)] {
        let copies = try places.filter { try cameAlone($0.run) }
        return (copies.filter { $0.run.folder == looks.first?.run } + copies).compactMap { run, id in
            (try? run.folder.result(of: id)).map { ("\(run.manifest.className)/\(run.folder.name)", $0) }
        }
    }

    /// - Throws: ``StoreFailure`` where the class's file of marks could not be read with these in it.
    private static func refuseUnfit(
        _ marks: StudentMarks, of student: StudentIdentity, from source: String, _ file: String,
        _ className: String, _ sheet: MarkableSheet
    ) throws(StoreFailure) {
        let alone = MarksYAML.text(TeacherMarks(students: [student.id: marks]), className: className)
        do throws(InputErrors) {
            _ = try TeacherMarksFile.read(
                InputText(file: file, text: alone), className: className, sheet: sheet, students: [student])
        } catch {
            let (fr, en) = (error.mistakes.map(\.message.fr), error.mistakes.map(\.message.en))
            throw StoreFailure(
                fr:
                    "\(student.id) : les notes de \(source) ne conviennent pas ici (\(fr.joined(separator: " ; "))) : écrire dans \(file) celles qui comptent, puis recommencer.",
                en:
                    "\(student.id): the marks of \(source) do not fit here (\(en.joined(separator: "; "))): write those that count in \(file), then do it again."
            )
        }
    }

    /// The class's file of marks with those that it has not, ready to be written.
    struct Marks {
        var file: String
        /// Nil: nothing is to be added.
        var text: String?

        func write() throws(StoreFailure) {
            if let text { try AtomicFile.write(text, to: file) }
        }
    }

    /// The teacher's marks of whom the class has none yet; those of the class where the look that stands was made, where
    /// several have some. To be written by who held the class's lock when they were read.
    /// - Throws: `InputErrors` where a file of marks has mistakes, ``StoreFailure`` where a mark does not fit the rubric.
    static func marks(
        _ shares: [MergedShare], into reports: ReportsFolder, _ className: String, by rubric: Rubric,
        _ remark: (LocalizedText) -> Void
    ) throws -> Marks {
        let file = try reports.marksFile(of: className)
        let sheet = MarkableSheet(rubric)
        let students = shares.map(\.student)
        let known = try reports.knownStudents(of: className)
        let everybody = students + known.filter { old in !students.contains { $0.id == old.id } }
        let own = try TeacherMarksFile.read(
            file: file, className: className, sheet: sheet, students: everybody)
        var added = TeacherMarks()
        /// The first of them.
        func add(_ found: [(source: String, marks: StudentMarks)], of student: StudentIdentity) throws {
            guard let first = found.first else { return }
            try refuseUnfit(first.marks, of: student, from: first.source, file, className, sheet)
            added.students[student.id] = first.marks
            guard let other = found.first(where: { $0.marks != first.marks }) else { return }
            remark(
                LocalizedText(
                    fr:
                        "\(student.id) : des notes différentes dans \(first.source) et \(other.source) ; celles de \(first.source) sont reprises.",
                    en:
                        "\(student.id): other marks in \(first.source) than in \(other.source); those of \(first.source) are taken."
                ))
        }
        var read: [String: TeacherMarks?] = [:]
        for share in shares where own?.students[share.student.id] == nil {
            var found: [(source: String, marks: StudentMarks)] = []
            for place in share.ordered(className, reports) {
                let folder = place.run.folder.classFolder
                let marks =
                    try read[folder] ?? place.run.marks(place.run.sheet(place.run.folder.readableResults))
                read[folder] = marks
                guard let mine = marks?.students[place.id] else { continue }
                found.append((place.run.manifest.className, mine))
            }
            if found.isEmpty {
                found = share.results { (read[$0.folder.classFolder] ?? nil) == nil }
                    .compactMap { copy in copy.result.heldMarks.map { (copy.run, $0) } }
            }
            try add(found, of: share.student)
        }
        guard !added.students.isEmpty else { return Marks(file: file, text: nil) }
        if own == nil {
            // Once there is a file, the results of the class's other runs no longer keep what it has not. Of whom nothing is
            // merged, the newest counts: what it has not was cleared.
            let runs = try reports.runs(of: className, exercise: rubric.exercise).reversed()
            for student in everybody.dropFirst(students.count) {
                let newest = runs.lazy.compactMap { run in
                    (try? run.result(of: student.id)).map { (source: "\(className)/\(run.name)", result: $0) }
                }.first
                guard let newest, let held = newest.result.heldMarks else { continue }
                try add([(newest.source, held)], of: student)
            }
        }
        var all = own ?? TeacherMarks()
        all.students.merge(added.students) { old, _ in old }
        let whole = MarksYAML.text(all, className: className)
        func marks(_ text: String) throws(StoreFailure) -> Marks {
            try TeacherMarksFile.refuseTooLong(text, file)
            return Marks(file: file, text: text)
        }
        guard own != nil else { return try marks(whole) }
        // What the teacher wrote stays as it is where the others can stand below it.
        let text = try TeacherMarksFile.text(file).text
        let lines = MarksYAML.text(added, className: className).split(separator: "\n").dropFirst(2)
        let longer = text + (text.hasSuffix("\n") ? "" : "\n") + lines.joined(separator: "\n") + "\n"
        let again = try? TeacherMarksFile.read(
            InputText(file: file, text: longer), className: className, sheet: sheet, students: everybody)
        return try marks(again == all ? longer : whole)
    }

    // MARK: answers

    /// What the results show as the student's answers where the run came without them.
    private func heldAnswers() throws -> [QuestionID: String]? {
        try results {
            try !$0.isInClassFolder || !mayBeThere($0.reports.answersFolder(of: $0.manifest.className))
        }
        .lazy.map { copy in
            copy.result.questions.reduce(into: [:]) { $0[$1.id] = $1.writtenAnswer }
        }.first { !$0.isEmpty }
    }

    /// What was handed in, of whom the class has nothing yet.
    static func writeAnswers(_ shares: [MergedShare], into reports: ReportsFolder, _ className: String) throws
    {
        let folder = try reports.answersFolder(of: className)
        try RunFolder.refuseLink(folder)
        // Asked of everybody before the first is written: a source may lie in this very folder.
        let held = try shares.map { try $0.heldAnswers() }
        // What lies there stays, whether or not it can be read.
        for (share, held) in zip(shares, held)
        where WrittenAnswers.file(folder: folder, student: share.student.id) == nil {
            for place in share.ordered(className, reports) {
                let source = (reports: place.run.reports, name: place.run.manifest.className)
                guard let answers = try source.reports.answersFile(of: source.name, student: place.id) else {
                    continue
                }
                try AtomicFile.makeFolders(folder)
                let ending = (answers.name as NSString).pathExtension
                try AtomicFile.write(answers.bytes, to: "\(folder)/\(share.student.id).\(ending)")
                let numbers = try source.reports.moodleParticipants(of: place.id, in: source.name)
                if !numbers.isEmpty {
                    try AtomicFile.write(
                        numbers.map { "\($0)\n" }.joined(), to: "\(folder)/\(share.student.id).moodle")
                }
                break
            }
            guard WrittenAnswers.file(folder: folder, student: share.student.id) == nil,
                let held
            else { continue }
            try AtomicFile.makeFolders(folder)
            try AtomicFile.write(WrittenAnswers.text(held), to: "\(folder)/\(share.student.id).md")
        }
    }

    // MARK: earlier runs

    /// Notes in the class's history what was found of each student before the look that stands, so that the best run can
    /// count: the other looks, judged by this rubric, and what the histories of their classes hold. A run is called
    /// `<class>/<run>` there.
    static func recordEarlier(
        _ shares: [MergedShare], into reports: ReportsFolder, _ className: String, by grader: Grader
    ) throws {
        var runs: [String: PastRun] = [:]
        func note(_ name: String, _ startedAt: Date, _ student: String, _ score: PastScore) {
            runs[
                name,
                default: PastRun(
                    name: name, startedAt: startedAt, exercise: grader.exercise.id, scores: [:])
            ].scores[student] = score
        }
        var histories: [String: [PastRun]] = [:]
        for share in shares {
            guard let standing = share.looks.first else { continue }
            let id = share.student.id
            for place in share.ordered(className, reports) {
                let (folder, name) = (place.run.folder.classFolder, place.run.manifest.className)
                // Its own runs are in it already.
                if try isOwn(folder, reports, className) { continue }
                let past = histories[folder] ?? place.run.reports.history(of: name, remark: place.run.remark)
                histories[folder] = past
                for run in past
                where run.startedAt < standing.runStartedAt && run.exercise == grader.exercise.id {
                    guard standing.deadline.map({ run.startedAt <= $0 }) ?? true,
                        let score = run.scores[place.id]
                    else { continue }
                    note("\(name)/\(run.name)", run.startedAt, id, score)
                }
            }
            for look in share.looks.dropFirst()
            where !look.isHandIn && !look.isLate && look.origin.collectedAt < standing.origin.collectedAt {
                var evidence = try look.run.evidence(of: look.student)
                evidence.student = id
                let result = try grader.grade(
                    evidence, className: className, student: share.student,
                    evidenceSHA256: look.origin.evidenceSHA256)
                note("\(look.origin.className)/\(look.origin.run)", look.runStartedAt, id, PastScore(result))
            }
        }
        guard !runs.isEmpty else { return }
        let history = try History(path: try reports.historyFile(of: className))
        for run in runs.values.sorted(by: { $0.name < $1.name }) { try history.record(run) }
    }

    private static func isOwn(
        _ folder: String, _ reports: ReportsFolder, _ className: String
    ) throws(StoreFailure) -> Bool {
        func resolved(_ path: String) -> String {
            URL(filePath: path, directoryHint: .isDirectory).resolvingSymlinksInPath().path
        }
        return resolved(folder) == resolved(try reports.folder(of: className))
    }
}
