import ClassRun
import Foundation
import GraderCore
import Reports
import Testing

@testable import Exercises

/// Nothing that a student reads says anything of a check that the rubric does not show: every output is searched for
/// every text of every check, on recordings of real pairs.
struct StudentViewLeakTests {
    static let now = Date(timeIntervalSince1970: 1_795_000_000)

    func evidence(_ recording: String) throws -> Evidence {
        let file = Program.repository.appending(path: "Tests/ExercisesTests/Recorded/\(recording)")
        return try EvidenceStore.read(file.path(percentEncoded: false))
    }

    func graded(_ recording: String, _ rubric: Rubric) throws -> GradedResult {
        try Grader(exercise: Activite2(), rubric: rubric, version: "test").grade(
            try evidence(recording), className: "demo", student: StudentIdentity(id: "etu1", names: ["Un"]),
            evidenceSHA256: "")
    }

    func rubric() throws -> Rubric {
        let file = Program.repository.appending(path: "rubrics/activite-2.yaml").path(percentEncoded: false)
        return try RubricFile.read(file: file, exercise: Activite2())
    }

    /// Everything that is made of a result for a student, by name.
    func outputs(_ result: GradedResult) throws -> [String: Data] {
        let shown = result.shownToStudents(at: Self.now)
        let report = StudentReport(result: shown, language: .french, timeZone: .gmt)
        let run = GradedRun(
            className: "demo", exercise: shown.exercise, exerciseTitle: shown.exerciseTitle, ranAt: Self.now,
            students: [shown.student], results: [shown], language: .french)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        var terminal = TerminalReport(
            shown, language: .french, colour: false, width: 100_000, hints: true)
        terminal.height = 10_000
        return [
            "page": try report.html(), "Markdown": report.markdown(),
            "terminal": (terminal.lines() + terminal.lines(of: Set(shown.questions.map(\.id))))
                .joined(separator: "\n"),
            "hints": shown.questions.flatMap {
                HintPage(result: shown, question: $0.id, level: 3, mostLevel: 3, language: .french)
                    .lines(colour: false, width: 100_000)
            }.joined(separator: "\n"),
            "Gradescope": try GradescopeResults(shown, mark: result.score, language: .french).text(),
            "JUnit": try JUnitReport(run).text(), "JSON of the run": try RunJSON(run).text(),
            "JSON": String(decoding: try encoder.encode(shown), as: UTF8.self),
        ].mapValues { Data($0.utf8) }
    }

    /// Whether a text stands in an output, in any of the forms that outputs give it.
    static func says(_ output: Data, _ text: String) -> Bool {
        let html = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
        let markdown = SafeText.markdown(text, limit: 10_000, language: .french)
        let json = text.replacing("\"", with: "\\\"")
        return Set([text, html, markdown, json]).contains { output.range(of: Data($0.utf8)) != nil }
    }

    /// What only these checks say, in this result.
    func secrets(of ids: Set<CheckID>, in result: GradedResult) -> [String] {
        let checks = result.questions.flatMap(\.checks).map(\.result)
        func texts(_ check: CheckResult) -> [String] {
            [check.title, check.expected, check.found, check.why, check.hint].compactMap(\.self)
                .flatMap { [$0.fr, $0.en] }
        }
        // What the student has written into the cluster's configuration is on the page as it is.
        let exhibits = Self.texts(of: result.exhibits, tellingOf: ids)
        let others =
            checks.filter { !ids.contains($0.id) }.flatMap(texts)
            + result.questions.flatMap { [$0.title.fr, $0.title.en] }
            + exhibits.others
        let own = (checks.filter { ids.contains($0.id) }.flatMap(texts) + exhibits.own).filter { text in
            // A node's name alone is no secret.
            text.count > 9 && !others.contains { $0.contains(text) }
        }
        return own + ids.map(\.rawValue)
    }

    /// What exhibits say: in parts that tell of these checks, and in others.
    static func texts(
        of exhibits: [Exhibit], tellingOf ids: Set<CheckID>
    ) -> (own: [String], others: [String]) {
        var said: (own: [String], others: [String]) = ([], [])
        func collect(_ value: Any, isOwn: Bool) {
            if let text = value as? String {
                if isOwn { said.own.append(text) } else { said.others.append(text) }
            } else if let list = value as? [Any] {
                for part in list { collect(part, isOwn: isOwn) }
            } else if let fields = value as? [String: Any] {
                let told = (fields["tellsOf"] as? [String] ?? []).contains { ids.contains(CheckID($0)) }
                for (name, part) in fields where name != "tellsOf" && name != "decides" {
                    collect(part, isOwn: isOwn || told)
                }
            }
        }
        let data = try? JSONEncoder().encode(exhibits)
        if let data, let value = try? JSONSerialization.jsonObject(with: data) {
            collect(value, isOwn: false)
        }
        return said
    }

