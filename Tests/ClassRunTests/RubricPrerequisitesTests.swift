import GraderCore
import InputFiles
import TestSheets
import Testing

@testable import ClassRun

private let exercise = TestSheet(
    prerequisites: stubQuestion("H0", checks: ["H0.fencing", "H0.quorum"]), questions: [])

@Suite struct RubricPrerequisitesTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    private func read(total: String, _ section: String) throws -> Rubric {
        let text = """
            exercise: sheet
            title: Sheet
            total: \(total)
            \(section)
            questions:
              - id: Q1
                title: One
                checks:
                  Q1.written: {points: 1, by: teacher, title: Written}
            """
        return try RubricFile.read(file: folder.write(text, to: "rubric.yaml"), exercise: exercise)
    }

    @Test func withoutASectionTheyAreAdvice() throws {
        let rubric = try read(total: "1", "")
        #expect(rubric.questions.map(\.id.rawValue) == ["H0", "Q1"])
        #expect(rubric.questions[0].points == .zero)
        #expect(rubric.questions[0].checks.map(\.id.rawValue) == ["H0.fencing", "H0.quorum"])
    }

    @Test func theirPointsCountInTheTotal() throws {
        let section = "prerequisites: {title: Health, checks: {H0.fencing: 0.5, H0.quorum: 0}}"
        let rubric = try read(total: "1.5", section)
        #expect(rubric.questions[0].points == Points(0.5))
        #expect(rubric.questions[0].title == LocalizedText(verbatim: "Health"))
        #expect(throws: InputErrors.self) { try read(total: "1", section) }
    }

    @Test(arguments: [
        ("prerequisites: {title: Health, checks: {H0.fencing: 0}}", "the check H0.quorum is missing"),
        ("prerequisites: {title: Health, checks: {H0.fencig: 0, H0.quorum: 0}}", "H0.fencing"),
        ("prerequisites: {id: H0, title: Health, checks: {H0.fencing: 0, H0.quorum: 0}}", "“id”"),
        ("prerequisites: none", "prerequisites"),
    ])
    func mistakesAreNamed(section: String, said: String) throws {
        let errors = try #require(throws: InputErrors.self) { try read(total: "1", section) }
        #expect(
            errors.mistakes.contains { $0.line == 4 && $0.message.en.contains(said) }, "\(errors.mistakes)")
    }
}
