import Foundation
import GraderCore
import Testing

/// The recorded class, looked at a second time after the deadline.
struct DeadlineTests {
    /// Copies the recorded class with these deadlines in its manifest and its evidence of another year.
    private func run(_ folder: URL, _ name: String, year: String, deadlines: [String: String]) throws
        -> String
    {
        let copy = folder.appending(path: name)
        try FileManager.default.copyItem(
            at: Program.repository.appending(path: "exercises/activite-2/recorded"), to: copy)
        let file = copy.appending(path: "run.json")
        var manifest = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        manifest["deadlines"] = deadlines
        try JSONSerialization.data(withJSONObject: manifest).write(to: file)
        for student in try FileManager.default.contentsOfDirectory(
            atPath: copy.appending(path: "students").path(percentEncoded: false))
        {
            let file = copy.appending(path: "students/\(student)/evidence.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("\"startedAt\" : \"2026-", with: "\"startedAt\" : \"\(year)-").utf8)
                .write(to: file)
        }
        return copy.path(percentEncoded: false)
    }

    private func score(_ run: String, _ folder: URL) async throws -> (latest: URL, lines: [String]) {
        let reports = folder.appending(path: "reports")
        let outcome = try await Program.run(
            ["score", run, "--reports", reports.path(percentEncoded: false), "--lang", "en"])
        return (
            reports.appending(path: "demo/latest").resolvingSymlinksInPath(), outcome.lines
        )
    }

    private func text(_ folder: URL, _ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    private func result(_ folder: URL, _ student: String) throws -> GradedResult {
        try JSONDecoder.results.decode(
            GradedResult.self,
            from: Data(contentsOf: folder.appending(path: "students/\(student)/result.json")))
    }

    private func line(_ student: String, _ grades: String) throws -> [Substring] {
        let line = try #require(grades.split(whereSeparator: \.isNewline).first { $0.contains(student) })
        return line.split(separator: ";", omittingEmptySubsequences: false)
    }

    @Test func aLateRunNeverReplacesAMark() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let day = "2026-11-22T20:00:00.000Z"
        // The second has more time than the class.
        let deadlines = ["etu1": day, "etu2": "2029-01-01T00:00:00.000Z", "etu3": day]
        let first = try await score(
            try run(folder, "first", year: "2026", deadlines: deadlines), folder)
        #expect(try !text(first.latest, "grades.csv").contains("En retard"))
        #expect(try result(first.latest, "etu1").lateness == nil)

        // Two of them went on working: what etu1 had, etu2 and etu3 have now, and the other way round.
        let later = try run(folder, "second", year: "2028", deadlines: deadlines)
        let students = URL(filePath: later).appending(path: "students")
        for (one, other) in [("etu1", "x"), ("etu2", "etu1"), ("etu3", "etu2"), ("x", "etu3")] {
            try FileManager.default.moveItem(
                at: students.appending(path: one), to: students.appending(path: other))
        }
        let second = try await score(later, folder)

        let before = try ["etu1", "etu2", "etu3"].map { try result(first.latest, $0).score }
        let after = try ["etu1", "etu2", "etu3"].map { try result(second.latest, $0) }
        #expect(before[0] != after[0].score)
        #expect(after.map(\.isLate) == [true, false, true])
        #expect(after[0].lateness?.standing?.score == before[0])
        #expect(after[0].lateness?.standing?.run == first.latest.lastPathComponent)
        #expect(second.lines.contains { $0.hasPrefix("etu1") && $0.contains("late; the mark is still") })
        #expect(second.lines.contains { $0.hasPrefix("etu2") && !$0.contains("late") })

        // The gradebook has the mark of the run in time, and the late one in a column of its own.
        let old = try line("etu1", text(first.latest, "grades.csv"))
        let new = try line("etu1", text(second.latest, "grades.csv"))
        #expect(Array(new.prefix(old.count)) == old)
        #expect(new.last?.contains("en retard, à côté") == true)
        #expect(try line("etu2", text(second.latest, "grades.csv")).last == "")
        #expect(try text(second.latest, "index.html").contains("en retard, à côté"))
        #expect(try text(second.latest, "students/etu1/report.html").contains("Relevé en retard"))
        #expect(try !text(second.latest, "students/etu2/report.html").contains("Relevé en retard"))

        // The same when the pages are written again, and in what is handed on.
        try await Program.run(["report", second.latest.path(percentEncoded: false)])
        #expect(try line("etu1", text(second.latest, "grades.csv")) == new)
        let export = try await Program.run(
            ["export", second.latest.path(percentEncoded: false), "--format", "pronote"])
        #expect(export.output.contains("en retard"), "\(export.complaints)")
    }

    @Test func whereNothingWasSeenInTimeTheLateMarkIsCalledLate() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let only = try await score(
            try run(folder, "only", year: "2028", deadlines: ["etu1": "2026-11-22T20:00:00.000Z"]), folder)
        let result = try result(only.latest, "etu1")
        #expect(result.isLate)
        #expect(result.lateness?.standing == nil)
        #expect(
            try line("etu1", text(only.latest, "grades.csv")).last?.contains("rien n'a été évalué") == true)
    }
}
