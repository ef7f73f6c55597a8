import Foundation
import GraderCore
import InputFiles
import Reports
import Testing

@testable import ClassRun

/// A class's written answers marked in a table, on the recorded class.
struct MarkingSheetTests {
    private let recorded: RecordedClass

    /// Two students wrote the same to Q2 but for spaces and case, one wrote something else, and nobody wrote more.
    init() throws {
        (recorded, _) = try RecordedClass.judged()
        let folder = try recorded.reports.answersFolder(of: "demo")
        try AtomicFile.makeFolders(folder)
        for (student, answer) in [
            ("etu1", "Sur serv1 ;\nc'est la \"préférence\"."),
            ("etu3", "sur  SERV1 ; c'est la \"préférence\"."),
            ("etu4", "=serv2"),
        ] {
            try AtomicFile.write("# Q2\n\(answer)\n", to: "\(folder)/\(student).md")
        }
        _ = try recorded.score()
    }

    private func table(_ question: String? = "Q2", isAnonymous: Bool = false) throws -> String {
        let reports = recorded.reports
        var csv = MarkingCSV(
            try reports.markingSheet(of: "demo", only: question.map { QuestionID($0) }), language: .french)
        if isAnonymous { csv.pseudonym = { reports.pseudonym(of: $0, in: "demo") } }
        return csv.text()
    }

    private func rows(_ text: String) -> [[String]] {
        CSVTable.rows(of: text, InputMistakes(file: "t")).map(\.cells)
    }

    private func take(_ text: String) throws -> [ChangedMark] {
        try recorded.reports.importMarks(InputText(file: "t.csv", text: text), into: "demo") { _ in }
    }

    @Test func theSameAnswersAreOneRow() throws {
        let rows = rows(try table())
        #expect(rows[0] == MarkingColumn.allCases.map(\.heading.fr))
        // Who could not be reached may have handed in an answer all the same.
        #expect(rows.count == 5 && rows[4][0] == "etu5")
        #expect(rows[1][0] == "etu1 + etu3" && rows[1][2] == "Q2.written" && rows[1][9] == "0,5")
        #expect(rows[1][4] == "Sur serv1 ;\nc'est la \"préférence\".")
        // Nothing in common with anybody; and no formula.
        #expect(rows[2][0] == "etu2" && rows[2][4].isEmpty)
        #expect(rows[3][4] == "'=serv2")
        #expect(try self.rows(table(nil)).count > rows.count)
        #expect(throws: StoreFailure.self) { try table("Q99") }
    }

    /// The run was over before: nobody has to write its pages again first.
    @Test func whatWasHandedInSinceIsThere() throws {
        let folder = try recorded.reports.answersFolder(of: "demo")
        try AtomicFile.write("Q2. Sur serv2\n", to: "\(folder)/etu2.md")
        #expect(rows(try table())[2][4] == "Sur serv2")
    }

