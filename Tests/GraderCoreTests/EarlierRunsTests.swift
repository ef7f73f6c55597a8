import Foundation
import GraderCore
import Testing

struct EarlierRunsTests {
    private static func moment(_ minutes: Double) -> Date { Date(timeIntervalSince1970: minutes * 60) }

    private func result(_ verdicts: KeyValuePairs<String, Verdict>, at minutes: Double) -> GradedResult {
        let checks = verdicts.map { id, verdict in
            let text = LocalizedText(verbatim: id)
            return ScoredCheck(
                result: CheckResult(
                    id: CheckID(id), title: text, verdict: verdict, expected: text, found: text, why: text),
                points: Points(2), earned: verdict.earned(of: Points(2)))
        }
        let question = QuestionResult(
            id: QuestionID("Q2"), title: LocalizedText(verbatim: "Q2"), checks: checks,
            score: checks.reduce(Tally()) { $0 + $1.score })
        return GradedResult(
            className: "c", student: StudentIdentity(id: "etu1", names: []), exercise: "e",
            exerciseTitle: LocalizedText(verbatim: "e"), collectedAt: Self.moment(minutes),
            collectionSeconds: 1, questions: [question], score: question.score, unreachable: [:],
            instability: nil, exhibits: [],
            networkVantage: nil, provenance: Provenance(grader: "", rubricSHA256: "", evidenceSHA256: ""))
    }

    private func run(_ result: GradedResult) -> PastRun {
        PastRun(
            name: "run-\(result.collectedAt.timeIntervalSince1970)", startedAt: result.collectedAt,
            exercise: "e", results: [result])
    }

    private func rubric(_ counted: CountedRuns) -> Rubric {
        Rubric(
            exercise: "e", title: LocalizedText(verbatim: "e"), total: Points(2),
            questions: [
                RubricQuestion(
                    id: QuestionID("Q2"), title: LocalizedText(verbatim: "Q2"), checks: [],
                    parameters: Parameters(), counted: counted)
            ])
    }

    private func counted(
        _ now: Verdict, after earlier: [Verdict], _ policy: CountedRuns
    ) -> ScoredCheck {
        let runs = earlier.enumerated().map { run(result(["Q2.a": $1], at: Double($0) * 5)) }
        let current = result(["Q2.a": now], at: 60)
        // Any order, and this very run is among them where it is scored again.
        return current.counting(
            [run(current)] + runs.reversed(), startedAt: current.collectedAt, rubric: rubric(policy)
        ).questions[0].checks[0]
    }

    @Test func theBestRunCountsWhereTheRubricSaysSo() {
        let check = counted(.notMet, after: [.notMet, .met, .partly(0.5)], .best)
        #expect(check.result.verdict == .met && check.earned == Points(2))
        #expect(check.earlier?.ranAt == Self.moment(5) && check.earlier?.now.verdict == .notMet)
        #expect(check.firstMetAt == Self.moment(5))
    }

    @Test func theLastRunCountsOtherwise() {
        let check = counted(.notMet, after: [.met], .last)
        #expect(check.result.verdict == .notMet && check.earned == .zero && check.earlier == nil)
        #expect(check.firstMetAt == Self.moment(0))
    }

    @Test(arguments: [Verdict.notAssessed(.noEvidence), .notRequested(.drill)])
    func whatWasProvenEarlierDecidesWhatIsOpenNow(_ now: Verdict) {
        #expect(counted(now, after: [.partly(0.25)], .best).result.verdict == .partly(0.25))
        // Nothing was proven, so nothing is decided.
        #expect(counted(now, after: [.notMet], .best).result.verdict == now)
        #expect(counted(now, after: [.notMet], .best).earned == nil)
    }

    @Test func thisRunStandsWhereItIsAsGood() {
        let check = counted(.met, after: [.met], .best)
        #expect(check.earlier == nil && check.firstMetAt == Self.moment(0))
        #expect(counted(.met, after: [.notMet], .best).firstMetAt == Self.moment(60))
        #expect(counted(.partly(0.5), after: [.partly(0.5)], .best).earlier == nil)
    }

    @Test func whatIsNotPartOfTheLabStaysOut() {
        for now in [Verdict.notRequested(.removed), .notRequested(.otherQuestions)] {
            #expect(counted(now, after: [.met], .best).result.verdict == now)
        }
    }

    @Test func laterRunsAndOtherExercisesAreNotEarlier() {
        let now = result(["Q2.a": .notMet], at: 10)
        var other = run(result(["Q2.a": .met], at: 5))
        other.exercise = "another"
        let later = run(result(["Q2.a": .met], at: 20))
        let check = now.counting([other, later], startedAt: now.collectedAt, rubric: rubric(.best))
            .questions[0].checks[0]
        #expect(check.result.verdict == .notMet && check.firstMetAt == nil)
    }

    @Test func theSumFollows() {
        let earlier = run(result(["Q2.a": .met, "Q2.b": .notMet], at: 0))
        let now = result(["Q2.a": .notMet, "Q2.b": .met], at: 10)
        let counted = now.counting([earlier], startedAt: now.collectedAt, rubric: rubric(.best))
        #expect(counted.score.earned == Points(4) && counted.questions[0].score.earned == Points(4))
        // The teacher still wins, and taking the mark back shows the best run again.
        let marks = StudentMarks(marks: [MarkSubject("Q2.a"): TeacherMark(points: .zero)], members: [:])
        #expect(counted.applying(marks).score.earned == Points(2))
        #expect(counted.applying(marks).applying(nil).score.earned == Points(4))
    }
}
