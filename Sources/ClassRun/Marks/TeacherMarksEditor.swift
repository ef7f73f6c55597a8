import Foundation
import GraderCore
import InputFiles

/// Changes entries of `marks.yaml`, all or none of them, and leaves the rest of it, the teacher's own comments and order too, as it is.
/// The text is changed line by line, then read again: only what says exactly what it should is written.
struct TeacherMarksEditor {
    /// One thing to be set, or taken away.
    struct Change {
        var student: String
        var member: String?
        var subject: MarkSubject
        var mark: TeacherMark?
    }

    var file: String
    var className: String
    var sheet: MarkableSheet
    var students: [StudentIdentity]

    /// - Returns: all marks as they are then.
    /// - Throws: `InputErrors` where the file has mistakes, ``StoreFailure`` where the change is not possible or the
    ///   file is laid out in a way that only a person can follow.
    func apply(_ changes: [Change]) throws -> TeacherMarks {
        for change in changes { try check(change) }
        guard let last = changes.last else { return try read() }
        var expected = try read()
        let isThere = mayBeThere(file)
        var text = isThere ? try TeacherMarksFile.text(file).text : template
        var left = changes
        // Each round reads the whole text again: everybody's at once, but one of each student's, since the place of one may
        // hang on another.
        while let first = left.first {
            guard let lines = MarksText(text) else { throw unlike(first) }
            var edits: [MarksText.Edit] = []
            var (later, taken) = ([Change](), Set<String>())
            for change in left {
                guard taken.insert(lines.hasStudents ? change.student : "").inserted else {
                    later.append(change)
                    continue
                }
                let (marks, mark) = merged(expected, change)
                let path = ["students", change.student] + (change.member.map { ["members", $0] } ?? [])
                if let edit = lines.edit(path + [change.subject.description], to: mark) { edits.append(edit) }
                expected = marks
            }
            guard let changed = lines.with(edits) else { throw unlike(first) }
            (text, left) = (changed, later)
        }
        try TeacherMarksFile.refuseTooLong(text, file)
        let new = try? TeacherMarksFile.read(
            InputText(file: file, text: text), className: className, sheet: sheet, students: students)
        guard let new, new == expected else { throw unlike(last) }
        try AtomicFile.write(text, to: file)
        return new
    }

    private func unlike(_ change: Change) -> StoreFailure {
        StoreFailure(
            fr: """
                \(file) est mis en forme d'une façon que Bascule ne sait pas modifier : y porter à la main \(change.subject) \
                de \(change.student).
                """,
            en: """
                \(file) is laid out in a way that Bascule cannot change by itself: set \(change.subject) of \
                \(change.student) there by hand.
                """)
    }

    func read() throws(InputErrors) -> TeacherMarks {
        try TeacherMarksFile.read(file: file, className: className, sheet: sheet, students: students)
            ?? TeacherMarks()
    }

    private func check(_ change: Change) throws(StoreFailure) {
        guard let student = students.first(where: { $0.id == change.student }) else {
            let near = suggestion(for: change.student, in: students.map(\.id))
            let stop = near == .nothing ? LocalizedText(verbatim: ".") : near
            let all = students.map(\.id).joined(separator: ", ")
            throw StoreFailure(
                fr: "La classe n'a pas d'étudiant \(quoted(change.student))\(stop) Elle a : \(all).",
                en: "The class has no student \(quoted(change.student))\(stop) It has: \(all).")
        }
        if let member = change.member, student.names.count < 2 || !student.names.contains(member) {
            let names = student.names.joined(separator: ", ")
            throw StoreFailure(
                fr: "\(student.id) n'a pas de membre \(quoted(member)) ; c'est \(names).",
                en: "\(student.id) has no member \(quoted(member)); it is \(names).")
        }
        try sheet.check(change.subject, change.mark?.points)
    }

    /// The marks as they should be, and the one that was changed.
    func merged(_ old: TeacherMarks, _ change: Change) -> (marks: TeacherMarks, mark: TeacherMark?) {
        var new = old
        var student = new.students[change.student] ?? StudentMarks()
        var owner = change.member.map { student.members[$0] ?? StudentMarks() } ?? student
        let before = owner.marks[change.subject]
        let mark = change.mark.map { mark in
            TeacherMark(points: mark.points ?? before?.points, comment: mark.comment ?? before?.comment)
        }
        owner.marks[change.subject] = mark
        if let member = change.member { student.members[member] = owner } else { student = owner }
        new.students[change.student] = student
        // Nothing to take away: nothing to change.
        return mark == nil && before == nil ? (old, nil) : (new, mark)
    }

    private var template: String {
        let remark = String(
            fr: """
                # Ce que l'enseignant décide à la main ; `bascule mark` écrit ici aussi. Ces points remplacent ceux que
                # Bascule a trouvés, aussi après le prochain passage.
                """,
            en: """
                # What the teacher decides by hand; `bascule mark` writes here too. Points stand in the place of what Bascule
                # came to, also after the next run.
                """)
        return """
            \(remark)
            class: \(className)
            students:

            """
    }
}
