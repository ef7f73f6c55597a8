import Foundation
import GraderCore

/// A student's `results.json` as Gradescope's autograder platform reads it.
///
/// A check that is not decided has neither `score` nor `max_score`: Gradescope would read a zero.
public struct GradescopeResults: Sendable {
    public var result: GradedResult
    public var language: Language
    public var rounding: MarkRounding
    /// What goes into the gradebook.
    public var mark: Tally
    /// What marks are out of; nil: their own total.
    public var maximum: Points?

    /// - Parameters:
    ///   - result: as the student may see it.
    ///   - mark: of the whole result, where the student does not see all of it.
    public init(
        _ result: GradedResult, mark: Tally? = nil, language: Language, rounding: MarkRounding = .hundredths,
        maximum: Points? = nil
    ) {
        self.result = result
        self.mark = mark ?? result.score
        self.language = language
        self.rounding = rounding
        self.maximum = maximum
    }

    /// Whether everything is decided, so that the sum is a mark.
    public var isComplete: Bool { mark.isComplete }

    private struct Document: Encodable {
        var score: Double
        var output: String
        var output_format = "text"
        var visibility = "visible"
        var stdout_visibility = "hidden"
        var tests: [Test]
        var extra_data: Extra
    }

    private struct Test: Encodable {
        var number: String
        var name: String
        var score: Double?
        var max_score: Double?
        var status: String?
        var output: String
        var output_format = "text"
        var visibility = "visible"
        var tags: [String]
    }

    private struct Extra: Encodable {
        var decided: Double
        var total: Double
        var grader: String
        var evidence_sha256: String
    }

    /// The document as Gradescope reads it.
    /// - Throws: what `JSONEncoder` does; nothing in it is a number without a form in JSON.
    public func text() throws -> String {
        let words = Sentences(language)
        let document = Document(
            score: number(rounding.mark(mark.earned, of: mark.total, outOf: maximum)),
            output: safe(
                [
                    words.handIn(result).map { $0 + "." }, words.obstacle(result),
                    words.markSentence(result.score), result.comment,
                ].compactMap { $0 }
                    .joined(separator: " ")),
            tests: result.questions.flatMap(\.checks).map(test),
            extra_data: Extra(
                decided: number(mark.decided), total: number(mark.total),
                grader: safe(result.provenance.grader),
                evidence_sha256: safe(result.provenance.evidenceSHA256)))
        return try ExportJSON.text(document)
    }

    private func test(_ check: ScoredCheck) -> Test {
        let facts = CheckFacts(check, in: result, Sentences(language))
        let sign = Sign(check.result.verdict)
        let isDecided = check.earned != nil && check.points > .zero
        let colon = language.pick(" : ", ": ")
        let lines =
            [sign.word[language] + (facts.reason.map { colon + $0 } ?? "")]
            + facts.comparison.map { $0.name + colon + $0.value }
            + [facts.blocker.map { Phrase.blockedBy[language] + colon + $0.title }, check.teacher?.comment]
            .compactMap { $0 }
        return Test(
            number: check.result.id.rawValue, name: safe(facts.title),
            score: isDecided ? check.earned.map(number) : nil,
            max_score: isDecided ? number(check.points) : nil,
            status: sign.isDecided ? (sign == .met ? "passed" : "failed") : nil,
            output: lines.map(safe).joined(separator: "\n"), tags: [check.result.id.question.rawValue])
    }

    private func safe(_ text: String) -> String { SafeText.line(text, language: language) }

    private func number(_ points: Points) -> Double { Double(points.thousandths) / 1000 }
}

/// The one form that exported JSON has.
enum ExportJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(DateText(date).machineReadable)
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}
