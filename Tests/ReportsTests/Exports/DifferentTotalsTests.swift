import GraderCore
import Testing

@testable import Reports

/// A class in which a question is removed for one student only, the first.
struct DifferentTotalsTests {
    private let results: [GradedResult] = {
        var without = SampleRun.decided
        without.student = StudentIdentity(id: "aubry", names: ["Nine Aubry"])
        for (place, question) in without.questions.enumerated() where question.id == QuestionID("Q5") {
            for check in question.checks.indices {
                without.questions[place].checks[check].result.verdict = .notRequested(.removed)
                without.questions[place].checks[check].points = .zero
                without.questions[place].checks[check].earned = .zero
            }
            without.questions[place].score = Tally()
        }
        without.score = without.questions.reduce(Tally()) { $0 + $1.score }
        return [without, SampleRun.decided]
    }()

    private var run: GradedRun {
        var run = SampleRun.run()
        run.results = results
        run.students = results.map(\.student) + [StudentIdentity(id: "perdu", names: ["Ysée Oudard"])]
        return run
    }

    @Test func everyMarkIsOutOfItsOwnTotal() {
        let rows = GradesCSV(run).text().replacing("\"", with: "").split(whereSeparator: \.isNewline)
            .map { $0.split(separator: ";", omittingEmptySubsequences: false) }
        #expect(
            rows.dropFirst().map { $0[2...3].joined(separator: "/") } == ["17/17", "19,13/20", "N.Not/20"])
    }

    @Test func aMaximumIsEverybodys() {
        let book = Gradebook(run, Gradebook.Options(maximum: Points(40)))
        #expect(book.lines.map(\.total) == [Points(40), Points(40), Points(40)])
        #expect(book.lines.map(\.mark) == [.mark(Points(40)), .mark(Points(38.25)), .notMarked])
    }

    @Test func whatHasOneMaximumForAllIsSaidNotToFit() throws {
        let remark = try #require(run.differentTotals)
        #expect(remark.en.contains("(17; 20)") && remark.en.contains("--maximum 20 "), "\(remark.en)")
        #expect(SampleRun.run().differentTotals == nil)
    }

    /// 17 of 17 and 19.125 of 20: no sum of points is the middle of both.
    @Test func theMedianIsAShare() throws {
        let page = ClassPage(
            className: "BTS SIO 2 SISR", title: "", exerciseTitle: SampleResults.solved.exerciseTitle,
            ranAt: SampleResults.moment, results: results, language: .english)
        let text = try ParsedPage(page.html()).text
        #expect(text.contains("98%") && !text.contains("18.062"))
    }
}
