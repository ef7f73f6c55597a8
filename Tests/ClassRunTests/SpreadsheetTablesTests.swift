import GraderCore
import InputFiles
import Testing

@testable import ClassRun

/// Tables as spreadsheets and their owners leave them.
struct SpreadsheetTablesTests {
    /// Excel's “CSV (Macintosh)” has a carriage return alone.
    @Test(arguments: ["\n", "\r\n", "\r"])
    func everyLineEndIsOne(_ end: String) {
        let lines = ["# remark", "Id;Points", "", " \t", "etu1;0,5", "\"a;b\(end)c\";1", "x;\"y\"", "etu2;"]
        let mistakes = InputMistakes(file: "t.csv")
        let rows = CSVTable.rows(of: lines.joined(separator: end), mistakes)
        #expect(
            rows.map(\.cells) == [
                ["Id", "Points"], ["etu1", "0,5"], ["a;b\(end)c", "1"], ["x", "y"], ["etu2", ""],
            ])
        #expect(rows.map(\.line) == [2, 5, 6, 8, 9])
        #expect(throws: Never.self) { try mistakes.check() }
        #expect(CSVTable.rows(of: lines.joined(separator: end) + end, mistakes) == rows)
    }

    @Test func aMistakeEndsWithItsLine() {
        let mistakes = InputMistakes(file: "t.csv")
        let rows = CSVTable.rows(of: "Id;Points\r\"a\" b;1\retu1;2\r", mistakes)
        #expect(rows.map(\.cells) == [["Id", "Points"], ["etu1", "2"]])
        let errors = #expect(throws: InputErrors.self) { try mistakes.check() }
        #expect(errors?.mistakes.map(\.line) == [2])
    }

    /// Which of two was meant nobody knows; those that are not read may be there twice.
    @Test(
        arguments: [
            ("Id;Check;Points;Points", "there are 2 columns Points"),
            ("Id;Identifiant;Check;Points", "there are 2 columns Id"),
            ("Id;Check;Points;Comment;Title;Commentaire", "there are 2 columns Comment"),
            ("Id;Question;question;Points", "there are 2 columns Check"), ("Id;Name;Nom;Check;Points", nil),
            ("Id;Check;Question;Points", nil),
        ] as [(String, String?)])
    func aColumnThatIsThereTwiceIsAMistake(_ header: String, _ mistake: String?) {
        let table = MarkingTable(sheet: MarkableSheet([]), students: [], idsByPseudonym: [:])
        let text = InputText(file: "t.csv", text: "# remark\n\(header)\n")
        guard let mistake else {
            #expect(throws: Never.self) { try table.read(text) }
            return
        }
        let errors = #expect(throws: InputErrors.self) { try table.read(text) }
        #expect(errors?.mistakes.map(\.line) == [2])
        #expect(errors?.mistakes.first?.message.en.contains(mistake) == true, "\(String(describing: errors))")
    }
}
