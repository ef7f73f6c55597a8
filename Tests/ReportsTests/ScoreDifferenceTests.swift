import GraderCore
import Testing

@testable import Reports

struct ScoreDifferenceTests {
    private func check(
        _ id: String, _ verdict: Verdict, _ earned: Double?, of points: Double
    ) -> ScoredCheck {
        let definition = CheckDefinition(
            CheckID(id), title: LocalizedText(verbatim: id), why: LocalizedText(verbatim: "why"))
        let nothing = LocalizedText(verbatim: "")
        let result = definition.result(Judgement(verdict, nothing), expected: nothing)
        return ScoredCheck(result: result, points: Points(points), earned: earned.map { Points($0) })
    }

    private func result(_ checks: [ScoredCheck]) -> GradedResult {
        var result = SampleResults.solved
        result.questions = [
            QuestionResult(
                id: QuestionID("Q1"), title: LocalizedText(verbatim: "Q1"), checks: checks,
                score: checks.reduce(Tally()) { $0 + $1.score })
        ]
        result.score = result.questions.reduce(Tally()) { $0 + $1.score }
        return result
    }

    @Test func whatChangedIsSaidWithTheReason() {
        let before = result([
            check("Q1.address", .met, 1, of: 1), check("Q1.netmask", .notMet, 0, of: 0.5),
            check("Q1.label", .met, 0.25, of: 0.25), check("Q1.gone", .met, 1, of: 1),
        ])
        let after = result([
            check("Q1.address", .met, 1, of: 1), check("Q1.netmask", .met, 0.5, of: 0.5),
            check("Q1.label", .met, 0.5, of: 0.5), check("Q1.new", .notRequested(.teachersMark), nil, of: 1),
        ])
        let lines = ScoreDifference(before: before, after: after, language: .english).lines
        #expect(lines.count == 5)
        #expect(lines[0].hasSuffix("2.25 / 2.75 → provisional, 2 out of 2 marked, 1 to come  (−0.25)"))
        #expect(lines[1] == "    Q1.gone: 1 / 1 → –  no longer in the rubric")
        #expect(lines[2] == "    Q1.label: 0.25 / 0.25 → 0.5 / 0.5  worth +0.25")
        #expect(lines[3] == "    Q1.netmask: 0 / 0.5 → 0.5 / 0.5  not met → met")
        #expect(lines[4] == "    Q1.new: – → – / 1  a new check")
    }

    @Test func nothingIsSaidOfWhatIsTheSame() {
        let same = result([check("Q1.address", .met, 1, of: 1)])
        #expect(ScoreDifference(before: same, after: same, language: .french).isEmpty)
    }
}
