import Foundation
import GraderCore
import Testing

@testable import Reports

struct ClassPageTests {
    private func page(_ results: [GradedResult], language: Language = .french) -> ClassPage {
        ClassPage(
            className: "BTS SIO 2 SISR", title: "", exerciseTitle: SampleResults.solved.exerciseTitle,
            ranAt: SampleResults.moment, results: results, language: language)
    }

    @Test(arguments: Language.allCases)
    func everybodyIsInTheTableWithALinkToTheReport(_ language: Language) throws {
        let results = SampleResults.classOf35
        let parsed = try ParsedPage(page(results, language: language).html())
        #expect(parsed.elements.first?.attributes["lang"] == language.rawValue)
        for result in results {
            #expect(parsed.text.contains(result.student.names[0]))
            #expect(parsed.references.contains("students/\(result.student.id)/report.html"))
            #expect(parsed.references.contains("students/\(result.student.id)/report.md"))
        }
        #expect(parsed.elements.count { $0.attributes["class"]?.hasPrefix("heat-cell") == true } == 35 * 6)
    }

    @Test func whoIsNotAssessedStandsThereWithTheReason() throws {
        var page = page(SampleResults.classOf35)
        page.notAssessed = [
            .init(
                student: StudentIdentity(id: "etu36", names: ["Ysée Oudard"]),
                reason: LocalizedText(fr: "Relevé interrompu.", en: "Stopped."))
        ]
        let parsed = try ParsedPage(page.html())
        #expect(parsed.text.contains("Ysée Oudard"))
        #expect(parsed.text.contains("Relevé interrompu."))
        #expect(parsed.text.contains("serv1 (172.16.0.10)\u{A0}: ne répond pas."))
        #expect(!parsed.references.contains("students/etu36/report.html"))
    }

    @Test func anEmptyClassIsAPageToo() throws {
        let parsed = try ParsedPage(page([]).html())
        #expect(parsed.headings.first == 1)
    }

    @Test func mostMissedComesFirstWithHowManyAndWho() {
        let missed = MissedCheck.ranked([SampleResults.faulty, SampleResults.fresh, SampleResults.solved])
        #expect(
            missed.map(\.id.rawValue) == [
                "Q1.vip-resource", "Q1.monitor-interval", "Q1.timeouts", "Q3.preference", "Q4.http",
            ])
        #expect(missed.first?.decided == 3)
        #expect(missed.first?.missedBy.map(\.id) == ["fabre-lagarrigue"])
        // What was blocked for the fresh pair is not held against the check.
        #expect(missed.first { $0.id.rawValue == "Q3.preference" }?.decided == 2)
    }

    @Test func oneSheetOrderForQuestions() throws {
        var result = SampleResults.solved
        result.questions.reverse()
        let html = try page([result]).html()
        let first = try #require(html.range(of: ">Q1</abbr>"))
        let last = try #require(html.range(of: ">Q6</abbr>"))
        #expect(first.lowerBound < last.lowerBound)
    }

    @Test func idsAreOneComponentOfALink() {
        #expect(ClassPage.pathComponent("abeille-dumas_2.x~") == "abeille-dumas_2.x~")
        #expect(ClassPage.pathComponent("a/../b?c#d é") == "a%2F..%2Fb%3Fc%23d%20%C3%A9")
    }

    @Test func fiveHundredStudentsStayUnderTwoMegabytes() throws {
        let class35 = SampleResults.classOf35
        let results = (0..<500).map { class35[$0 % class35.count] }
        #expect(try page(results).html().utf8.count < 2_000_000)
    }
}
