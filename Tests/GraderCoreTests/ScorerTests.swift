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
        return try score(checks, of: question, TestSheet(questions: [Question("Q1", checks: [judged])]))
    }

    private func score(
        _ checks: [RubricCheck], of question: String, _ exercise: TestSheet, handedIn: [MachineID]? = nil
    ) throws -> [CheckResult] {
        let section = RubricQuestion(
            id: QuestionID(question), title: text("Q"), checks: checks, parameters: Parameters())
        let rubric = Rubric(exercise: "sheet", title: text("Sheet"), total: .zero, questions: [section])
        let date = Date(timeIntervalSince1970: 0)
        var evidence = Evidence(
            student: "a", exercise: "sheet",
            lab: .pair([.serv1: "172.16.1.10", .serv2: "172.16.1.11"]),
            startedAt: date, finishedAt: date, collector: "test", nonce: "0", unreachable: [:],
            instability: nil, observations: [])
        if let handedIn {
            evidence.handIn = HandIn(parts: [:], importedAt: date)
            for machine in MachineID.pair where !handedIn.contains(machine) {
                evidence.unreachable[machine] = TransportFailure(.outOfSight, text("not handed in"))
            }
        }
        return try Scorer(exercise: exercise, rubric: rubric).score(TestSheet.Findings(evidence: evidence))[0]
            .checks.map(\.result)
    }

    /// The last of a row of checks that wait for one another, by a rubric that has it alone.
    private func last(
        waitingFor cause: Verdict, health: Verdict = .notMet, handedIn: [MachineID]? = nil
    ) throws -> CheckResult {
        func question(_ id: String, _ verdict: Verdict, sources: [ProbeID] = []) -> Question<
            TestSheet.Findings
        > {
            let needs: [CheckID] = if case .blocked(let by) = verdict { [by] } else { [] }
            let check = Check<TestSheet.Findings>(
                CheckID(id + ".a"), title: text("a"), why: text("why"),
                mayWaitFor: needs,
                expected: { _, _ in LocalizedText(verbatim: "") },
                judge: { _, _ in Judgement(verdict, LocalizedText(verbatim: "seen"), sources: sources) })
            return Question(id, checks: [check])
        }
        let exercise = TestSheet(
            prerequisites: question("H0", health),
            questions: [
                question("Q3", .blocked(by: "Q2.a")), question("Q2", .blocked(by: "Q1.a")),
                question("Q1", cause, sources: [ProbeID(.serv2, "look")]),
            ])
        let results = try score(
            [RubricCheck(id: "Q3.a", points: .zero)], of: "Q3", exercise, handedIn: handedIn)
        return try #require(results.first)
    }

    @Test func whatIsMissedKeepsOthersFromTheirPoints() throws {
        for cause in [.notMet, .partly(0.5)] as [Verdict] {
            let result = try last(waitingFor: cause)
            #expect(result.verdict == .blocked(by: "Q2.a"))
            #expect(result.found == text("seen"))
        }
    }

    @Test func nothingIsLostToACheckThatWasNotMissed() throws {
        for reason in [.timedOut, .contradiction] as [NotAssessedReason] {
            let result = try last(waitingFor: .notAssessed(reason))
            #expect(result.verdict == .notAssessed(reason))
            #expect(result.found.en == "seen; what has to be met first is open")
        }
        #expect(try last(waitingFor: .met).verdict == .notAssessed(.contradiction))
        #expect(try last(waitingFor: .notRequested(.drill)).verdict == .notAssessed(.noEvidence))
    }

    @Test func aFaultOfThePrerequisitesIsTheTeachersToDecideAllAlong() throws {
        let health = Verdict.blocked(by: "H0.a")
        #expect(try last(waitingFor: health).verdict == health)
        #expect(
            try last(waitingFor: health, health: .notAssessed(.noEvidence)).verdict
                == .notAssessed(.noEvidence))
    }

    /// Missed on a machine of which nothing was handed in: it is not assessed, nor is what waits for it.
    @Test func nothingIsLostToAMachineThatWasNotHandedIn() throws {
        #expect(try last(waitingFor: .notMet, handedIn: [.serv1]).verdict == .notAssessed(.outOfSight))
        #expect(try last(waitingFor: .notMet, handedIn: MachineID.pair).verdict == .blocked(by: "Q2.a"))
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