    /// What is given rests on what was read, and never takes the place of what was given since.
    @Test func onlyWhatWasReadGetsPoints() throws {
        let reports = recorded.reports
        func entry(of student: String) throws -> MarkingSheet.Entry {
            try #require(
                try reports.markingSheet(of: "demo", only: QuestionID("Q2")).entries.first {
                    $0.authors.contains { $0.student.id == student }
                })
        }
        func give(_ points: Double, _ entry: MarkingSheet.Entry) throws -> [MarkingSheet.Entry] {
            try reports.set([(entry, TeacherMark(points: Points(points)))], in: "demo") { _ in }
        }
        let (both, alone) = (try entry(of: "etu1"), try entry(of: "etu4"))
        #expect(both.authors.map(\.student.id) == ["etu1", "etu3"])
        let copied = TeacherMark(points: .zero, comment: "copied, see me")
        _ = try reports.mark("etu3", MarkSubject("Q2.written"), copied, in: "demo") { _ in }
        let file = "\(try reports.answersFolder(of: "demo"))/etu4.md"
        try AtomicFile.write("# Q2\nautre chose\n", to: file)
        #expect(try give(0.5, both) == [both])
        #expect(try give(0.5, alone) == [alone])
        #expect(try entry(of: "etu1").mark == nil && entry(of: "etu4").mark == nil)
        #expect(try entry(of: "etu3").mark == copied)
        // Whoever's words and mark are still those that were read.
        var own = both
        own.authors = both.authors.filter { $0.student.id == "etu1" }
        #expect(try give(0.5, own).isEmpty && give(0.25, entry(of: "etu4")).isEmpty)
        #expect(try entry(of: "etu1").mark?.points == Points(0.5))
        #expect(try entry(of: "etu4").mark?.points == Points(0.25))
    }

    /// Between the export of a table and its import answers come and colleagues mark.
    @Test func aTableGivesPointsToWhatItShows() throws {
        let reports = recorded.reports
        var rows = rows(try table())
        (rows[1][10], rows[3][10]) = ("0,5", "0,5")
        let mark = try #require(rows[0].firstIndex(of: "Empreinte"))
        func text() -> String {
            rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ";") }
                .joined(separator: "\r\n")
        }
        let copied = TeacherMark(points: .zero, comment: "copied, see me")
        _ = try reports.mark("etu1", MarkSubject("Q2.written"), copied, in: "demo") { _ in }
        let file = "\(try reports.answersFolder(of: "demo"))/etu4.md"
        try AtomicFile.write("# Q2\nautre chose\n", to: file)
        let errors = try #require(throws: InputErrors.self) { try take(text()) }
        // An answer goes over two lines of the table.
        #expect(errors.mistakes.map(\.line) == [2, 5], "\(errors.mistakes)")
        let marks = try String(contentsOfFile: try reports.marksFile(of: "demo"), encoding: .utf8)
        #expect(marks.contains("copied, see me") && !marks.contains("etu3") && !marks.contains("etu4"))
        // Whoever wants it all the same says so.
        for row in rows.indices.dropFirst() { rows[row][mark] = "" }
        #expect(try take(text()).map(\.name) == ["etu1", "etu3", "etu4"])
    }

    @Test func filledInItIsTakenWhole() throws {
        var rows = rows(try table())
        (rows[1][10], rows[1][11]) = ("0,5", "Bien \"vu\" ;\nmais court.")
        rows[3][10] = "0.25"
        let text = rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ";") }
            .joined(separator: "\r\n")
        let changed = try take(text)
        #expect(changed.map(\.name) == ["etu1", "etu3", "etu4"])
        #expect(changed[0].before == nil && changed[0].after?.comment == "Bien \"vu\" ;\nmais court.")
        let latest = try #require(try recorded.reports.latestRun(of: "demo"))
        let checks = try latest.result(of: "etu3").questions.flatMap(\.checks)
        #expect(checks.first { $0.result.id == "Q2.written" }?.earned == Points(thousandths: 500))
        // Again: nothing is other than before; and what it writes now is what it was given.
        #expect(try take(text).isEmpty)
        #expect(try self.rows(table())[1][11] == "Bien \"vu\" ;\nmais court.")
    }

    /// Not every character can stand in a cell, and what is no formula is told apart from one.
    @Test(arguments: ["Bravo \u{1F469}\u{200D}\u{1F52C} !", "'=1+1", "=1+1", "''+1"])
    func whatNobodyTouchedStaysAsItWas(_ comment: String) throws {
        let mark = TeacherMark(points: Points(0.25), comment: comment)
        _ = try recorded.reports.mark("etu4", MarkSubject("Q2.written"), mark, in: "demo") { _ in }
        #expect(try take(table(nil)).isEmpty)
        // Nor is it the comment that other points change.
        var rows = rows(try table())
        rows[3][10] = "0,5"
        let text = rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ";") }
            .joined(separator: "\r\n")
        #expect(try take(text).map(\.after) == [TeacherMark(points: Points(0.5), comment: comment)])
    }

    /// Its columns were moved, and the spreadsheet put no quotation marks around them.
    @Test func anAnswerThatBeginsAsARemarkIsARow() throws {
        let changed = try take(
            "# à moi\nRéponse;Identifiant;Vérification;Points\n# crm node standby;etu1;Q2.written;0,5\n")
        #expect(changed.map(\.after) == [TeacherMark(points: Points(0.5))])
        // A row that somebody has taken out.
        let left = try take(
            "Nom;Identifiant;Vérification;Points\n# X;etu1;Q2.written;0\nY;etu3;Q2.written;0,5\n")
        #expect(left.map(\.name) == ["etu3"])
        // Nobody knows what a column of his own may hold.
        let own = try take("Rang;Identifiant;Vérification;Points\n#1;etu1;Q2.written;0,25\n")
        #expect(own.map(\.name) == ["etu1"])
    }

    /// A table that a teacher makes himself, in his own way of writing.
    @Test(arguments: [
        "IDENTIFIANT;verification;points;commentaire", "id;Check;Points;Comment",
        "Identifiant;Question;Points;Commentaire",
    ])
    func headingsAreReadInBothLanguages(_ header: String) throws {
        let changed = try take("\(header)\netu1;Q2.written;0,25;Bien\n")
        #expect(changed.map(\.after) == [TeacherMark(points: Points(0.25), comment: "Bien")])
    }

    @Test func blindMarkingFindsItsStudents() throws {
        let anonymous = try table(isAnonymous: true)
        #expect(!anonymous.contains("etu1") && !anonymous.contains("MÉSANGE"))
        var rows = rows(anonymous)
        rows[1][9] = "0,5"
        let text = rows.map { $0.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ";") }
            .joined(separator: "\n")
        // What is said of it stays as blind.
        let codes = ["etu1", "etu3"].map { recorded.reports.pseudonym(of: $0, in: "demo") }
        #expect(try take(text).map(\.name) == codes)
        let marks = try recorded.reports.markingSheet(of: "demo", only: QuestionID("Q2")).entries
        #expect(
            marks.first { $0.mark?.points == Points(0.5) }?.authors.map(\.student.id) == ["etu1", "etu3"])
    }

    /// SHA-256 of both begins with the same six digits.
    @Test func aCodeOfTwoStudentsIsNobodys() {
        let both = ["etu1463", "etu2336"]
        #expect(Set(both.map { recorded.reports.pseudonym(of: $0, in: "demo") }) == ["FD294C"])
        let ids = recorded.reports.idsByPseudonym(both + ["etu1"], in: "demo")
        #expect(Array(ids.values) == ["etu1"])
    }

    /// Every mistake is said with its line, and nothing is changed.
    @Test func aTableWithMistakesChangesNothing() throws {
        let table = """
            Identifiant;Vérification;Points;Commentaire
            etu1;Q2.written;0,25;
            etu9;Q2.written;0,25;
            etu1 + etu2;Q2.written;0,25;
            etu3;Q2.written;5;
            etu3;Q6.written;-1;
            etu3;Q6.writen;0,1;
            etu3;Q7.written;beaucoup;
            etu3;Q10.written;0,5;très;bien
            etu4;Q2.written;;"\(String(repeating: "x", count: 4001))"
            ;Q2.written;0,5;
            etu4;Q6.written;0,5;"ouvert
            """
        let errors = try #require(throws: InputErrors.self) { try take(table) }
        #expect(errors.mistakes.map(\.line) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
        #expect(errors.mistakes.allSatisfy { $0.file == "t.csv" })
        #expect(!FileManager.default.fileExists(atPath: "\(recorded.reports.path)/demo/marks.yaml"))
        #expect(throws: InputErrors.self) { try take("") }
        #expect(throws: InputErrors.self) { try take("Nom;Points\nx;1\n") }
    }
}
