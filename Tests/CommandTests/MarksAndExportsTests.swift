import Foundation
import Testing

/// Marking, history and exports, on the recorded class.
struct MarksAndExportsTests {
    private static let recorded = "exercises/activite-2/recorded"

    private func graded() async throws -> (folder: URL, reports: String) {
        let folder = try Program.temporaryFolder()
        let reports = folder.path(percentEncoded: false)
        try await Program.run(["score", Self.recorded, "--reports", reports])
        return (folder, reports)
    }

    private func text(_ folder: URL, _ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: "demo/\(name)"), encoding: .utf8)
    }

    @Test func aMarkShowsEverywhereAndSurvivesTheNextRun() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try await Program.run(
            [
                "mark", "--class", "demo", "--student", "etu1", "Q2.written", "0.5", "--comment",
                "Vu à l'oral.", "--reports", reports,
            ])
        #expect(first.status == 0, "\(first.complaints)")
        for round in ["latest", "latest"] {
            #expect(try text(folder, "\(round)/students/etu1/report.md").contains("Vu à l'oral."))
            #expect(try text(folder, "\(round)/students/etu1/result.json").contains("\"Vu à l'oral.\""))
            try await Program.run(["score", Self.recorded, "--reports", reports])
        }
        let history = try await Program.run(["history", "--student", "etu1", "--reports", reports])
        #expect(history.status == 0)
        // The recorded run, scored three times.
        #expect(history.lines.count { $0.starts(with: /\d+ \w+ \d{4}/) } == 3)
        try await Program.run([
            "mark", "--class", "demo", "--student", "etu1", "Q2.written", "--clear", "--reports", reports,
        ])
        #expect(try !text(folder, "latest/students/etu1/report.md").contains("Vu à l'oral."))
    }

    /// Forty programs write at once, marks, judgements and pages: each takes its turn, and no mark is lost.
    @Test func manyAtOnceLoseNothing() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let subjects = [
            "Q2.written", "Q6.written", "Q7.written", "Q10.written", "Q1.netmask", "Q3.no-ban", "Q8.ports",
        ]
        let marks = ["etu1", "etu2", "etu3", "etu4"].flatMap { student in
            subjects.map { ["--student", student, $0] }
        }
        let others = [["score", Self.recorded], ["report", "\(reports)/demo/latest"]]
        try await withThrowingTaskGroup(of: Program.Outcome.self) { group in
            for mark in marks {
                group.addTask {
                    try await Program.run(
                        ["mark", "--class", "demo"] + mark + ["0.1", "--reports", reports])
                }
            }
            for number in 0..<12 {
                let words = others[number % 2]
                group.addTask {
                    try await Program.run(words + (words[0] == "score" ? ["--reports", reports] : []))
                }
            }
            // Of one pair nothing can be said: its machines are off.
            for try await outcome in group {
                #expect([0, 2].contains(outcome.status), "\(outcome.complaints)")
            }
        }
        let yaml = try text(folder, "marks.yaml")
        #expect(yaml.components(separatedBy: ": 0.1\n").count == marks.count + 1)
        for student in ["etu1", "etu2", "etu3", "etu4"] {
            let result = try text(folder, "latest/students/\(student)/result.json")
            #expect(
                result.components(separatedBy: "\"points\" : 100\n").count > subjects.count, "\(student)")
        }
    }

    @Test func anotherRubricsDifferencesAreSaid() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let shipped = Program.repository.appending(path: "rubrics/activite-2.yaml")
        let rubric = folder.appending(path: "other.yaml")
        let text = try String(contentsOf: shipped, encoding: .utf8)
            .replacing("Q1.netmask: 0.5", with: "Q1.netmask: 0.25")
            .replacing("Q1.address: 0.5", with: "Q1.address: 0.75")
        try Data(text.utf8).write(to: rubric)
        let outcome = try await Program.run([
            "score", "\(reports)/demo/latest", "--reports", reports, "--diff", "--lang", "en", "--rubric",
            rubric.path(percentEncoded: false),
        ])
        // Only the student with the wrong mask loses less by it.
        #expect(
            outcome.lines.contains {
                $0.hasPrefix("etu4  provisional, 16.25 out of 16.75 marked") && $0.hasSuffix("(+0.25)")
            })
        #expect(outcome.lines.contains("    Q1.netmask: 0 / 0.5 → 0 / 0.25  worth −0.25"))
        #expect(!outcome.lines.contains { $0.hasPrefix("etu1") && $0.contains("→") })
        #expect(outcome.lines.last == "Marks that differ: 1.", "\(outcome.output)")
    }

    @Test func whatWasHandedInStandsInTheReport() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let answers = folder.appending(path: "demo/answers")
        try FileManager.default.createDirectory(at: answers, withIntermediateDirectories: true)
        let text = "# Q2\nSur <serv1>, par chance.\n"
        try Data(text.utf8).write(to: answers.appending(path: "etu1.md"))
        try Data("sans titre".utf8).write(to: answers.appending(path: "etu2.md"))
        let again = try await Program.run(["report", "\(reports)/demo/latest"])
        #expect(again.status == 0, "\(again.complaints)")
        #expect(again.complaints.contains("etu2.md") && again.complaints.contains("# Q2"))
        let page = try self.text(folder, "latest/students/etu1/report.html")
        #expect(page.contains("Sur &lt;serv1&gt;, par chance."))
        #expect(try self.text(folder, "latest/students/etu1/report.md").contains("par chance."))
        #expect(try !self.text(folder, "latest/students/etu2/report.html").contains("par chance"))
        // A later judgement of the same evidence has them too.
        let scored = try await Program.run(["score", "\(reports)/demo/latest", "--reports", reports])
        #expect(scored.status != 65, "\(scored.complaints)")
        #expect(try self.text(folder, "latest/students/etu1/result.json").contains("par chance."))
    }

    @Test func mistakesInTheMarksStopARunWithTheirLines() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        try "class: demo\nstudents:\n  etu1:\n    Q2.writen: 1\n  etu77: {}\n".write(
            to: folder.appending(path: "demo/marks.yaml"), atomically: true, encoding: .utf8)
        let outcome = try await Program.run(["score", Self.recorded, "--reports", reports])
        #expect(outcome.status == 65)
        let lines = outcome.complaints.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].contains("marks.yaml:4:5: error: unknown key “Q2.writen”"))
        #expect(lines[1].contains("marks.yaml:5:3: error: "))
    }

    @Test func exportsAreWrittenAndPrinted() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = "\(reports)/demo/latest"
        let pronote = try await Program.run([
            "export", run, "--format", "pronote", "--provisional", "--round", "0.5",
        ])
        #expect(pronote.output.split(whereSeparator: \.isNewline).count == 6)
        #expect(pronote.output.contains("\"etu5\";\"Églantine SITTELLE\";\"N.Not\";"))
        let column = try await Program.run(["export", run, "--format", "column", "--not-marked-word", "NN"])
        #expect(column.output == "\n\n\n\nNN\n")
        for format in ["moodle", "junit", "json"] {
            let file = folder.appending(path: "out.\(format)").path(percentEncoded: false)
            let outcome = try await Program.run(["export", run, "--format", format, "-o", file])
            #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.complaints)")
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
        let into = folder.appending(path: "gradescope").path(percentEncoded: false)
        let open = try await Program.run(["export", run, "--format", "gradescope", "-o", into])
        // Not everything is decided: no file is better than a wrong one.
        #expect(open.status == 2)
        let all = try await Program.run([
            "export", run, "--format", "gradescope", "-o", into, "--provisional",
        ])
        // Of who could not be reached a score would be a zero.
        #expect(all.status == 2 && all.complaints.contains("Nothing could be assessed of etu5: left out."))
        #expect(FileManager.default.fileExists(atPath: "\(into)/students/etu1/results.json"))
        #expect(!FileManager.default.fileExists(atPath: "\(into)/students/etu5/results.json"))
        // Nor is the one of before left to who is left out now.
        let again = try await Program.run(["export", run, "--format", "gradescope", "-o", into])
        #expect(again.status == 2 && again.complaints.contains("etu1, etu2"), "\(again.complaints)")
        #expect(!FileManager.default.fileExists(atPath: "\(into)/students/etu1/results.json"))
        for name in ["grades.csv", "moodle.csv"] { #expect(try !text(folder, "latest/\(name)").isEmpty) }
    }

    /// One student's lab has no name server, and so no question about it.
    @Test func differentTotalsAreSaidWhereMoodlesFileIsWritten() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = folder.appending(path: "run")
        try FileManager.default.copyItem(at: Program.repository.appending(path: Self.recorded), to: run)
        let file = run.appending(path: "students/etu1/evidence.json")
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        var evidence = try #require(json as? [String: Any])
        var lab = try #require(evidence["lab"] as? [String: Any])
        #expect(lab.removeValue(forKey: "dns") != nil)
        evidence["lab"] = lab
        try JSONSerialization.data(withJSONObject: evidence).write(to: file)
        let reports = folder.appending(path: "reports").path(percentEncoded: false)
        let scored = try await Program.run([
            "score", run.path(percentEncoded: false), "--reports", reports,
        ])
        #expect(scored.complaints.contains("moodle.csv: These marks are out of different totals"))
        let whole = try await Program.run(["score", Self.recorded, "--reports", reports])
        #expect(!whole.complaints.contains("different totals"), "\(whole.complaints)")
    }

    @Test(arguments: [
        ["--format", "excel"], ["--format", "pronote", "--round", "0"],
        ["--format", "moodle", "--maximum", "x"],
        ["--format", "gradescope"],
        ["--format", "gradescope", "--student", "etu4", "--as-students-see-it"],
    ])
    func whatIsNoExportIsAUsageError(_ arguments: [String]) async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await Program.run(["export", "\(reports)/demo/latest"] + arguments)
        #expect(outcome.status == 64, "\(outcome.complaints)")
    }
}
