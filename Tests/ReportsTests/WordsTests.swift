import Foundation
import GraderCore
import Testing

@testable import Reports

struct WordsTests {
    @Test func datesAreUTCAndSaySo() {
        let date = DateText(SampleResults.moment)
        #expect(date.formatted(.french) == "22/11/2026 14:15 UTC")
        #expect(date.formatted(.english) == "22 November 2026, 14:15 UTC")
        #expect(date.machineReadable == "2026-11-22T14:15:00Z")
        #expect(DateText(Date(timeIntervalSince1970: -1)).machineReadable == "1969-12-31T23:59:59Z")
        #expect(
            DateText(Date(timeIntervalSince1970: 1_709_164_800)).formatted(.french) == "29/02/2024 00:00 UTC")
        #expect(DateText(Date(timeIntervalSince1970: .nan)).machineReadable == "1970-01-01T00:00:00Z")
        #expect(DateText(Date(timeIntervalSince1970: 1e300)).machineReadable == "9999-12-31T23:59:59Z")
    }

    @Test func datesAreInTheClasssZone() throws {
        func text(_ zone: String) throws -> String {
            DateText(SampleResults.moment, in: try #require(TimeZone(identifier: zone))).formatted(.french)
        }
        #expect(try text("Europe/Paris") == "22/11/2026 15:15 UTC+1")
        #expect(try text("Asia/Kolkata") == "22/11/2026 19:45 UTC+5:30")
        #expect(try text("America/St_Johns") == "22/11/2026 10:45 UTC-3:30")
        #expect(try text("Pacific/Kiritimati") == "23/11/2026 04:15 UTC+14")
        let paris = try #require(TimeZone(identifier: "Europe/Paris"))
        let date = DateText(SampleResults.moment + 7, in: paris)
        #expect(date.formatted(.english, toTheSecond: true) == "22 November 2026, 15:15:07 UTC+1")
        #expect(date.machineReadable == "2026-11-22T14:15:07Z")
        var report = StudentReport(result: SampleResults.solved, language: .french)
        report.timeZone = paris
        var terminal = TerminalReport(
            SampleResults.solved, language: .french, colour: false, width: 200)
        terminal.timeZone = paris
        for text in [try ParsedPage(report.html()).text, report.markdown(), terminal.everything] {
            #expect(text.contains("22/11/2026 15:15 UTC+1") && !text.contains("14:15"))
        }
    }

    @Test func scoresSayWhatIsDecided() {
        let open = Tally(earned: Points(12.5), decided: Points(17), total: Points(20))
        let french = Sentences(.french)
        #expect(french.shortScore(open) == "provisoire, 12,5 sur 17 notés, 3 à venir")
        #expect(Sentences(.english).shortScore(open) == "provisional, 12.5 out of 17 marked, 3 to come")
        #expect(french.shortScore(Tally(earned: .zero, decided: Points(20), total: Points(20))) == "0 / 20")
        #expect(french.shortScore(Tally(total: Points(20))) == "non évalué")
        #expect(french.points(Points(1.5)) == "1,5 point")
        #expect(french.points(Points(2)) == "2 points")
        #expect(Sentences(.english).points(Points(1.5)) == "1.5 points")
        #expect(Sentences(.english).points(Points(1)) == "1 point")
    }

    @Test func openPointsAreNamedOnceEach() {
        let lines = Sentences(.english).openPoints(SampleResults.solved.questions)
        #expect(
            lines == [
                "5 points: the failover drill was not asked for this time (Q6)",
                "3 points: for the teacher to mark (Q5)",
            ])
    }

    @Test func everyPhraseHasBothLanguages() {
        for phrase in Phrase.allCases {
            #expect(!phrase[.french].isEmpty)
            #expect(!phrase[.english].isEmpty)
        }
        for phrase in BoardPhrase.allCases {
            #expect(!phrase[.french].isEmpty)
            #expect(!phrase[.english].isEmpty)
        }
    }

    /// A label that a template asks for and nobody has would be an empty place on the page.
    @Test func templatesNamePhrasesThatExistAndAllOfThemAreUsed() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Reports", directoryHint: .isDirectory).standardized
        let templates = try FileManager.default.contentsOfDirectory(
            at: folder.appending(path: "Templates"), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "mustache" }
        #expect(!templates.isEmpty)
        var used: Set<String> = []
        for template in templates {
            let text = try String(contentsOf: template, encoding: .utf8)
            for match in text.matches(of: /\{\{t\.([A-Za-z]+)\}\}/) { used.insert(String(match.1)) }
            // Escaped by default: the stylesheet and the script are our own and the only exceptions.
            #expect(
                text.matches(of: /\{\{\{([A-Za-z.]+)\}\}\}|\{\{&/).allSatisfy {
                    ["{{{style}}}", "{{{script}}}"].contains($0.0)
                })
        }
        let known = Set(Phrase.allCases.map(\.rawValue) + BoardPhrase.allCases.map(\.rawValue))
        #expect(used.subtracting(known).isEmpty)
        let sources = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".swift")
        }
        let code = try sources.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
            .joined()
        for phrase in known.subtracting(used) {
            #expect(
                code.contains("Phrase.\(phrase)[") || code.contains("label(.\(phrase))")
                    || code.contains("? BoardPhrase.\(phrase) :") || code.contains(": .\(phrase))["),
                "\(phrase) is not used")
        }
    }

    @Test func questionMarksFollowTheirChecks() {
        func mark(_ verdicts: Verdict...) -> QuestionSign {
            let checks = verdicts.enumerated().map { index, verdict in
                SampleChecks.check(
                    "Q1.\(index)", 1, verdict, title: LocalizedText(verbatim: "t"),
                    expected: LocalizedText(verbatim: "e"), found: LocalizedText(verbatim: "f"))
            }
            return QuestionSign(SampleChecks.question("Q1", LocalizedText(verbatim: "q"), checks))
        }
        #expect(mark(.met, .met).symbol == "✓")
        #expect(mark(.met, .notMet).symbol == "◐")
        #expect(mark(.partly(0.5)).symbol == "◐")
        #expect(mark(.notMet, .blocked(by: CheckID("Q1.0"))).symbol == "✗")
        #expect(mark(.blocked(by: CheckID("Q1.9"))).symbol == "‖")
        #expect(mark(.notAssessed(.timedOut), .notRequested(.drill)).symbol == "?")
        #expect(mark(.notRequested(.drill)).symbol == "–")
        #expect(mark(.met, .notAssessed(.timedOut)).symbol == "✓…")
        #expect(mark(.notMet, .notRequested(.drill)).symbol == "✗…")
    }
}
