import GraderCore
import InputFiles
import Reports

extension ReportsFolder {
    /// Sets what the teacher decides by hand, and brings the latest run's pages up to date.
    /// - Parameters:
    ///   - member: of a team; nil: all of it.
    ///   - mark: nil takes the entry away. What it leaves nil stays as it was.
    /// - Returns: the student's result as it is now; nil where the run has none: the mark is kept for the next.
    /// - Throws: ``StoreFailure`` where there is no run, no such student or subject, too many points, or the file
    ///   cannot be written; ``InputErrors`` where the marks' file is wrong.
    public func mark(
        _ student: String, member: String? = nil, _ subject: MarkSubject, _ mark: TeacherMark?,
        in className: String, theme: PageTheme? = nil, remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws -> GradedResult? {
        try withLock(on: className) {
            let desk = try desk(of: className, theme: theme, remark: remark)
            _ = try desk.editor.apply([
                .init(student: student, member: member, subject: subject, mark: mark)
            ])
            return try desk.place.rewrite(only: student).results.first { $0.student.id == student }
        }
    }

    /// What waits for the teacher's points in the latest run, with the marks as they are now.
    /// - Parameters:
    ///   - question: only its answers; nil: all questions'.
    ///   - comparing: the exercise, which says what the evidence shows beside each answer, and the rubric, which says what
    ///     is proposed; nil: neither is said.
    /// - Throws: ``StoreFailure`` where there is no run to mark, or it cannot be read; ``InputErrors`` where the
    ///   marks' file is wrong.
    public func markingSheet(
        of className: String, only question: QuestionID? = nil,
        comparing: (_ exercise: String) throws -> (exercise: any Exercise, rubric: Rubric)? = { _ in nil }
    ) throws -> MarkingSheet {
        let desk = try desk(of: className, theme: nil) { _ in }
        if let question { try desk.editor.sheet.check(.question(question), nil) }
        var comparison = MarkingSheet.Comparison()
        if let (exercise, rubric) = try comparing(desk.place.manifest.exercise) {
            comparison = desk.comparison(exercise)
            for check in rubric.questions.flatMap(\.checks) { comparison.rules[check.id] = check.answer }
        }
        return MarkingSheet(try desk.marked, only: question, comparison: comparison)
    }

    /// Takes the marks of a table into the class's, all of them or, where one is wrong, none; and brings the latest run's
    /// pages up to date.
    /// - Parameter table: names students by their ids or by ``pseudonym(of:in:)``.
    /// - Returns: what is other than before.
    /// - Throws: `InputErrors` with every mistake of the table, and every row that would change the mark of an answer which, or
    ///   whose mark, is no longer the one that it shows.
    public func importMarks(
        _ table: InputText, into className: String, theme: PageTheme? = nil,
        remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws -> [ChangedMark] {
        try withLock(on: className) {
            let desk = try desk(of: className, theme: theme, remark: remark)
            let editor = desk.editor
            let old = try editor.read()
            let rows = try MarkingTable(
                sheet: editor.sheet, students: editor.students,
                idsByPseudonym: idsByPseudonym(editor.students.map(\.id), in: className), marks: old
            ).read(table)
            let shown = try desk.shown
            let mistakes = InputMistakes(file: table.file)
            let changed = rows.compactMap { row -> (TeacherMarksEditor.Change, ChangedMark)? in
                let change = row.change
                let before = old.students[change.student]?.marks[change.subject]
                let after = editor.merged(old, change).mark
                guard before != after else { return nil }
                // Who is absent, or not in the latest run, is shown nowhere, and nothing of his is compared.
                let now = shown[change.student]?[change.subject]
                if !row.fingerprint.isEmpty, let now, now != row.fingerprint {
                    let mark = before?.points.map { "\($0.formatted(.english))" } ?? "–"
                    mistakes.add(
                        row.position,
                        LocalizedText(
                            fr:
                                "la réponse de \(row.name) à \(change.subject), ou sa note (\(mark) maintenant), a changé depuis que ce tableau a été écrit",
                            en:
                                "the answer of \(row.name) to \(change.subject), or its mark (\(mark) now), has changed since this table was written"
                        ),
                        expected: LocalizedText(
                            fr: "un nouveau marks export, ou la case Empreinte vidée pour noter quand même",
                            en: "a new marks export, or the Fingerprint cell emptied to give it all the same"
                        ), about: row.name)
                }
                return (
                    change,
                    ChangedMark(
                        name: row.name, subject: change.subject, before: before, after: after)
                )
            }
            try mistakes.check()
            _ = try editor.apply(changed.map(\.0))
            if !changed.isEmpty { try desk.place.rewrite() }
            return changed.map(\.1)
        }
    }

    /// Gives marks to answers that somebody has read, or puts back what they had. Unlike with `mark`, nothing of a mark before
    /// stays.
    /// - Parameter marks: with each the answer as it was shown; nil takes the mark away.
    /// - Returns: those of which an answer, or its mark, is no longer what was shown: none of their authors gets anything.
    /// - Throws: ``StoreFailure`` where a mark cannot be given or the file cannot be written; then none is.
    public func set(
        _ marks: [(entry: MarkingSheet.Entry, mark: TeacherMark?)],
        in className: String, theme: PageTheme? = nil, remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws -> [MarkingSheet.Entry] {
        try withLock(on: className) {
            let desk = try desk(of: className, theme: theme, remark: remark)
            let shown = try desk.shown
            func isAsShown(_ entry: MarkingSheet.Entry) -> Bool {
                entry.authors.allSatisfy {
                    shown[$0.student.id]?[.check(entry.check)] == entry.shownDigest
                }
            }
            let changes = marks.filter { isAsShown($0.entry) }.flatMap { entry, mark in
                entry.authors.flatMap { author in
                    [nil, mark].map {
                        TeacherMarksEditor.Change(
                            student: author.student.id, member: nil, subject: .check(entry.check), mark: $0)
                    }
                }
            }
            if !changes.isEmpty {
                _ = try desk.editor.apply(changes)
                try desk.place.rewrite()
            }
            return marks.map(\.entry).filter { !isAsShown($0) }
        }
    }

    /// What a student is called where marking is to be blind: the same in every export of the class.
    public func pseudonym(of student: String, in className: String) -> String {
        SHA256Digest.hexadecimal(of: "\(className)/\(student)".utf8).prefix(6).uppercased()
    }

    /// A code of two students is nobody's.
    func idsByPseudonym(_ students: [String], in className: String) -> [String: String] {
        Dictionary(grouping: students) { pseudonym(of: $0, in: className) }
            .compactMapValues { $0.count == 1 ? $0.first : nil }
    }

    /// What marking needs: the latest run, and what holds the marks.
    private struct Desk {
        var place: RunPlace
        var results: [GradedResult]
        var editor: TeacherMarksEditor

        /// What each student's evidence shows; where it cannot be read, nothing.
        func comparison<E: Exercise>(_ exercise: E) -> MarkingSheet.Comparison {
            var comparison = MarkingSheet.Comparison()
            comparison.facts = exercise.answerFacts
            guard !comparison.facts.isEmpty else { return comparison }
            for student in results.map(\.student.id) {
                guard let evidence = try? place.folder.evidence(of: student) else { continue }
                comparison.shown[student] = exercise.shownFacts(exercise.findings(evidence, after: nil))
            }
            return comparison
        }

        /// The results with the answers and marks as they are in the files.
        var marked: [GradedResult] {
            get throws {
                let marks = try editor.read()
                return results.map { place.answered($0).applying(marks.students[$0.student.id]) }
            }
        }

        /// By student and subject, the fingerprint of what a marking sheet shows now.
        var shown: [String: [MarkSubject: String]] {
            get throws {
                var shown: [String: [MarkSubject: String]] = [:]
                for entry in MarkingSheet(try marked).entries {
                    for author in entry.authors {
                        shown[author.student.id, default: [:]][.check(entry.check)] = entry.shownDigest
                    }
                }
                return shown
            }
        }
    }

    private func desk(
        of className: String, theme: PageTheme?, remark: @escaping @Sendable (LocalizedText) -> Void
    ) throws -> Desk {
        guard let latest = try latestRun(of: className) else {
            throw StoreFailure(
                fr:
                    "\(path)/\(className) n'a pas de passage terminé : corriger la classe d'abord, noter ensuite.",
                en: "\(path)/\(className) has no finished run: grade the class first, then mark.")
        }
        let place = try latest.place(theme: theme, remark: remark)
        try latest.requireResults(place.manifest)
        let results = try place.storedResults(place.manifest.students)
        return Desk(
            place: place, results: results,
            editor: TeacherMarksEditor(
                file: try marksFile(of: className), className: className,
                sheet: try place.sheet(results), students: try knownStudents(of: className)))
    }
}

/// A mark that is other than it was.
public struct ChangedMark: Sendable, Hashable {
    /// Of the student, as the table has it.
    public var name: String
    public var subject: MarkSubject
    public var before: TeacherMark?
    public var after: TeacherMark?
}
