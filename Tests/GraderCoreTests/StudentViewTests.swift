import Foundation
import GraderCore
import Testing

struct StudentViewTests {
    private let day = CalendarDay("2026-12-18")

    private func moment(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    private func check(
        _ id: String, _ points: Double, _ verdict: Verdict, _ level: Visibility.Level = .full,
        until: CalendarDay? = nil
    ) -> ScoredCheck {
        func text(_ what: String) -> LocalizedText { LocalizedText(verbatim: "\(what) of \(id)") }
        let result = CheckResult(
            id: CheckID(id), title: text("title"), verdict: verdict, expected: text("expected"),
            found: text("found"), why: text("why"), seeYourself: "see \(id)", hint: text("hint"),
            sources: [ProbeID("serv1/\(id)")])
        var check = ScoredCheck(
            result: result, points: Points(points), earned: verdict.earned(of: Points(points)))
        if level != .full {
            check.concealed = Concealment(Visibility(level, until: until))
        }
        return check
    }

    private func result(_ questions: [[ScoredCheck]]) -> GradedResult {
        let questions = questions.enumerated().map { index, checks in
            QuestionResult(
                id: QuestionID("Q\(index + 1)"), title: LocalizedText(verbatim: "question"), checks: checks,
                score: checks.reduce(Tally()) { $0 + $1.score })
        }
        var result = GradedResult(
            className: "c", student: StudentIdentity(id: "etu1", names: ["Un", "Deux"]), exercise: "e",
            exerciseTitle: LocalizedText(verbatim: "e"), collectedAt: Date(timeIntervalSince1970: 0),
            collectionSeconds: 1, questions: questions, score: questions.reduce(Tally()) { $0 + $1.score },
            unreachable: [:], instability: nil,
            exhibits: [],
            networkVantage: nil, provenance: Provenance(grader: "", rubricSHA256: "", evidenceSHA256: ""))
        result.drills = []
        result.drillsTellOf = [CheckID("Q6.a")]
        return result
    }

    private func tally(_ earned: Double, _ decided: Double, _ total: Double) -> Tally {
        Tally(earned: Points(earned), decided: Points(decided), total: Points(total))
    }

    @Test func whereNothingIsConcealedNothingChanges() {
        let whole = result([[check("Q1.a", 1, .met), check("Q1.b", 1, .notMet)]])
        #expect(whole.shownToStudents(at: Date()) == whole)
        #expect(!whole.isConcealed(at: Date()))
    }

    /// By what machines are told from others' is for comparing students.
    @Test func whatOthersAreComparedByIsNotShown() {
        var whole = result([[check("Q1.a", 1, .met)]])
        whole.identityMarks = [IdentityMark("a", "172.16.0.12", title: LocalizedText(verbatim: ""))]
        #expect(whole.shownToStudents(at: Date()).identityMarks == nil)
    }

    /// What does not fit is the teacher's to ask about.
    @Test func anomaliesAreNotShown() {
        var whole = result([[check("Q1.a", 1, .met)]])
        let text = LocalizedText(verbatim: "x")
        whole.anomalies = [Anomaly("a", seen: text, why: text, innocent: text)]
        #expect(whole.shownToStudents(at: Date()).anomalies == nil)
        #expect(whole.shownToStudents(at: Date()).score == whole.score)
    }

    /// Of a late run and the one that stands: the whole marks would tell what hidden checks brought.
    @Test func marksBeforeAndAfterTheDeadlineTellNothingOfHiddenChecks() {
        var late = result([[check("Q1.a", 1, .met, .hidden), check("Q1.b", 2, .met)]])
        let mark = Lateness.Look(run: "r", collectedAt: late.collectedAt, score: late.score)
        late.lateness = Lateness(deadline: late.collectedAt - 60, late: mark, standing: mark)
        let shown = late.shownToStudents(at: Date())
        #expect(shown.isLate)
        #expect(shown.lateness?.late.score == shown.score)
        #expect(shown.score.earned == Points(2))
        #expect(shown.lateness?.standing?.score == Tally())
        // With nothing hidden both are what they are.
        late.questions[0].checks[0].concealed = nil
        #expect(late.shownToStudents(at: Date()).lateness == late.lateness)
    }

    @Test func ofAMissingCheckOnlyThatIsShown() throws {
        let shown = result([
            [
                check("Q1.a", 1, .partly(0.5), .missing), check("Q1.b", 2, .met),
                check("Q1.c", 1, .met, .missing),
            ]
        ]).shownToStudents(at: Date())
        let checks = shown.questions[0].checks
        // Its place among the others would tell which it is.
        #expect(checks.map(\.result.id.rawValue) == ["Q1.b", "Q1.1", "Q1.2"])
        #expect(checks.map(\.result.verdict) == [.met, .partly(0.5), .met])
        #expect(checks[1].result.hint == nil && checks[1].result.seeYourself == nil)
        let json = String(decoding: try JSONEncoder().encode(shown), as: UTF8.self)
        for word in ["Q1.a", "Q1.c", "concealed"] { #expect(!json.contains(word), "\(word)") }
        #expect(json.contains("found of Q1.b"))
        // The mark is the same.
        #expect(shown.score == tally(3.5, 4, 4) && shown.questions[0].score == shown.score)
    }

    @Test func whatIsHiddenIsUndecidedForStudents() throws {
        let whole = result([
            [check("Q1.a", 1, .met), check("Q1.b", 2, .met, .hidden)],
            [check("Q2.a", 1, .notMet, .hidden, until: day), check("Q2.b", 1, .notMet, .hidden, until: day)],
        ])
        let shown = whole.shownToStudents(at: try moment("2026-12-18T12:00:00Z"))
        #expect(shown.questions.map(\.checks.count) == [2, 1])
        #expect(shown.questions[1].checks[0].result.verdict == .notRequested(.notShown))
        #expect(shown.questions[1].checks[0].points == Points(2))
        // Neither earned nor lost, and never left out of what there is.
        #expect(shown.questions.map(\.score) == [tally(1, 1, 3), tally(0, 0, 2)])
        #expect(shown.score == tally(1, 1, 5) && whole.score == tally(3, 5, 5))
        #expect(shown.questions[1].checks[0].result.found.fr.contains("après le 18/12/2026"))
        #expect(!shown.questions[0].checks[1].result.found.fr.contains("2026"))
        let other = result([
            [check("Q1.a", 1, .met), check("Q1.b", 2, .notMet, .hidden)],
            [check("Q2.a", 1, .met, .hidden, until: day), check("Q2.b", 1, .met, .hidden, until: day)],
        ])
        // Met or not: the same page.
        #expect(other.shownToStudents(at: try moment("2026-12-18T12:00:00Z")) == shown)
    }

    /// What was found and why it matters, not what would be right; the teacher's page has it all.
    @Test func ofACheckThatIsFoundTheAnswerIsNotShown() throws {
        let whole = result([[check("Q1.a", 1, .notMet, .found), check("Q1.b", 1, .met)]])
        let shown = whole.shownToStudents(at: Date())
        let found = shown.questions[0].checks[0].result
        #expect(found.expected.fr.isEmpty && found.found.fr == "found of Q1.a" && found.hint != nil)
        #expect(found.id == CheckID("Q1.a") && found.seeYourself == "see Q1.a")
        #expect(shown.questions[0].checks[1].result.expected.fr == "expected of Q1.b")
        #expect(shown.score == whole.score && shown.drills != nil)
        #expect(whole.isConcealed(at: Date()) && whole.concealedChecks(at: Date()).isEmpty)
        #expect(shown.shownToStudents(at: Date()) == shown)
    }

    /// Where the rubric says nothing, `check` shows what was found; what it says, holds.
    @Test func inACheckTheRubricDecides() throws {
        let past = CalendarDay("2020-01-01")
        let visibilities: [(String, Visibility?)] = [
            ("Q1.a", nil), ("Q1.b", .full), ("Q1.c", Visibility(.hidden)),
            ("Q1.d", Visibility(.missing, until: past)),
        ]
        let whole = result([
            visibilities.map { id, shown in
                var check = check(id, 1, .notMet)
                check.concealed = shown.flatMap { $0.level == .full ? nil : Concealment($0) }
                return check
            }
        ])
        let rubric = Rubric(
            exercise: "e", title: LocalizedText(verbatim: "e"), total: Points(4),
            questions: [
                RubricQuestion(
                    id: QuestionID("Q1"), title: LocalizedText(verbatim: "q"),
                    checks: visibilities.map {
                        RubricCheck(id: CheckID($0.0), points: Points(1), visibility: $0.1)
                    }, parameters: Parameters())
            ])
        let shown = whole.shownInCheck(at: Date(), by: rubric).questions[0].checks.map(\.result)
        #expect(shown.map(\.id.rawValue) == ["Q1.a", "Q1.b", "Q1.d", "Q1.not-shown"])
        #expect(shown.map(\.expected.fr) == ["", "expected of Q1.b", "expected of Q1.d", ""])
        // A whole question that is to be shown in full.
        var open = rubric
        open.questions[0].visibility = .full
        #expect(
            whole.shownInCheck(at: Date(), by: open).questions[0].checks[0].result.expected.fr
                == "expected of Q1.a")
    }

    @Test func afterTheDayAllIsShown() throws {
        let whole = result([[check("Q1.a", 1, .notMet, .hidden, until: day)]])
        #expect(whole.isConcealed(at: try moment("2026-12-18T23:59:59Z")))
        let after = try moment("2026-12-19T00:00:00Z")
        #expect(!whole.isConcealed(at: after))
        let shown = whole.shownToStudents(at: after)
        #expect(shown.questions[0].checks[0].result == whole.questions[0].checks[0].result)
        #expect(shown.questions[0].checks[0].concealed == nil && shown.score == whole.score)
    }

    @Test func noOtherCheckNamesOneThatIsConcealed() throws {
        let shown = result([
            [check("Q1.a", 1, .notMet, .hidden), check("Q1.b", 1, .notMet, .missing)],
            [
                check("Q2.a", 1, .blocked(by: CheckID("Q1.a"))),
                check("Q2.b", 1, .blocked(by: CheckID("Q1.b"))),
            ],
            [check("Q3.a", 1, .blocked(by: CheckID("Q2.a")), .missing)],
        ]).shownToStudents(at: Date())
        #expect(
            shown.questions[1].checks.map(\.result.verdict)
                == [.blocked(by: CheckID("Q1.not-shown")), .blocked(by: CheckID("Q1.1"))])
        #expect(shown.questions[2].checks[0].result.verdict == .notMet)
        let json = String(decoding: try JSONEncoder().encode(shown), as: UTF8.self)
        for word in ["Q1.a", "Q1.b", "found of Q2", "Q3.a"] { #expect(!json.contains(word), "\(word)") }
    }

    @Test(arguments: [Visibility.Level.hidden, .missing])
    func drillsGoWithAnyCheckThatTheyTellOf(_ level: Visibility.Level) {
        let others = result([[check("Q1.a", 1, .met, level)]]).shownToStudents(at: Date())
        #expect(others.drills != nil && others.drillsTellOf != nil)
        var whole = result([[check("Q6.a", 1, .met, level)]])
        #expect(whole.shownToStudents(at: Date()).drills == nil)
        #expect(whole.shownToStudents(at: Date()).drillsTellOf == nil)
        whole.questions[0].checks[0].concealed = nil
        #expect(whole.shownToStudents(at: Date()).drills != nil)
    }

    /// The teacher's words about a check that is not shown, the team's and a member's.
    @Test func theTeachersMarksForItGoWithIt() throws {
        var marks = StudentMarks(marks: [
            .check(CheckID("Q1.b")): TeacherMark(points: Points(0.25), comment: "secret")
        ])
        marks.members["Un"] = StudentMarks(marks: [
            .check(CheckID("Q1.b")): TeacherMark(points: Points(2), comment: "secret too"),
            .check(CheckID("Q1.a")): TeacherMark(points: Points(0.5), comment: "open"),
        ])
        let whole = result([[check("Q1.a", 1, .met), check("Q1.b", 2, .met, .hidden)]]).applying(marks)
        #expect(whole.members?.first?.score == tally(2.5, 3, 3))
        let shown = whole.shownToStudents(at: Date())
        #expect(shown.score == tally(1, 1, 3))
        #expect(shown.members?.first?.score == tally(0.5, 1, 3))
        #expect(shown.members?.first?.marks.map(\.subject) == ["Q1.a"])
        let json = String(decoding: try JSONEncoder().encode(shown), as: UTF8.self)
        #expect(!json.contains("secret") && json.contains("open"))
        // Points for the whole question say nothing of its checks.
        let given = whole.applying(
            StudentMarks(marks: [.question(QuestionID("Q1")): TeacherMark(points: Points(2))]))
        #expect(given.shownToStudents(at: Date()).score == tally(2, 3, 3))
    }

    @Test(arguments: ["2026-02-30", "2026-2-3", "20261218", "2026-12-18T00:00:00Z", "", "2026-12-1é"])
    func whatIsNoDay(_ text: String) { #expect(CalendarDay(text) == nil) }
}
