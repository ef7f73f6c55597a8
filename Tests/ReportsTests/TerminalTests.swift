import GraderCore
import Testing

@testable import Reports

struct TerminalTests {
    @Test(arguments: [40, 80, 132])
    func linesKeepToTheWidth(_ width: Int) {
        for language in Language.allCases {
            for result in SampleResults.all + [HostileSample.result] {
                let lines = TerminalReport.lines(
                    result, language: language, colour: false, width: width, hints: true)
                for line in lines { #expect(TerminalText.columns(line) <= width, "\(line)") }
            }
        }
    }

    @Test func whatIsNotMetSaysExpectedFoundAndHowToSeeIt() {
        let text = TerminalReport.lines(SampleResults.faulty, language: .french, colour: false, width: 100)
            .joined(separator: "\n")
        #expect(text.contains("✗ La ressource est surveillée toutes les 10 secondes – non obtenu"))
        #expect(
            text.contains("Attendu\u{A0}: op monitor avec un intervalle de 10 s") || text.contains("Attendu ")
        )
        #expect(text.contains("intervalle de 30 s"))
        #expect(text.contains("crm configure show IPFailover"))
        #expect(!text.contains("Qu'écrit"))
        #expect(text.contains("Note\u{A0}: 4,5 / 20 (12 décidés)"))
    }

    @Test func hintsComeOnlyWhenAskedFor() {
        let text = TerminalReport.lines(
            SampleResults.faulty, language: .french, colour: false, width: 200, hints: true
        ).joined(separator: "\n")
        #expect(text.contains("Qu'écrit «\u{A0}crm resource move\u{A0}»"))
    }

    @Test func everyCheckIsNamed() {
        for result in SampleResults.all {
            let text = TerminalReport.lines(result, language: .english, colour: false, width: 400)
                .joined(separator: "\n")
            for check in result.questions.flatMap(\.checks) { #expect(text.contains(check.result.title.en)) }
        }
    }

    @Test func withoutColourNoEscape() {
        let lines = TerminalReport.lines(SampleResults.faulty, language: .french, colour: false, width: 80)
        #expect(lines.allSatisfy { !$0.unicodeScalars.contains("\u{1B}") })
        let coloured = TerminalReport.lines(SampleResults.faulty, language: .french, colour: true, width: 80)
        #expect(coloured.contains { $0.unicodeScalars.contains("\u{1B}") })
    }

    @Test func resultLinesStandUnderOneAnother() {
        let results = [SampleResults.solved, SampleResults.faulty]
        let columns = ResultLine.Columns(results.map(\.student))
        let lines = results.map { ResultLine($0, language: .french).text(columns: columns, colour: false) }
        #expect(
            lines[0].hasPrefix("abeille-dumas  Éloïse Abeille-Dumas, Maël Quéméner  12 / 20 (12 décidés)"))
        #expect(lines[1].hasPrefix("brisset        Timothée Brisset"))
        #expect(lines[1].contains("4,5 / 20 (12 décidés)"))
        #expect(lines[1].hasSuffix("Q1 ◐  Q2 ✓  Q3 ✗  Q4 ‖  Q5 –  Q6 –"))
    }

    @Test func resultLineSaysWhyThereIsNone() {
        let columns = ResultLine.Columns(id: 8, names: 14)
        let line = ResultLine(SampleResults.unreachable, language: .english).text(
            columns: columns, colour: false)
        #expect(line.contains("not assessed: serv1 (172.16.0.10): does not answer."))
        let other = ResultLine(
            notAssessed: StudentIdentity(id: "x", names: ["Y"]),
            reason: LocalizedText(fr: "panne\u{1B}", en: "broken"), language: .french
        ).text(columns: columns, colour: false)
        #expect(other.hasSuffix("non évalué\u{A0}: panne␛"))
    }
}
