import Foundation
import GraderCore
import Testing

@testable import Reports

struct GradescopeTests {
    private func document(_ result: GradedResult) throws -> [String: Any] {
        let text = try GradescopeResults(result, language: .english).text()
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func decidedChecksAddUpToTheScore() throws {
        let document = try document(SampleRun.decided)
        let tests = try #require(document["tests"] as? [[String: Any]])
        let scores = tests.compactMap { $0["score"] as? Double }
        #expect(scores.count == tests.count)
        #expect(scores.reduce(0, +) == 19.125)
        #expect(document["score"] as? Double == 19.13)
        #expect(tests.compactMap { $0["max_score"] as? Double }.reduce(0, +) == 20)
    }

    /// Gradescope counts a missing score as zero where there is a maximum.
    @Test func whatIsOpenHasNeitherScoreNorMaximumNorStatus() throws {
        let result = SampleResults.faulty
        #expect(!GradescopeResults(result, language: .english).isComplete)
        let tests = try #require(try document(result)["tests"] as? [[String: Any]])
        let open = tests.filter { $0["score"] == nil }
        #expect(open.compactMap { $0["number"] as? String } == ["Q5.answer", "Q6.standby"])
        #expect(open.allSatisfy { $0["max_score"] == nil && $0["status"] == nil })
        #expect(tests.first?["status"] as? String == "passed")
        #expect(tests.compactMap { $0["max_score"] as? Double }.reduce(0, +) == 12)
    }

    /// One score for a submission: nobody gets another's, nor a zero for what nobody has seen.
    @Test func whoHasNoScoreOfHisOwnIsLeftOut() throws {
        func export(_ options: Gradebook.Options) throws -> GradescopeRun {
            try GradescopeRun(SampleRun.run(), options: options, at: SampleResults.moment)
        }
        let run = SampleRun.run()
        let ids = run.results.map(\.student.id)
        let whole = try export(Gradebook.Options())
        #expect(whole.documents.map(\.student) == ["quemener"])
        #expect(
            whole.leftOut == [
                .membersDiffer: [ids[1]], .open: [ids[2]], .notAssessed: [ids[3]], .absent: ["le-goff"],
                .noResult: ["perdu"],
            ])
        let provisional = try export(Gradebook.Options(isProvisional: true))
        #expect(provisional.documents.map(\.student) == ["quemener", ids[2]])
        #expect(provisional.leftOut[.open] == nil && provisional.leftOut[.notAssessed] == [ids[3]])
    }

    @Test func aTeamIsExportedWhereAllHaveTheSame() throws {
        var run = SampleRun.run()
        var marks = SampleRun.marks(["Q5.answer": 1.5, "Q6.standby": 4])
        let together = SampleResults.solved.applying(marks)
        (run.students, run.results) = ([together.student], [together])
        #expect(together.student.names.count > 1)
        #expect(try GradescopeRun(run, options: .init(), at: SampleResults.moment).documents.count == 1)
        marks.members[together.student.names[0]] = StudentMarks(isAbsent: true)
        run.results = [SampleResults.solved.applying(marks)]
        let apart = try GradescopeRun(run, options: .init(), at: SampleResults.moment)
        #expect(apart.documents.isEmpty && apart.leftOut == [.membersDiffer: [together.student.id]])
    }

    @Test func aMaximumScalesTheScore() throws {
        let options = Gradebook.Options(maximum: Points(100))
        let run = try GradescopeRun(SampleRun.run(), options: options, at: SampleResults.moment)
        let text = try #require(run.documents.first?.text)
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        // 19.125 of 20.
        #expect(document?["score"] as? Double == 95.63)
    }

    @Test func foreignTextIsHarmless() throws {
        let text = try GradescopeResults(HostileSample.result, language: .french).text()
        let forbidden: [Unicode.Scalar] = ["\u{1B}", "\u{202E}", "\u{9B}", "\u{0}"]
        #expect(forbidden.allSatisfy { !text.unicodeScalars.contains($0) })
    }
}
