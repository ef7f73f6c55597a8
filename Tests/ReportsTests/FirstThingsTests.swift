import Foundation
import GraderCore
import Testing

@testable import Reports

/// What a report says first, what it says once, and what it leaves out on paper.
struct FirstThingsTests {
    private func blocked(_ id: String, by other: String) -> ScoredCheck {
        SampleChecks.check(
            id, 1, .blocked(by: CheckID(other)), title: LocalizedText(verbatim: "title of \(id)"),
            expected: LocalizedText(verbatim: ""), found: LocalizedText(verbatim: ""))
    }

    private func notMet(_ id: String, _ points: Double, _ verdict: Verdict = .notMet) -> ScoredCheck {
        SampleChecks.check(
            id, points, verdict, title: LocalizedText(verbatim: "title of \(id)"),
            expected: LocalizedText(verbatim: "e of \(id)"), found: LocalizedText(verbatim: "f of \(id)"))
    }

    private func result(_ questions: [(String, [ScoredCheck])]) -> GradedResult {
        SampleResults.result(
            "x", ["X"],
            questions: questions.map {
                SampleChecks.question($0.0, LocalizedText(verbatim: "title of \($0.0)"), $0.1)
            }, exhibits: SampleExhibits.pair())
    }

    @Test func whatWaitsHangsOnWhatIsAtTheBottomOfIt() {
        let setbacks = result([
            ("H0", [notMet("H0.a", 0), notMet("H0.b", 0)]),
            ("Q1", [notMet("Q1.a", 2), blocked("Q1.b", by: "Q1.a"), notMet("Q1.c", 1, .partly(0.5))]),
            ("Q2", [blocked("Q2.a", by: "Q1.b"), blocked("Q2.b", by: "H0.b"), blocked("Q2.c", by: "Q9.x")]),
            ("Q3", [blocked("Q3.a", by: "Q3.b"), blocked("Q3.b", by: "Q3.a"), notMet("Q3.c", 1, .met)]),
        ]).setbacks
        // In the order of the sheet; advice that nobody waits for is none. A circle ends.
        #expect(setbacks.map(\.id.rawValue).prefix(3) == ["H0.b", "Q1.a", "Q1.c"])
        #expect(setbacks[0].waiting.map(\.result.id.rawValue) == ["Q2.b"])
        #expect(setbacks[1].waiting.map(\.result.id.rawValue) == ["Q1.b", "Q2.a"])
        #expect(setbacks[1].waitingPoints == Points(2) && setbacks[2].waiting.isEmpty)
        #expect(setbacks.contains { $0.id == CheckID("Q9.x") && $0.check == nil })
        #expect(setbacks.flatMap(\.waiting).count == 6)
    }

    @Test func pointsForAWholeQuestionLoseNone() {
        var marked = result([("Q1", [notMet("Q1.a", 2)])])
        #expect(marked.setbacks.map(\.id.rawValue) == ["Q1.a"])
        marked.questions[0].teacher = TeacherMark(points: Points(2))
        #expect(marked.setbacks.isEmpty)
    }

    @Test(arguments: Language.allCases)
    func theOrderOfAReport(_ language: Language) throws {
        let report = StudentReport(result: SampleResults.faulty, language: language)
        let pair = try #require(
            SampleResults.faulty.exhibits.lazy.compactMap { exhibit -> String? in
                guard case .machines(let machines) = exhibit else { return nil }
                return machines.heading[language]
            }.first)
        let headings =
            [Phrase.lostHeading[language], Phrase.stillOpen[language], pair]
            + [Phrase.questionsHeading[language]]
        for text in [try ParsedPage(report.html()).text, report.markdown()] {
            let places = try headings.map { try #require(text.range(of: $0), "\($0)").lowerBound }
            #expect(places == places.sorted(), "\(headings)")
            let mark = try #require(text.range(of: Phrase.provisional[language], options: .caseInsensitive))
            #expect(mark.lowerBound < places[0])
        }
    }

    /// Expected and found of what is lost come before the questions; of what is met there is a line there.
    @Test func whatIsLostIsSaidInFullAndOnce() throws {
        let page = try ParsedPage(StudentReport(result: SampleResults.faulty, language: .french).html())
        let questions = try #require(page.text.range(of: Phrase.questionsHeading[.french]))
        for setback in SampleResults.faulty.setbacks {
            let check = try #require(setback.check?.result)
            #expect(page.text[..<questions.lowerBound].contains(check.expected.fr))
            #expect(page.text.components(separatedBy: check.expected.fr).count == 2, "\(check.id)")
        }
        let lines = page.elements.filter {
            $0.name == "details" && $0.attributes["id"]?.hasPrefix("c-") == true
        }
        #expect(!lines.isEmpty && lines.allSatisfy { $0.attributes["open"] == nil })
    }

    @Test func anUnreachablePairIsSaidOnce() throws {
        let result = SampleResults.unreachable
        let said = try #require(result.saidOnce.first)
        #expect(result.saidOnce.count == 1)
        let report = StudentReport(result: result, language: .french)
        for text in [try ParsedPage(report.html()).text, report.markdown()] {
            #expect(!text.contains(said.fr))
            #expect(text.components(separatedBy: "ne répond pas").count == 2)
            #expect(text.contains("La machine est sans doute éteinte"))
        }
        // What several say of a pair that was seen is not what stood in the way.
        var seen = result
        seen.unreachable = [:]
        #expect(seen.saidOnce.isEmpty)
        #expect(StudentReport(result: seen, language: .french).markdown().contains(said.fr))
    }

    /// Two machines with the same the matter are one notice.
    @Test func machinesThatFailAlikeAreOneNotice() {
        var result = SampleResults.unreachable
        result.unreachable[.serv2] = TransportFailure(
            .timedOut, fr: "serv2 n'a pas répondu.", en: "serv2 did not answer.")
        let notices = Sentences(.french).notices(result)
        #expect(notices.map(\.title) == ["serv1 et serv2 n’ont pas pu être examinés"])
        #expect(
            notices.first?.sentence.hasPrefix(
                "serv1 (172.16.0.10), serv2 (172.16.0.11)\u{A0}: ne répond pas.")
                == true)
        #expect(notices.first?.detail?.hasSuffix("serv2 n’a pas répondu.") == true)
    }

    @Test func paperShowsAllWhereItIsAskedTo() throws {
        func body(_ theme: PageTheme?) throws -> String? {
            let report = StudentReport(result: SampleResults.solved, language: .french, theme: theme)
            return try ParsedPage(report.html()).elements.first { $0.name == "body" }?.attributes["class"]
        }
        var dress = PageTheme.none
        dress.printsAll = true
        #expect(try body(nil) == "page page-student")
        #expect(try body(dress) == "page page-student print-all")
    }

    @Test func theTeachersPageSaysThatItIs() throws {
        var report = StudentReport(result: SampleRun.concealed, language: .french)
        #expect(try !ParsedPage(report.html()).text.contains(Phrase.teachersPage[.french]))
        report.isTeachers = true
        let text = try ParsedPage(report.html()).text
        let notice = try #require(text.range(of: Phrase.teachersPage[.french]))
        let first = try #require(text.range(of: Phrase.questionsHeading[.french]))
        #expect(notice.lowerBound < first.lowerBound)
    }
}
