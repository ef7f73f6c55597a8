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

    /// What does not go with what a student's machines say: on the teacher's page, and as a number beside his name.
    @Test func theTeacherIsToldOfAStudentsOwn() throws {
        var result = SampleResults.classOf35[0]
        let hostile = LocalizedText(verbatim: "<script>alert(1)</script>")
        let text = LocalizedText(fr: "Une version à la main", en: "A version of his own")
        result.anomalies = [
            Anomaly("a", on: .serv1, seen: hostile, why: text, innocent: text),
            Anomaly("b", seen: hostile, why: text, innocent: text),
        ]
        var report = StudentReport(result: result, language: .english)
        report.isTeachers = true
        let html = try report.html()
        #expect(!html.contains("<script>alert"))
        #expect(try ParsedPage(html).text.contains("Anomaly on serv1"))
        #expect(try ParsedPage(html).text.contains("The innocent explanation: A version of his own"))
        report.isTeachers = false
        report.result = result.shownToStudents(at: SampleResults.moment)
        #expect(try !ParsedPage(report.html()).text.contains("nomaly"))
        #expect(!report.markdown().contains("nomaly"))
        var page = page([], .english)
        page.results[0] = result
        #expect(try ParsedPage(page.html()).text.contains("2 anomalies"))
        page.pseudonymKey = "key"
        #expect(try !ParsedPage(page.html()).text.contains("2 anomalies"))
        #expect(AnomalyWords.lines(result, language: .english)[0].hasPrefix("! \(result.student.id)/serv1: "))
    }

    /// On a projector everybody sees it.
    @Test func theProjectorsPageHasNoneOfIt() throws {
        let ids = SampleResults.classOf35.prefix(2).map { ClassAnomaly.Owner($0.student.id) }
        var page = page([anomaly(ids)])
        page.pseudonymKey = "key"
        #expect(try !page.html().contains("common-h"))
    }
}
