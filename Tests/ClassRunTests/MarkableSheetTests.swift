import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// What can be marked, where results have to say it.
struct MarkableSheetTests {
    /// - Parameter points: of the one check of Q5; none where the question is removed for this student.
    private func result(_ id: String, _ points: Double) -> GradedResult {
        let text = LocalizedText(verbatim: id)
        let check = ScoredCheck(
            result: CheckResult(
                id: CheckID("Q5.written"), title: text,
                verdict: .notRequested(points > 0 ? .teachersMark : .removed),
                expected: text, found: text, why: text),
            points: Points(points), earned: points > 0 ? nil : .zero)
        let question = QuestionResult(
            id: QuestionID("Q5"), title: text, checks: [check], score: check.score)
        return GradedResult(
            className: "c", student: StudentIdentity(id: id, names: [id]), exercise: "e", exerciseTitle: text,
            collectedAt: Date(timeIntervalSince1970: 0), collectionSeconds: 1, questions: [question],
            score: question.score, unreachable: [:], instability: nil, exhibits: [], networkVantage: nil,
            provenance: Provenance(grader: "", rubricSHA256: "", evidenceSHA256: ""))
    }

    @Test func aQuestionRemovedForOneIsMarkedForTheOthers() throws {
        for points in [[0, 3], [3, 0]] {
            let sheet = MarkableSheet(points.map { result("etu\($0)", Double($0)) })
            #expect(sheet.points(of: .question(QuestionID("Q5"))) == Points(3))
            #expect(sheet.points(of: .check(CheckID("Q5.written"))) == Points(3))
            #expect(sheet.names == ["Q5", "Q5.written"])
            try sheet.check(.check(CheckID("Q5.written")), Points(3))
            #expect(throws: StoreFailure.self) {
                try sheet.check(.check(CheckID("Q5.written")), Points(3.5))
            }
        }
    }

    /// An earlier run's, which was worth more, lets nobody have more than there is now.
    @Test func anotherRubricsPointsDoNotCount() {
        var earlier = result("etu2", 5)
        earlier.provenance.rubricSHA256 = "earlier"
        let sheet = MarkableSheet([result("etu1", 3), earlier], isWhole: false)
        #expect(sheet.points(of: .question(QuestionID("Q5"))) == Points(3))
    }
}
