import GraderCore
import Testing

@testable import Reports

struct GradebookTests {
    private func rounded(
        _ points: Double, step: Double, _ direction: MarkRounding.Direction = .nearest, outOf: Double? = nil
    ) throws -> Points {
        try #require(MarkRounding(step: Points(step), direction: direction))
            .mark(Points(points), of: Points(20), outOf: outOf.map { Points($0) })
    }

    @Test func roundsToTheStepAndAHalfUpwards() throws {
        #expect(try rounded(12.125, step: 0.25) == Points(12.25))
        #expect(try rounded(12.124, step: 0.25) == Points(12))
        #expect(try rounded(12.001, step: 0.5, .up) == Points(12.5))
        #expect(try rounded(12.499, step: 0.5, .down) == Points(12))
        #expect(try rounded(12.5, step: 0.5, .up) == Points(12.5))
        #expect(try rounded(20, step: 0.5, .nearest, outOf: 100) == Points(100))
        // 19.125 of 20 is 95.625 of 100: rounded once, from the exact value.
        #expect(try rounded(19.125, step: 1, .nearest, outOf: 100) == Points(96))
        #expect(MarkRounding(step: .zero) == nil)
    }

    @Test func aPersonHasALineEvenInATeam() {
        let book = Gradebook(SampleRun.run(), Gradebook.Options())
        #expect(
            book.lines.map(\.name) == [
                "Maël Quéméner", "Éloïse Abeille-Dumas", "Maël Quéméner", "Timothée Brisset",
                "Anaïs Cazenave", "Hoël \"le Grand\" Le Goff; dit l'Ours", "Ysée Oudard",
            ])
        #expect(
            book.lines.map(\.mark) == [
                .mark(Points(19.13)), .open, .mark(Points(17.5)), .open, .notMarked, .absent, .notMarked,
            ])
    }

    @Test func provisionalMarksAreGivenWhereAnythingIsDecided() {
        let book = Gradebook(SampleRun.run(), Gradebook.Options(isProvisional: true))
        #expect(
            book.lines.map(\.mark) == [
                .mark(Points(19.13)), .mark(Points(16)), .mark(Points(17.5)), .mark(Points(4.5)), .notMarked,
                .absent, .notMarked,
            ])
    }

    @Test func emptyCellsSayWhyAndWhatWouldStandThere() {
        let lines = EmptyCells(SampleRun.run(), options: Gradebook.Options()).lines(.french)
        #expect(
            lines == [
                "  abeille-dumas (Éloïse Abeille-Dumas)\u{A0}: vide, 3 à venir\u{202F}; --provisional donnerait 16",
                "  brisset\u{A0}: vide, 8 à venir\u{202F}; --provisional donnerait 4,5",
            ])
        let scaled = Gradebook.Options(maximum: Points(100))
        #expect(
            EmptyCells(SampleRun.run(), options: scaled).lines(.english).last?.hasSuffix("give 22.5") == true)
        #expect(
            EmptyCells(SampleRun.run(), options: Gradebook.Options(isProvisional: true)).lines(.french) == [])
    }

    @Test func marksOutOfAnotherMaximumAreScaled() {
        let book = Gradebook(SampleRun.run(), Gradebook.Options(maximum: Points(100)))
        #expect(book.lines[0].mark == .mark(Points(95.63)))
        #expect(book.lines.allSatisfy { $0.total == Points(100) })
    }

    @Test(arguments: [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1+1", "\u{200B}=1", "\r\n=1",
    ])
    func nothingThatCanBeginAFormulaBeginsACell(_ attack: String) {
        let csv = CSVWriter(separator: ";", hasByteOrderMark: false, language: .french)
            .table([[.text(attack), .text("x")]])
        let first = csv.unicodeScalars.dropFirst().first { !$0.properties.isWhitespace }
        #expect(csv.hasPrefix("\""))
        #expect(first.map { "=+-@＝＋－＠\t\r\n".unicodeScalars.contains($0) } == false, "\(csv)")
    }

    @Test func namesThatAreNoFormulasStayAsTheyAre() {
        #expect(CSVWriter.neutralised("Jean-Paul N'Diaye = x") == "Jean-Paul N'Diaye = x")
        #expect(CSVWriter.neutralised("") == "")
    }

    @Test(arguments: ["=1", " +1", "'=1", "''@x", "' -1", "'x", "l'=1", "'", "", "' '=1"])
    func theTextOfACellIsFoundAgain(_ text: String) {
        #expect(CSVWriter.meant(CSVWriter.neutralised(text)) == text)
    }

    @Test func theColumnIsReadyToPaste() {
        #expect(
            GradesCSV(SampleRun.run(), options: Gradebook.Options(absentWord: "A", notMarkedWord: "NN"))
                .column()
                == "19,13\n\n17,5\n\nNN\nA\nNN\n")
    }

    @Test func whoSharesAnIdWithTheTeamIsNamed() {
        var run = SampleRun.run()
        // Who has a member's name and is another.
        run.students.removeFirst()
        var csv = MoodleCSV(run)
        #expect(csv.unidentified == ["Éloïse Abeille-Dumas", "Maël Quéméner"])
        csv.ids = ["Éloïse Abeille-Dumas": "2026-17", "Maël Quéméner": "2026-18"]
        #expect(csv.unidentified.isEmpty)
    }
}
