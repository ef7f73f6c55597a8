import GraderCore
import Testing

@testable import Reports

struct AnomalyPageTests {
    private func page(_ anomalies: [ClassAnomaly], _ language: Language = .french) -> ClassPage {
        var page = ClassPage(
            className: "BTS", title: "", exerciseTitle: SampleResults.solved.exerciseTitle,
            ranAt: SampleResults.moment, results: SampleResults.classOf35, language: language)
        page.anomalies = anomalies
        return page
    }

    private func anomaly(_ owners: [ClassAnomaly.Owner], _ value: String = "") -> ClassAnomaly {
        ClassAnomaly("key", value, owners: owners, title: LocalizedText(verbatim: "Same: \(value)"))
    }

    @Test func theTeacherSeesWhoHasWhatInCommon() throws {
        let ids = SampleResults.classOf35.prefix(2).map(\.student.id)
        let owners = [ClassAnomaly.Owner(ids[0], .serv1), .init(ids[1], .serv2)]
        let hostile = "<script>alert(1)</script>"
        for language in Language.allCases {
            let html = try page([anomaly(owners, hostile)], language).html()
            #expect(!html.contains(hostile))
            let parsed = try ParsedPage(html)
            #expect(parsed.text.contains("Same: <script>"))
            #expect(parsed.text.contains("(serv2)"))
            #expect(parsed.text.contains(SampleResults.classOf35[1].student.names[0]))
        }
        #expect(try !page([]).html().contains("common-h"))
    }

    @Test func aClassAsAWholeIsNotListedNameByName() throws {
        let everybody = SampleResults.classOf35.map { ClassAnomaly.Owner($0.student.id) }
        let parsed = try ParsedPage(page([anomaly(everybody)]).html())
        #expect(parsed.text.contains("toute la classe"))
    }

    /// On a projector everybody sees it.
    @Test func theProjectorsPageHasNoneOfIt() throws {
        let ids = SampleResults.classOf35.prefix(2).map { ClassAnomaly.Owner($0.student.id) }
        var page = page([anomaly(ids)])
        page.hasPseudonyms = true
        #expect(try !page.html().contains("common-h"))
    }
}