    /// The searches look for what exhibits say: otherwise they would prove nothing of them.
    @Test func exhibitsSaySecretsToo() throws {
        let whole = try graded("standby-forgotten", try rubric())
        for id in ["Q3.no-standby", "Q1.running", "H0.nodes-online"].map({ CheckID($0) }) {
            #expect(!Self.texts(of: whole.exhibits, tellingOf: [id]).own.isEmpty, "\(id)")
        }
        let standby = secrets(of: [CheckID("Q3.no-standby")], in: whole)
        #expect(standby.contains { $0.contains("est en standby") })
        let page = try #require(try outputs(whole)["page"])
        #expect(standby.contains { $0.contains("est en standby") && Self.says(page, $0) })
    }

    /// - Parameter sets: checks that are concealed together, one set after the other.
    func search(_ recording: String, _ level: Visibility.Level, of sets: [Set<CheckID>]) throws {
        let rubric = try rubric()
        let whole = try graded(recording, rubric)
        let findings = Findings(try evidence(recording))
        for ids in sets {
            var concealing = rubric
            for question in rubric.questions.indices {
                for place in rubric.questions[question].checks.indices
                where ids.contains(rubric.questions[question].checks[place].id) {
                    concealing.questions[question].checks[place].visibility = Visibility(level)
                }
            }
            var concealed = whole
            concealed.questions = try Scorer(exercise: Activite2(), rubric: concealing).score(findings)
            // The result that the teacher's outputs are made of has the same marks.
            #expect(concealed.questions.map(\.score) == whole.questions.map(\.score))
            let words = secrets(of: ids, in: whole)
            for (name, text) in try outputs(concealed) {
                for word in words where Self.says(text, word) {
                    Issue.record("\(recording), \(level.rawValue): \(name) says “\(word)”")
                }
            }
        }
    }

    /// Otherwise the searches would prove nothing.
    @Test func withoutItEveryOutputSaysIt() throws {
        let whole = try graded("standby-forgotten", try rubric())
        for (name, text) in try outputs(whole) {
            let said = whole.questions.flatMap(\.checks).count { check in
                secrets(of: [check.result.id], in: whole).contains { Self.says(text, $0) }
            }
            #expect(said > (name == "hints" ? 0 : 40), "\(name): \(said)")
        }
    }

    @Test func noOutputSaysAnythingOfACheck() throws {
        let whole = try graded("standby-forgotten", try rubric())
        try search(
            "standby-forgotten", .hidden, of: whole.questions.flatMap(\.checks).map { [$0.result.id] })
    }

    @Test(arguments: ["solved", "vip-on-both"], [Visibility.Level.missing, .hidden])
    func noOutputSaysAnythingOfAQuestion(_ recording: String, _ level: Visibility.Level) throws {
        let questions = try rubric().questions
        try search(recording, level, of: questions.map { Set($0.checks.map(\.id)) })
    }

    /// What would be right is in nothing that `check` makes of a pair, before a hint or after: neither the page nor the
    /// terminal, neither hints nor JSON.
    @Test(arguments: [
        "fresh", "standby-forgotten", "vip-on-both", "after-q7", "colocation-too-weak", "ghost-node",
    ])
    func aLookAtWorkDoesNotGiveTheAnswerAway(_ recording: String) throws {
        let rubric = try rubric()
        let whole = try graded(recording, rubric)
        let shown = whole.shownInCheck(at: Self.now, by: rubric)
        let checks = whole.questions.flatMap(\.checks).map(\.result)
        let told = checks.flatMap { check in
            [check.title, check.found, check.why, check.hint].compactMap(\.self).flatMap { [$0.fr, $0.en] }
        }
        let answers = checks.filter { $0.verdict != .met }.flatMap { [$0.expected.fr, $0.expected.en] }
            .filter { answer in answer.count > 9 && !told.contains { $0.contains(answer) } }
        #expect(answers.count > 4)
        for (name, text) in try outputs(shown) {
            for answer in answers where Self.says(text, answer) {
                Issue.record("\(recording): \(name) says “\(answer)”")
            }
        }
        // What was found is there, and the mark is the same.
        #expect(shown.score == whole.score && !whole.isConcealed(at: Self.now))
        let terminal = try #require(try outputs(shown)["terminal"])
        let lost = checks.filter { $0.verdict == .notMet && !$0.found.fr.isEmpty }
        #expect(!lost.isEmpty && lost.allSatisfy { Self.says(terminal, $0.found.fr) })
        // Otherwise the search would prove nothing.
        let open = try #require(try outputs(whole)["terminal"])
        #expect(answers.contains { Self.says(open, $0) })
    }

    /// The published form is the program's own.
    @Test func theSchemaOfRubricsIsThePublishedOne() async throws {
        let printed = try await Program.run(["rubric", "schema"])
        let file = Program.repository.appending(path: "docs/schema/rubric-activite-2.json")
        #expect(try printed.output == String(contentsOf: file, encoding: .utf8))
    }
}
