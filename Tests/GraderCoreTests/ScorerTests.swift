import Foundation
import GraderCore
import TestSheets
import Testing

/// What the rubric and the questions have to agree on, also where nobody read the rubric against them.
@Suite struct ScorerTests {
    private func text(_ text: String) -> LocalizedText { LocalizedText(verbatim: text) }

    private func score(_ checks: [RubricCheck], of question: String = "Q1") throws -> [CheckResult] {
        let judged = Check<TestSheet.Findings>(
            "Q1.a", title: text("a"), why: text("why"), expected: { _, _ in LocalizedText(verbatim: "") },
            judge: { _, _ in Judgement(.met, LocalizedText(verbatim: "")) })
        let exercise = TestSheet(questions: [Question("Q1", checks: [judged])])
        let section = RubricQuestion(
            id: QuestionID(question), title: text("Q"), checks: checks, parameters: Parameters())
        let rubric = Rubric(exercise: "sheet", title: text("Sheet"), total: .zero, questions: [section])
        let date = Date(timeIntervalSince1970: 0)
        let evidence = Evidence(
            student: "a", exercise: "sheet",
            lab: .pair([MachineID("serv1"): "172.16.1.10"]),
            startedAt: date, finishedAt: date, collector: "test", nonce: "0", unreachable: [:],
            instability: nil, observations: [])
        return try Scorer(exercise: exercise, rubric: rubric).score(TestSheet.Findings(evidence: evidence))[0]
            .checks.map(
                \.result)
    }

    @Test func aLineIsJudgedOrTheTeachers() throws {
        let results = try score([
            RubricCheck(id: "Q1.a", points: .zero),
            RubricCheck(id: "Q1.written", points: .zero, byTeacher: true, title: text("Written")),
        ])
        #expect(results.map(\.verdict) == [.met, .notRequested(.teachersMark)])
    }

    @Test func aLineThatNoCheckAnswersToIsNotQuietlyTheTeachers() throws {
        let fault = #expect(throws: ProgramFault.self) {
            try score([RubricCheck(id: "Q1.b", points: .zero)])
        }
        #expect(fault?.description.contains("Q1 has no check Q1.b") == true)
    }

    @Test func aQuestionThatIsNotJudgedYetSaysSo() throws {
        let results = try score([RubricCheck(id: "Q9.a", points: .zero)], of: "Q9")
        #expect(results.map(\.verdict) == [.notRequested(.noModule)])
    }
}
