import GraderCore
import InputFiles
import Testing

@testable import ClassRun

/// Marks that are set and taken away in the file that is there.
extension TeacherMarksFileTests {
    private var editor: TeacherMarksEditor {
        TeacherMarksEditor(file: file, className: "sio", sheet: sheet, students: students)
    }

    private func edit(
        _ student: String, _ subject: String, _ mark: TeacherMark?, member: String? = nil
    ) throws -> TeacherMarks {
        try editor.apply([
            TeacherMarksEditor.Change(
                student: student, member: member, subject: MarkSubject(subject), mark: mark)
        ])
    }

    private func text() throws -> String { try String(contentsOfFile: file, encoding: .utf8) }

    @Test func theFirstMarkMakesTheFile() throws {
        let marks = try edit("martin", "Q2.written", mark(0.5, "Bien, mais \"pourquoi\" ?\nÀ voir."))
        #expect(try read() == marks)
        #expect(
            marks.students["martin"]?.marks[.check(CheckID("Q2.written"))]?.comment
                == "Bien, mais \"pourquoi\" ?\nÀ voir.")
        #expect(
            try text().hasSuffix(
                """
                class: sio
                students:
                  martin:
                    Q2.written: {points: 0.5, comment: "Bien, mais \\"pourquoi\\" ?\\nÀ voir."}

                """))
    }

    @Test func whatAPersonWroteStays() throws {
        try folder.write(good, to: "marks.yaml")
        _ = try edit("dupont", "Q1.a", mark(1))
        _ = try edit("dupont", "Q2", mark(1))
        _ = try edit("martin", "Q1.a", mark(0.5, "x"))
        _ = try edit("dupont", "Q1.a", mark(0), member: "Alex O'Brien")
        _ = try edit("dupont", "Q2.written", mark(nil, "vu"), member: "Alex O'Brien")
        #expect(
            try text() == """
                # Ours.
                class: sio
                students:
                  dupont:
                    Q1.written: 0.25   # half
                    Q2: {points: 1, comment: "Très bien : « oui »."}
                    comment: Bon travail.
                    members:
                      Camille Dupont: {absent: true}
                      Alex O'Brien:
                        Q2.written: {points: 1, comment: "vu"}
                        Q1.a: 0
                    Q1.a: 1
                  martin:
                    Q1.a: {points: 0.5, comment: "x"}

                """)
    }

    /// As an editor of Windows saves it.
    @Test func whatEndsItsLinesAsOnWindowsIsChangedToo() throws {
        try folder.write(good, to: "marks.yaml")
        _ = try edit("dupont", "Q1.written", mark(0.5))
        let changed = try text()
        try folder.write(good.replacing("\n", with: "\r\n"), to: "marks.yaml")
        _ = try edit("dupont", "Q1.written", mark(0.5))
        #expect(try text() == changed)
    }

    /// Whatever is there, and whoever has several.
    @Test func allAtOnceIsWhatOneByOneIs() throws {
        let changes =
            [
                ("martin", "Q1.a", mark(0.5, "x"), nil), ("dupont", "Q1.written", nil, nil),
                ("dupont", "Q1.a", mark(0.25), "Alex O'Brien"), ("dupont", "Q2", mark(1, "y"), nil),
                ("martin", "Q2", mark(1), nil), ("dupont", "Q2.written", mark(1), nil),
                ("martin", "Q1.a", nil, nil),
            ] as [(String, String, TeacherMark?, String?)]
        for start in [good, "class: sio\n", "class: sio\nstudents:\n"] {
            try folder.write(start, to: "marks.yaml")
            for (student, subject, mark, member) in changes {
                _ = try edit(student, subject, mark, member: member)
            }
            let (marks, oneByOne) = (try read(), try text())
            try folder.write(start, to: "marks.yaml")
            let all = changes.map { student, subject, mark, member in
                TeacherMarksEditor.Change(
                    student: student, member: member, subject: MarkSubject(subject), mark: mark)
            }
            #expect(try editor.apply(all) == marks)
            #expect(try text() == oneByOne)
        }
        // Two of whom one stands for the other.
        let alias = "class: sio\nstudents:\n  dupont: &a\n    Q1.a: 1\n  martin: *a\n"
        try folder.write(alias, to: "marks.yaml")
        let both = ["dupont", "martin"].map {
            TeacherMarksEditor.Change(student: $0, member: nil, subject: MarkSubject("Q1.a"), mark: mark(0))
        }
        #expect(throws: StoreFailure.self) { try editor.apply(both) }
        #expect(try text() == alias)
    }

    /// A class's comments are longer than any roster; what could not be read again is not written.
    @Test func asMuchIsWrittenAsCanBeRead() throws {
        try folder.write(good, to: "marks.yaml")
        let long = String(repeating: "é ", count: 100_000) + "."
        let marks = try edit("martin", "Q2.written", mark(1, long))
        let before = try text()
        #expect(before.utf8.count > InputText.sizeLimit)
        #expect(try read() == marks)
        #expect(try edit("martin", "Q2.written", mark(1)) == marks)
        // In the file each of these is ten characters.
        let longer = String(repeating: "\u{200D}", count: TeacherMarksFile.sizeLimit / 10)
        let refusal = #expect(throws: StoreFailure.self) { try edit("dupont", "Q1.a", mark(1, longer)) }
        #expect(refusal?.sentence.en.contains("shorten the comments") == true)
        #expect(try text() == before)
    }

    /// A reader of YAML that is to be safe takes few aliases, and counts what looks like one.
    @Test func whatACommentStressesIsNoAlias() throws {
        let marks = try edit("martin", "Q2.written", mark(1, String(repeating: "voir *ici*, ", count: 20)))
        #expect(try read() == marks)
    }

    @Test func aMarkIsTakenAway() throws {
        try folder.write(good, to: "marks.yaml")
        let marks = try edit("dupont", "Q1.written", nil)
        #expect(marks.students["dupont"]?.marks.count == 1)
        #expect(try !text().contains("# half"))
        // Nothing there: nothing changes.
        let before = try text()
        _ = try edit("martin", "Q1.a", nil)
        #expect(try text() == before)
    }

    @Test func aMemberWithoutMarksGetsAPlace() throws {
        let marks = try edit("dupont", "Q1.a", mark(1), member: "Camille Dupont")
        #expect(marks.students["dupont"]?.members["Camille Dupont"]?.marks.count == 1)
        #expect(try text().contains("    members:\n      \"Camille Dupont\":\n        Q1.a: 1\n"))
    }

    @Test func whatCannotBeDoneIsASentenceAndChangesNothing() throws {
        let flow = "class: sio\nstudents: {dupont: {Q1.a: 1}}\n"
        try folder.write(flow, to: "marks.yaml")
        for (student, subject, points, member) in [
            ("dupont", "Q2", 1.5, nil), ("dupond", "Q2", 1, nil), ("martin", "Q2", 2, nil),
            ("martin", "Q9", 1, nil), ("martin", "Q2", 1, "Lou Martin"), ("dupont", "Q2", 1, "Lou Martin"),
        ] as [(String, String, Double, String?)] {
            #expect(throws: StoreFailure.self) {
                try edit(student, subject, mark(points), member: member)
            }
            #expect(try text() == flow)
        }
    }

    @Test func writtenAnewItSaysTheSame() throws {
        try folder.write(good, to: "marks.yaml")
        let marks = try #require(try read())
        try AtomicFile.write(MarksYAML.text(marks, className: "sio"), to: file)
        #expect(try read() == marks)
        #expect(try !text().contains("Ours"))
    }
}
