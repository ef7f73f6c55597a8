import GraderCore
import Testing

@testable import Reports

struct TerminalTests {
    @Test(arguments: [40, 80, 132])
    func linesKeepToTheWidth(_ width: Int) {
        for language in Language.allCases {
            for result in SampleResults.all + [HostileSample.result] {
                let report = TerminalReport(
                    result, language: language, colour: false, width: width, hints: true)
                let lines =
                    report.lines() + report.lines(of: Set(result.questions.map(\.id)))
                    + report.lines(changes: ["12:00:00  " + HostileSample.result.className])
                for line in lines { #expect(TerminalText.columns(line) <= width, "\(line)") }
            }
        }
    }

    /// The first look: the mark, what cost points, what is left, a line for each question, within a terminal.
    @Test func theFirstLookFitsATerminal() throws {
        for result in SampleResults.all {
            let lines = TerminalReport(result, language: .french, colour: false, width: 80).lines()
            #expect(lines.count <= TerminalReport.usualHeight)
            #expect(lines.prefix(4).contains { $0.hasPrefix("Note\u{A0}: ") })
            for question in result.questions {
                #expect(lines.count { $0.hasPrefix("  ") && $0.contains(" \(question.id.rawValue)  ") } == 1)
            }
        }
        // However much is lost: less is said of each, and at last how many there are besides.
        let checks = (0..<60).map { number in
            SampleChecks.check(
                "Q1.\(number)", 1, .notMet, title: LocalizedText(verbatim: "check no. \(number)"),
                expected: LocalizedText(verbatim: "e"), found: LocalizedText(verbatim: "f \(number)"))
        }
        for (count, says) in [(3, "f 2"), (8, "f 7"), (25, "check no. 24"), (60, "… et ")] {
            let result = SampleResults.result(
                "x", ["X"],
                questions: [
                    SampleChecks.question("Q1", LocalizedText(verbatim: "q"), Array(checks.prefix(count)))
                ], exhibits: [])
            let lines = TerminalReport(result, language: .french, colour: false, width: 80).lines()
            #expect(lines.count <= TerminalReport.usualHeight, "\(count)")
            #expect(lines.contains { $0.contains(says) }, "\(count): \(lines)")
        }
    }

    @Test func whatIsNotMetSaysExpectedFoundAndHowToSeeIt() {
        let report = TerminalReport(SampleResults.faulty, language: .french, colour: false, width: 100)
        let question = report.lines(of: [QuestionID("Q1")]).joined(separator: "\n")
        #expect(question.contains("✗ La ressource est surveillée toutes les 10 secondes – non obtenu"))
        #expect(question.contains("crm configure show IPFailover"))
        #expect(!question.contains("La ressource préfère serv1"))
        // Of one question alone there is no mark.
        let mark = "Note\u{A0}: provisoire, 4,5 sur 12 notés, 8 à venir"
        #expect(report.lines().contains(mark) && !question.contains("provisoire"))
        for text in [report.lines().joined(separator: "\n"), question] {
            #expect(text.contains("Attendu "))
            #expect(text.contains("intervalle de 30 s"))
            #expect(!text.contains("Qu’écrit"))
        }
    }

    @Test func hintsComeOnlyWhenAskedFor() {
        let text = TerminalReport(
            SampleResults.faulty, language: .french, colour: false, width: 200, hints: true
        ).lines().joined(separator: "\n")
        #expect(text.contains("Qu’écrit «\u{A0}crm resource move\u{A0}»"))
    }

    @Test func everyCheckIsNamed() {
        for result in SampleResults.all {
            let text = TerminalReport(result, language: .english, colour: false, width: 400).everything
            for check in result.questions.flatMap(\.checks) { #expect(text.contains(check.result.title.en)) }
        }
    }

    /// What changed comes first, then a line for each question.
    @Test func watchingSaysWhatChanged() throws {
        let report = TerminalReport(SampleResults.faulty, language: .english, colour: false, width: 100)
        let lines = report.lines(changes: ["12:00:01  Q1.netmask: met"])
        let change = try #require(lines.firstIndex { $0.contains("Q1.netmask: met") })
        let question = try #require(lines.firstIndex { $0.contains(" Q1  ") })
        #expect(change < question && !lines.contains { $0.contains("Expected") })
        #expect(report.lines(changes: []).contains { $0.contains("Nothing has changed.") })
    }

    @Test func anUnreachablePairIsSaidOnceInTheTerminal() {
        let report = TerminalReport(SampleResults.unreachable, language: .french, colour: false, width: 100)
        let text = report.everything
        #expect(text.components(separatedBy: "ne répond pas").count == 3, "once in each of two looks")
        #expect(!text.contains("aucun relevé de serv1"))
    }

    /// Of a pair that was reached, such as one whose cluster is stopped.
    @Test func whyNothingCouldBeAssessedIsOnItsLine() {
        var result = SampleResults.unreachable
        (result.unreachable, result.instability) = ([:], nil)
        for question in result.questions.indices {
            for check in result.questions[question].checks.indices {
                let found = check == 0 ? "autre chose \(question)" : "rien à lire"
                result.questions[question].checks[check].result.found = LocalizedText(verbatim: found)
            }
        }
        let line = ResultLine(result, language: .french).text(
            columns: ResultLine.Columns([result.student]), colour: false)
        #expect(line.hasSuffix("non évalué\u{A0}: rien à lire"))
    }

    /// Most checks of a declared lab may have nothing to say; no line ends with the beginning of a reason.
    @Test(arguments: ["", "rien à lire"]) func aReasonIsNeverEmpty(_ said: String) {
        var result = SampleResults.unreachable
        (result.unreachable, result.instability) = ([:], nil)
        for question in result.questions.indices {
            for check in result.questions[question].checks.indices {
                result.questions[question].checks[check].result.found = LocalizedText(verbatim: "")
            }
        }
        result.questions[0].checks[0].result.found = LocalizedText(verbatim: said)
        let end = said.isEmpty ? "non évalué" : "non évalué\u{A0}: \(said)"
        let columns = ResultLine.Columns([result.student])
        let line = ResultLine(result, language: .french).text(columns: columns, colour: false)
        #expect(line.hasSuffix(end), "\(line)")
        let other = ResultLine(
            notAssessed: result.student, reason: LocalizedText(verbatim: said), language: .french
        ).text(columns: columns, colour: false)
        #expect(other.hasSuffix(end), "\(other)")
    }

    @Test func withoutColourNoEscape() {
        let lines = TerminalReport(SampleResults.faulty, language: .french, colour: false, width: 80).lines()
        #expect(lines.allSatisfy { !$0.unicodeScalars.contains("\u{1B}") })
        let coloured = TerminalReport(SampleResults.faulty, language: .french, colour: true, width: 80)
            .lines()
        #expect(coloured.contains { $0.unicodeScalars.contains("\u{1B}") })
    }

    @Test func resultLinesStandUnderOneAnother() {
        let results = [SampleResults.solved, SampleResults.faulty]
        let columns = ResultLine.Columns(results.map(\.student))
        let lines = results.map { ResultLine($0, language: .french).text(columns: columns, colour: false) }
        #expect(
            lines[0].hasPrefix(
                "abeille-dumas  Éloïse Abeille-Dumas, Maël Quéméner  provisoire, 12 sur 12 notés, 8 à venir"))
        #expect(lines[1].hasPrefix("brisset        Timothée Brisset"))
        #expect(lines[1].contains("provisoire, 4,5 sur 12 notés, 8 à venir"))
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

extension TerminalReport {
    /// The first look, and every question check by check.
    var everything: String {
        (lines() + lines(of: Set(result.questions.map(\.id)))).joined(separator: "\n")
    }
}
