import Exercises
import Foundation
import GraderCore
import InputFiles
import TestSheets
import Testing

@testable import ClassRun

/// A question with checks and parameters, and nothing to judge.
func stubQuestion(
    _ id: String, checks: [CheckID], parameters: [ParameterDefinition] = []
) -> Question<TestSheet.Findings> {
    let text = LocalizedText(verbatim: "…")
    return Question(
        id, parameters: parameters,
        checks: checks.map {
            Check(
                $0, title: text, why: text, expected: { _, _ in text },
                judge: { _, _ in Judgement(.met, text) })
        })
}

private let exercise = TestSheet(
    questions: [
        stubQuestion(
            "Q1", checks: ["Q1.primitive", "Q1.label"],
            parameters: [
                ParameterDefinition("interval", .duration), ParameterDefinition("timeouts", .durations),
                ParameterDefinition("fraction", .number), ParameterDefinition("name", .text),
                ParameterDefinition("names", .texts), ParameterDefinition("strict", .flag),
            ]),
        stubQuestion("Q2", checks: ["Q2.node"]),
    ])

private let good = """
    exercise: sheet
    title: {fr: Fiche, en: Sheet}
    total: 4.125
    questions:
      - id: Q1
        title: {fr: Un, en: One}
        hints: false
        parameters: {interval: PT10S, timeouts: [30, 500ms], fraction: 0.5, name: a, names: [b, c], strict: true}
        checks:
          Q1.primitive: 1.125
          Q1.label: 0
          Q1.written: {points: 0.5, by: teacher, title: {fr: Écrit, en: Written}}
      - id: Q2
        title: Deux
        checks:
          Q2.node: {points: 1, by: bascule}
      - id: Q10
        title: {fr: Dix, en: Ten}
        checks:
          Q10.later: {points: 1.5, title: {fr: Plus tard, en: Later}}
    """

