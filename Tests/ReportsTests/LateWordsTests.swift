import Foundation
import GraderCore
import Testing

@testable import Reports

struct LateWordsTests {
    private func late(standing: Tally?) -> GradedResult {
        var result = SampleResults.solved
        let at = result.collectedAt
        result.lateness = Lateness(
            deadline: at - 3_600, late: Lateness.Look(run: "b", collectedAt: at, score: result.score),
            standing: standing.map { Lateness.Look(run: "a", collectedAt: at - 7_200, score: $0) })
        return result
    }

    @Test(arguments: Language.allCases)
    func theReportSaysWhichMarkCounts(_ language: Language) throws {
        let score = Tally(earned: Points(7), decided: Points(20), total: Points(20))
        let report = StudentReport(result: late(standing: score), language: language)
        for text in [try ParsedPage(report.html()).text, report.markdown()] {
            #expect(text.contains("7 / 20"))
        }
        // A mark that is not to be shown leaves no trace.
        let hidden = try ParsedPage(
            StudentReport(result: late(standing: Tally()), language: language).html()
        ).text
        #expect(!hidden.contains("0 / 0"))
        #expect(hidden.contains(language == .french ? "La note qui compte reste" : "The mark that counts"))
        let none = try ParsedPage(StudentReport(result: late(standing: nil), language: language).html()).text
        #expect(none.contains(language == .french ? "rien n’avait été évalué" : "nothing had been assessed"))
    }

    /// In the class's zone, as the pages say it: never two times for one moment.
    @Test func tablesAndHistoryTellTheClassesTime() throws {
        let zone = try #require(TimeZone(secondsFromGMT: 3_600))
        let result = late(standing: nil)
        let run = GradedRun(
            className: "x", exercise: "x", exerciseTitle: LocalizedText(verbatim: "x"),
            ranAt: result.collectedAt,
            students: [result.student], results: [result], language: .french, timeZone: zone)
        let late = try #require(Gradebook(run, Gradebook.Options()).lines.first?.late)
        var history = StudentHistory(
            student: result.student.id,
            runs: [PastRun(name: "a", startedAt: result.collectedAt, exercise: "x", results: [result])],
            language: .french)
        history.timeZone = zone
        let moment = DateText(result.collectedAt, in: zone).formatted(.french)
        #expect(late.contains(moment) && late.contains("UTC+1"), "\(late)")
        #expect(history.lines(colour: false)[1].contains("UTC+1"))
    }
}
