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

    @Test func foreignTextIsHarmless() throws {
        let text = try GradescopeResults(HostileSample.result, language: .french).text()
        let forbidden: [Unicode.Scalar] = ["\u{1B}", "\u{202E}", "\u{9B}", "\u{0}"]
        #expect(forbidden.allSatisfy { !text.unicodeScalars.contains($0) })
    }
}
