import Foundation
import GraderCore
import Testing

struct TeacherMarksTests {
    private func check(_ id: String, _ points: Double, _ verdict: Verdict) -> ScoredCheck {
        let text = LocalizedText(verbatim: id)
        return ScoredCheck(
            result: CheckResult(
                id: CheckID(id), title: text, verdict: verdict, expected: text, found: text, why: text),
            points: Points(points), earned: verdict.earned(of: Points(points)))
    }

    /// 2 points judged (1.5 earned), 1 for the teacher in Q1; 2 for the teacher in Q2.
    private var result: GradedResult {
        func question(_ id: String, _ checks: [ScoredCheck]) -> QuestionResult {
            QuestionResult(
                id: QuestionID(id), title: LocalizedText(verbatim: id), checks: checks,
                score: checks.reduce(Tally()) { $0 + $1.score })
        }
        let questions = [
            question(
                "Q1",
                [
                    check("Q1.a", 1, .met), check("Q1.b", 1, .partly(0.5)),
                    check("Q1.written", 1, .notRequested(.teachersMark)),
                ]), question("Q2", [check("Q2.written", 2, .notRequested(.teachersMark))]),
        ]
        return GradedResult(
            className: "c", student: StudentIdentity(id: "etu1", names: ["Un", "Deux"]), exercise: "e",
            exerciseTitle: LocalizedText(verbatim: "e"), collectedAt: Date(timeIntervalSince1970: 0),
            collectionSeconds: 1, questions: questions, score: questions.reduce(Tally()) { $0 + $1.score },
            unreachable: [:], instability: nil, exhibits: [],
            networkVantage: nil, provenance: Provenance(grader: "", rubricSHA256: "", evidenceSHA256: ""))
    }

    private func tally(_ earned: Double, _ decided: Double, _ total: Double) -> Tally {
        Tally(earned: Points(earned), decided: Points(decided), total: Points(total))
    }

    private func marks(_ points: [String: Double], members: [String: StudentMarks] = [:]) -> StudentMarks {
        StudentMarks(
            marks: Dictionary(
                uniqueKeysWithValues: points.map { (MarkSubject($0), TeacherMark(points: Points($1))) }),
            members: members)
    }

    @Test func theTeachersPointsDecideWhatWasOpen() throws {
        let marked = result.applying(marks(["Q1.written": 0.25]))
        #expect(marked.score == tally(1.75, 3, 5))
        let check = marked.questions[0].checks[2]
        #expect(check.result.verdict == .partly(0.25))
        #expect(check.earned == Points(0.25))
        #expect(check.judged?.verdict == .notRequested(.teachersMark))
    }

    /// What was applied is what is held.
    @Test func aResultHoldsItsMarks() {
        var given = marks(
            ["Q1.written": 0.25, "Q2": 1],
            members: ["Deux": marks(["Q1": 2]), "Un": StudentMarks(isAbsent: true)]
        )
        given.marks[MarkSubject("Q1.a")] = TeacherMark(comment: "bien")
        given.comment = "ensemble"
        #expect(result.applying(given).heldMarks == given)
        #expect(result.applying(StudentMarks(isAbsent: true)).heldMarks == StudentMarks(isAbsent: true))
        #expect(result.heldMarks == nil && result.applying(given).applying(nil).heldMarks == nil)
    }

    @Test func theTeacherAlwaysWins() {
        let marked = result.applying(marks(["Q1.a": 0, "Q1.b": 1]))
        #expect(marked.questions[0].checks.map(\.result.verdict).prefix(2) == [.notMet, .met])
        #expect(marked.questions[0].checks[0].judged?.verdict == .met)
        #expect(marked.score == tally(1, 2, 5))
    }

    @Test func pointsForAQuestionStandForAllOfIt() {
        let marked = result.applying(marks(["Q2": 1.5, "Q1": 3, "Q1.a": 0]))
        #expect(marked.questions.map(\.score) == [tally(3, 3, 3), tally(1.5, 2, 2)])
        #expect(marked.score.isComplete)
    }

    @Test func aCommentDecidesNothing() {
        let comment = StudentMarks(
            marks: [.check(CheckID("Q1.written")): TeacherMark(comment: "À revoir.")], comment: "Bien.")
        let marked = result.applying(comment)
        #expect(marked.score == result.score)
        #expect(marked.questions[0].checks[2].teacher?.comment == "À revoir.")
        #expect(marked.questions[0].checks[2].judged == nil)
        #expect(marked.comment == "Bien.")
    }

    @Test func membersOfATeamMayDiffer() throws {
        let own = marks(["Q2.written": 2])
        var other = marks(["Q1.written": 0])
        other.marks[.check(CheckID("Q2.written"))] = TeacherMark(comment: "Absent à l'oral.")
        let marked = result.applying(marks(["Q1.written": 1, "Q2": 1], members: ["Un": own, "Deux": other]))
        #expect(marked.score == tally(3.5, 5, 5))
        let members = try #require(marked.members)
        #expect(members.map(\.name) == ["Un", "Deux"])
        // What is the member's own beats the team's points for the question.
        #expect(members[0].score == tally(4.5, 5, 5))
        #expect(members[1].score == tally(2.5, 5, 5))
        #expect(members[1].questionScores == [tally(1.5, 3, 3), tally(1, 2, 2)])
        #expect(members[1].marks.map(\.subject) == ["Q1.written", "Q2.written"])
    }

    /// Nobody's zero is lost behind the team's points for the whole question, nor are the member's own for it.
    @Test func aMembersOwnCheckCountsBeforeTheTeamsQuestion() throws {
        let both = marks(["Q2.written": 0, "Q2": 1])
        let team = marks(["Q2": 2, "Q1": 3], members: ["Un": marks(["Q2.written": 0]), "Deux": both])
        let members = try #require(result.applying(team).members)
        #expect(members[0].questionScores == [tally(3, 3, 3), tally(0, 2, 2)])
        #expect(members[1].questionScores == [tally(3, 3, 3), tally(1, 2, 2)])
    }

    @Test func appliedAgainIsAsAppliedOnceAndCanBeTakenBack() throws {
        let first = marks(["Q1.a": 0.5, "Q1.written": 1, "Q2": 1])
        let once = result.applying(first)
        #expect(once.applying(first) == once)
        #expect(once.applying(nil) == result)
        #expect(once.applying(marks(["Q2": 2])) == result.applying(marks(["Q2": 2])))
        // Through its file too.
        let stored = try JSONDecoder().decode(GradedResult.self, from: JSONEncoder().encode(once))
        #expect(stored.applying(nil) == result)
    }

    @Test func pointsAreReadDigitByDigit() {
        #expect(Points(decimal: "0,125") == Points(thousandths: 125))
        #expect(Points(decimal: "12.5") == Points(12.5))
        for text in ["", ".", "1.", ".5", "-1", "+1", "1.2345", "12345", "1e3", "½", "1.2.3", " 1"] {
            #expect(Points(decimal: text) == nil, "\(text)")
        }
    }
}
