import GraderCore
import Testing

@testable import Reports

struct HintPageTests {
    private func text(_ level: Int, most: Int = 3, question: String = "Q3") -> String {
        HintPage(
            result: SampleResults.faulty, question: QuestionID(question), level: level, mostLevel: most,
            language: .french
        ).lines(colour: false, width: 200).joined(separator: "\n")
    }

    private var open: [CheckResult] {
        SampleResults.faulty.questions.filter { $0.id == QuestionID("Q3") }.flatMap(\.checks).map(\.result)
            .filter { $0.verdict == .notMet }
    }

    @Test func everyLevelSaysMoreAndNeverTheAnswer() throws {
        let (first, second, third) = (text(1), text(2), text(3))
        let check = try #require(open.first { $0.hint != nil && $0.seeYourself != nil })
        let hint = try #require(check.hint?.fr.prefix(12))
        let command = try #require(check.seeYourself)
        #expect(first.contains(check.title.fr) && !first.contains(hint) && !first.contains(command))
        #expect(second.contains(hint) && !second.contains(command))
        #expect(third.contains(hint) && third.contains(command))
        #expect(first.contains("--hint Q3 --hint-level 2") && !third.contains("--hint-level"))
        for page in [first, second, third] { #expect(!page.contains("Attendu")) }
    }

    @Test func theRubricDecidesHowFarHintsGo() {
        #expect(text(3, most: 1) == text(1, most: 1))
        #expect(text(3, most: 0).contains("ne donne pas d’indices"))
        #expect(!text(3, most: 0).contains("Pourquoi"))
    }

    @Test func whatIsMetNeedsNoHint() {
        let page = HintPage(
            result: SampleResults.solved, question: QuestionID("Q1"), level: 1, mostLevel: 3,
            language: .english
        ).lines(colour: false, width: 100).joined(separator: "\n")
        #expect(page.contains("nothing to hint at") || page.contains("Nothing to hint at"))
    }

    @Test func foreignTextCannotMoveTheCursor() {
        for question in HostileSample.result.questions {
            let lines = HintPage(
                result: HostileSample.result, question: question.id, level: 3, mostLevel: 3,
                language: .english
            ).lines(colour: false, width: 80)
            for line in lines { #expect(!line.unicodeScalars.contains { $0.value < 0x20 }) }
        }
    }
}
