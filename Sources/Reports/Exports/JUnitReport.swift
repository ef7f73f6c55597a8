import GraderCore

/// A run in the XML that JUnit's Ant task writes and that build servers read: a suite for each student, a case for
/// each check. What is not met fails, what could not be assessed is an error, what nobody asked for is skipped.
public struct JUnitReport: Sendable {
    public var run: GradedRun

    public init(_ run: GradedRun) { self.run = run }

    private var words: Sentences { Sentences(run.language) }

    private func safe(_ text: String, limit: Int = SafeText.defaultLimit) -> String {
        SafeText.line(text, limit: limit, language: run.language)
    }

    /// - Throws: where a template of Bascule's own is broken; never because of the results.
    public func text() throws -> String {
        let seen = Set(run.results.map(\.student.id))
        let unseen = run.students.filter { !seen.contains($0.id) }
        let suites =
            run.results.enumerated().map { suite($0.element, at: $0.offset) }
            + unseen.enumerated().map { suite(unseen: $0.element, at: run.results.count + $0.offset) }
        return try PageTemplates.junit().render("junit", JUnitView(suites: suites))
    }

    /// Somebody without a result is an error, not a smaller class.
    private func suite(unseen student: StudentIdentity, at index: Int) -> JUnitView.Suite {
        let word = Sign.notAssessed.word[run.language]
        return JUnitView.Suite(
            index: index, name: token(student.id, limit: 120),
            package: token(run.className, limit: 120),
            timestamp: String(DateText(run.ranAt).machineReadable.dropLast()),
            tests: 1, failures: 0, errors: 1, skipped: 0,
            properties: [property("names", student.names.joined(separator: ", "), limit: 400)],
            cases: [
                JUnitView.Case(
                    className: token(run.exercise, limit: 60), name: token(word, limit: 300),
                    isFailure: false, isError: true, isSkipped: false,
                    type: Sign.notAssessed.rawValue, message: safe(word), detail: "")
            ],
            output: "", trouble: "")
    }

    private func suite(_ result: GradedResult, at index: Int) -> JUnitView.Suite {
        let cases = result.questions.flatMap { question in question.checks.map { (question, $0) } }
        let outcomes = cases.map { Outcome($0.1.result.verdict) }
        let names = result.student.names.joined(separator: ", ")
        return JUnitView.Suite(
            index: index,
            name: token(result.student.id, limit: 120), package: token(result.className, limit: 120),
            // Ant's own schema allows no zone; it is UTC.
            timestamp: String(DateText(result.collectedAt).machineReadable.dropLast()),
            tests: cases.count,
            failures: outcomes.count { $0 == .failure }, errors: outcomes.count { $0 == .error },
            skipped: outcomes.count { $0 == .skipped },
            properties: [
                property("names", names, limit: 400),
                property("points.earned", result.score.earned.formatted(.english)),
                property("points.decided", result.score.decided.formatted(.english)),
                property("points.total", result.score.total.formatted(.english)),
                property("grader", result.provenance.grader),
                property("rubric.sha256", result.provenance.rubricSHA256),
                property("evidence.sha256", result.provenance.evidenceSHA256),
            ] + (result.handIn == nil ? [] : [property("verified", "false")]),
            cases: zip(cases, outcomes).map { testCase($0.1, in: result, $1) },
            output: safe(words.markSentence(result.score)),
            trouble: safe(
                [words.handIn(result), words.obstacle(result)].compactMap { $0 }.joined(separator: ". ")))
    }

    private func property(_ name: String, _ value: String, limit: Int = 200) -> JUnitView.Property {
        JUnitView.Property(name: name, value: safe(value, limit: limit))
    }

    private func testCase(_ check: ScoredCheck, in result: GradedResult, _ outcome: Outcome) -> JUnitView.Case
    {
        let facts = CheckFacts(check, in: result, Sentences(run.language))
        let sign = Sign(check.result.verdict)
        let colon = run.language.pick(" : ", ": ")
        let detail =
            facts.comparison.map { $0.name + colon + safe($0.value) }
            + (facts.blocker.map { [Phrase.blockedBy[run.language] + colon + safe($0.title, limit: 300)] }
                ?? [])
        return JUnitView.Case(
            className: token(check.result.id.question.rawValue, limit: 60),
            name: token("\(check.result.id.rawValue) \(facts.title)", limit: 300),
            isFailure: outcome == .failure, isError: outcome == .error, isSkipped: outcome == .skipped,
            type: sign.rawValue,
            message: safe(facts.reason ?? sign.word[run.language]),
            detail: detail.joined(separator: "\n"))
    }

    /// Of the schema's type `token`: no blanks at the ends or in a row, and not empty.
    private func token(_ text: String, limit: Int) -> String {
        let token = safe(text, limit: limit).split(separator: " ").joined(separator: " ")
        return token.isEmpty ? "-" : token
    }

    private enum Outcome: Equatable {
        case success, failure, error, skipped

        init(_ verdict: Verdict) {
            switch verdict {
            case .met: self = .success
            case .partly, .notMet, .blocked: self = .failure
            case .notAssessed: self = .error
            case .notRequested: self = .skipped
            }
        }
    }
}

/// What the template is given.
struct JUnitView: PageView {
    var suites: [Suite]

    struct Suite: PageView {
        var index: Int
        var name: String
        var package: String
        var timestamp: String
        var tests: Int
        var failures: Int
        var errors: Int
        var skipped: Int
        var properties: [Property]
        var cases: [Case]
        var output: String
        var trouble: String
    }

    struct Property: PageView {
        var name: String
        var value: String
    }

    struct Case: PageView {
        var className: String
        var name: String
        var isFailure: Bool
        var isError: Bool
        var isSkipped: Bool
        var type: String
        var message: String
        var detail: String
    }
}
