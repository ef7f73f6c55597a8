import Exercises
import GraderCore
import TestSheets
import Testing

@testable import ClassRun

@Suite struct CheckGraphTests {
    private static func text(_ text: String) -> LocalizedText { LocalizedText(verbatim: text) }

    private static let lamp = Subject<TestSheet.Findings, Int>(
        declaredBy: "Q1.lamp", unknown: { _ in text("dark") }, absent: { _ in text("no lamp") },
        find: { _ in .absent }
    )
    private static let bulb = lamp.needing({ $0 }, declaredBy: "Q1.bulb", absent: text("no bulb"))

    private static func check(
        _ id: CheckID, about subject: Subject<TestSheet.Findings, Int>, mayWaitFor: [CheckID] = []
    ) -> Check<TestSheet.Findings> {
        Check(
            id, about: subject, title: text(id.rawValue), why: text("why"), mayWaitFor: mayWaitFor,
            expected: { _, _ in text("") }, judge: { _, _, _ in Judgement(.met, text("")) })
    }

    private let exercise = TestSheet(
        id: "room",
        questions: [
            Question("Q1", checks: [check("Q1.lamp", about: lamp), check("Q1.bulb", about: lamp)]),
            Question("Q2", checks: [check("Q2.on-time", about: bulb, mayWaitFor: ["Q1.lamp", "Q1.bulb"])]),
        ])

    /// What rests on the bulb rests on the lamp by way of it.
    @Test func eachCheckHasALineToWhatItRestsOn() {
        let lines = CheckGraph(exercise).text().split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.contains("-->") } == ["  Q1_bulb --> Q1_lamp", "  Q2_on_time --> Q1_bulb"])
        #expect(lines.filter { $0.contains("-.->") } == [])
        #expect(lines.contains(#"    Q2_on_time["Q2.on-time"]"#))
        #expect(lines.last == "| Q2.on-time | Q2.on-time | Q1.bulb |  |")
    }

    @Test func whatARubricLeavesOutIsNamed() {
        func rubric(_ checks: [CheckID], points: Double = 1) -> Rubric {
            let questions = ["Q1", "Q2"].map { id in
                RubricQuestion(
                    id: QuestionID(id), title: Self.text(id),
                    checks: checks.filter { $0.question.rawValue == id }.map {
                        RubricCheck(id: $0, points: Points(points))
                    }, parameters: Parameters())
            }
            return Rubric(exercise: "room", title: Self.text("Room"), total: .zero, questions: questions)
        }
        #expect(rubric(["Q1.lamp", "Q1.bulb", "Q2.on-time"]).checksLeftWaiting(of: exercise).isEmpty)
        let waiting = rubric(["Q1.lamp", "Q2.on-time"]).checksLeftWaiting(of: exercise)
        #expect(waiting.map(\.check) == ["Q2.on-time"])
        #expect(waiting.map(\.leftOut) == [["Q1.bulb"]])
        // Advice costs nobody anything.
        #expect(rubric(["Q2.on-time"], points: 0).checksLeftWaiting(of: exercise).isEmpty)
    }
}