@Suite struct RubricFileTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    private func read(_ text: String) throws -> Rubric {
        try RubricFile.read(file: folder.write(text, to: "rubric.yaml"), exercise: exercise)
    }

    private func mistakes(_ text: String) throws -> [String] {
        let errors = try #require(throws: InputErrors.self) { try read(text) }
        return errors.mistakes.map { "\($0.line):\($0.column): \($0.message.en)" }
    }

    @Test func everyFormIsRead() throws {
        let rubric = try read(good)
        #expect(rubric.total == Points(thousandths: 4125))
        #expect(rubric.questions.map(\.id.rawValue) == ["Q1", "Q2", "Q10"])
        let first = try #require(rubric[QuestionID("Q1")])
        #expect(!first.showHints)
        #expect(
            first.parameters
                == Parameters([
                    "interval": .duration(.seconds(10)),
                    "timeouts": .durations([.seconds(30), .milliseconds(500)]), "fraction": .number(0.5),
                    "name": .text("a"), "names": .texts(["b", "c"]), "strict": .flag(true),
                ]))
        #expect(
            first.checks == [
                RubricCheck(id: CheckID("Q1.primitive"), points: Points(thousandths: 1125)),
                RubricCheck(id: CheckID("Q1.label"), points: .zero),
                RubricCheck(
                    id: CheckID("Q1.written"), points: Points(thousandths: 500), byTeacher: true,
                    title: LocalizedText(fr: "Écrit", en: "Written")),
            ])
        #expect(rubric.questions[1].title == LocalizedText(verbatim: "Deux"))
        #expect(rubric.questions[1].showHints)
        #expect(rubric.questions[2].checks[0].title?.en == "Later")
        #expect(!rubric.questions[2].checks[0].byTeacher)
        #expect(rubric.checksum == SHA256Digest(of: good.utf8).description)
    }

    @Test func hintsHaveLevelsAndRunsAPolicy() throws {
        let rubric = try read(
            good.replacing("hints: false", with: "hints: 2\n    runs: best"))
        #expect(rubric.questions.map(\.hintLevel) == [2, 3, 3])
        #expect(rubric.questions.map(\.counted) == [.best, .last, .last])
        #expect(!rubric.isExam && !rubric.isExcerpt)
        let levels = try mistakes(good.replacing("hints: false", with: "hints: 4"))
        #expect(levels.first?.hasPrefix("7:12: hints is “4”") == true, "\(levels)")
        let policies = try mistakes(good.replacing("hints: false", with: "runs: all"))
        #expect(policies.first == "7:11: runs is “all”: expected best or last")
    }

    @Test func visibilityIsACheckOwnOrItsQuestions() throws {
        let text = good.replacing("hints: false", with: "show: missing")
            .replacing("Q1.label: 0", with: "Q1.label: {points: 0, show: full}")
            .replacing("points: 0.5, by", with: "points: 0.5, show: hidden, until: 2026-12-18, by")
        let rubric = try read(text)
        #expect(rubric.questions.map(\.visibility) == [Visibility(.missing), nil, nil])
        let day = try #require(CalendarDay("2026-12-18"))
        #expect(
            rubric.questions[0].checks.map(\.visibility)
                == [nil, Visibility(.full), Visibility(.hidden, until: day)])
        let dated = try read(good.replacing("hints: false", with: "show: hidden\n    until: 2026-12-18"))
        #expect(dated.questions[0].visibility == Visibility(.hidden, until: day))
    }

    /// What students are handed in an exam leaves out what they may not see; a misspelt check is a mistake still.
    @Test func anExamsRubricMayLeaveChecksOut() throws {
        let whole = try read(good.replacing("total: 4.125", with: "total: 4.125\nexam: true"))
        #expect(whole.isExam && !whole.isExcerpt)
        let bare = try read("exercise: sheet\ntitle: Fiche\ntotal: 20\nexam: true\n")
        #expect(bare.isExam && bare.isExcerpt && bare.questions.isEmpty)
        let some = good.replacing("total: 4.125", with: "total: 20\nexam: true")
            .replacing("      Q1.label: 0\n", with: "")
        #expect(try read(some).isExcerpt)
        let misspelt = try mistakes(some.replacing("Q1.primitive:", with: "Q1.primitiv:"))
        #expect(misspelt.count == 1, "\(misspelt)")
        let graded = try mistakes(some.replacing("exam: true", with: "exam: false"))
        #expect(graded.contains { $0.contains("Q1.label is missing") }, "\(graded)")
    }

    /// One change of the good rubric, and what is said about it.
    @Test(arguments: [
        ("exercise: sheet", "exercise: shet", "1:11: exercise is “shet”: expected sheet"),
        ("total: 4.125", "total: 4", "3:8: the points of all checks add up to 4.125, not 4"),
        ("total: 4.125", "total: 4,125", "3:8: total is “4,125”"),
        ("Q1.primitive: 1.125", "Q1.primitive: 1.1255", "10:21: Q1.primitive is “1.1255”"),
        ("Q1.primitive: 1.125", "Q1.primitive: -1", "10:21: Q1.primitive is “-1”"),
        ("Q1.primitive: 1.125", "Q1.primitive:", "10:20: Q1.primitive is nothing"),
        ("      Q1.label: 0\n", "", "10:7: the check Q1.label is missing"),
        ("interval: PT10S", "interval: fast", "8:28: interval is “fast”"),
        ("interval: PT10S", "intervall: 10s", "did you mean “interval”?"),
        ("timeouts: [30, 500ms]", "timeouts: []", "timeouts is a list"),
        ("fraction: 0.5", "fraction: nan", "fraction is “nan”"),
        ("strict: true", "strict: maybe", "expected false or true"),
        ("name: a", "name: [a]", "name is a list"),
        ("by: teacher", "by: nobody", "12:37: by is “nobody”"),
        (", title: {fr: Écrit, en: Written}", "", "12:19: Q1.written has no title"),
        ("en: Written", "de: Schriftlich", "unknown key “de”"),
        ("Q2.node: {points: 1, by: bascule}", "Q2.node: {points: 1, by: teacher}", "judged by Bascule"),
        ("Q10.later: {", "Q9.later: {", "20:7: the check “Q9.later” does not belong to Q10"),
        ("{points: 1.5, title: {fr: Plus tard, en: Later}}", "1.5", "does not judge Q10 yet"),
        ("- id: Q10", "- id: Q0x", "id is “Q0x”"), ("hints: false", "hints: no", "7:12: hints is “no”"),
        ("    title: Deux\n", "    title: Deux\n    parameters: {a: 1}\n", "Q2 has no parameters"),
        ("title: Deux", "title: {fr: Deux}", "title has no “en”"),
        ("hints: false", "show: some", "7:11: show is “some”: expected found, full, hidden or missing"),
        (
            "hints: false", "until: 2026-12-18",
            "7:12: until stands without show: expected show: found, missing"
        ),
        ("hints: false", "show: hidden\n    until: soon", "8:12: until is “soon”: expected a day such as"),
        ("hints: false", "show: hidden\n    until: 2026-02-30", "8:12: until is “2026-02-30”"),
        ("hints: false", "show: hidden\n    until: 2026-2-3", "8:12: until is “2026-2-3”"),
        ("hints: false", "show: full\n    until: 2026-12-18", "8:12: until stands beside show: full"),
        ("{points: 1, by: bascule}", "{points: 1, shown: hidden}", "did you mean “show”?"),
        ("{points: 1, by: bascule}", "{points: 1, until: 2026-12-18}", "16:35: until stands without show"),
    ])
    func aMistakeIsSaidWithItsPlace(old: String, new: String, said: String) throws {
        #expect(good.contains(old))
        let mistakes = try mistakes(good.replacing(old, with: new, maxReplacements: 1))
        #expect(mistakes.contains { $0.contains(said) }, "\(mistakes)")
    }

    @Test func anUnknownCheckIsNamedWithTheOneMeant() throws {
        let mistakes = try mistakes(good.replacing("Q1.primitive", with: "Q1.primitve"))
        #expect(mistakes.count == 1, "\(mistakes)")
        #expect(mistakes[0].hasPrefix("10:7: Q1 has no check “Q1.primitve”, did you mean “Q1.primitive”?"))
    }

    @Test func questionsStandInOrderOnceAndCompletely() throws {
        let text = """
            exercise: sheet
            title: x
            total: 5
            questions:
              - {id: Q10, title: x, checks: {Q10.a: {points: 1, title: x}}}
              - {id: Q1, title: x, checks: {Q1.primitive: 1, Q1.label: 1}}
              - {id: Q1, title: x, checks: {Q1.primitive: 1, Q1.label: 1}}
            """
        let mistakes = try mistakes(text)
        #expect(mistakes.count == 3, "\(mistakes)")
        #expect(mistakes[0].hasPrefix("1:1: the rubric has no section for question Q2"))
        #expect(mistakes[1].hasPrefix("6:10: question Q1 stands after Q10"))
        #expect(mistakes[2].hasPrefix("7:10: question Q1 is already on line 6"))
    }

    @Test func theSumIsNotBlamedForOtherMistakes() throws {
        let mistakes = try mistakes(good.replacing("Q1.primitive: 1.125", with: "Q1.primitive: lots"))
        #expect(mistakes.count == 1, "\(mistakes)")
    }
}
