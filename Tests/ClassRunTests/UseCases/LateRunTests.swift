import Foundation
import GraderCore
import Reports
import Synchronization
import Testing

@testable import ClassRun

/// The recorded class, looked at a second time after the deadline.
struct LateRunTests {
    private let recorded: RecordedClass

    init() throws { recorded = try RecordedClass() }

    /// Judges a copy of the recorded class with these deadlines in its manifest and its evidence of another year.
    /// - Parameter whose: whose evidence a student has; one's own where nothing is said.
    private func score(
        year: String, deadlines: [String: String], whose: [String: String] = [:]
    ) throws -> RunFolder {
        let folder = try TestFolder()
        var manifest = try RecordedClass.run.manifest()
        manifest.deadlines = deadlines.compactMapValues { StoredDate.date($0) }
        let copy = RunFolder(path: folder.path)
        try copy.write(manifest)
        for student in manifest.students.map(\.id) {
            var evidence = try RecordedClass.run.evidence(of: whose[student] ?? student)
            let years = try #require(Int(year)) - 2026
            evidence.student = student
            evidence.startedAt = try #require(
                Calendar(identifier: .gregorian).date(byAdding: .year, value: years, to: evidence.startedAt))
            try copy.write(evidence, student: student)
        }
        return try withExtendedLifetime(folder) {
            try recorded.reports.scoreAgain(copy, manifest, by: recorded.grader) { _ in }.run
        }
    }

    private func text(_ run: RunFolder, _ name: String) throws -> String {
        try String(contentsOfFile: run.path(name), encoding: .utf8)
    }

    private func line(_ student: String, _ grades: String) throws -> [Substring] {
        let line = try #require(grades.split(whereSeparator: \.isNewline).first { $0.contains(student) })
        return line.split(separator: ";", omittingEmptySubsequences: false)
    }

    @Test func aLateRunNeverReplacesAMark() throws {
        let day = "2026-12-31T20:00:00.000Z"
        // The second has more time than the class.
        let deadlines = ["etu1": day, "etu2": "2029-01-01T00:00:00.000Z", "etu3": day]
        let first = try score(year: "2026", deadlines: deadlines)
        #expect(try !text(first, "grades.csv").contains("En retard"))
        #expect(try first.result(of: "etu1").lateness == nil)

        // Two of them went on working: what etu1 had, etu2 and etu3 have now, and the other way round.
        let second = try score(
            year: "2028", deadlines: deadlines, whose: ["etu1": "etu3", "etu2": "etu1", "etu3": "etu2"])

        let before = try ["etu1", "etu2", "etu3"].map { try first.result(of: $0).score }
        let after = try ["etu1", "etu2", "etu3"].map { try second.result(of: $0) }
        #expect(before[0] != after[0].score)
        #expect(after.map(\.isLate) == [true, false, true])
        #expect(after[0].lateness?.standing?.score == before[0])
        #expect(after[0].lateness?.standing?.run == first.name)

        // The gradebook has the mark of the run in time, and the late one in a column of its own.
        let old = try line("etu1", text(first, "grades.csv"))
        let new = try line("etu1", text(second, "grades.csv"))
        #expect(Array(new.prefix(old.count)) == old)
        #expect(new.last?.contains("en retard, à côté") == true)
        #expect(try line("etu2", text(second, "grades.csv")).last == "")
        #expect(try text(second, "index.html").contains("en retard, à côté"))
        #expect(try text(second, "students/etu1/report.html").contains("Relevé en retard"))
        #expect(try !text(second, "students/etu2/report.html").contains("Relevé en retard"))

        // The same when the pages are written again, and in what is handed on.
        try second.place() { _ in }.writeAgain()
        #expect(try line("etu1", text(second, "grades.csv")) == new)
        let export = GradesCSV(try GradedRun(second) { _ in }).text()
        #expect(export.contains("en retard"))
    }

    @Test func whereNothingWasSeenInTimeTheLateMarkIsCalledLate() throws {
        let only = try score(year: "2028", deadlines: ["etu1": "2026-12-31T20:00:00.000Z"])
        let result = try only.result(of: "etu1")
        #expect(result.isLate)
        #expect(result.lateness?.standing == nil)
        #expect(try line("etu1", text(only, "grades.csv")).last?.contains("rien n’a été évalué") == true)
    }

    /// The run in time counts; where its result cannot be read, the teacher has to know, and no other stands in its place.
    @Test func aRunInTimeThatCannotBeReadIsSaid() throws {
        let deadlines = ["etu1": "2026-12-31T20:00:00.000Z"]
        let first = try score(year: "2026", deadlines: deadlines)
        let second = try score(year: "2028", deadlines: deadlines)
        let file = try first.path("result.json", student: "etu1")
        try Data("{".utf8).write(to: URL(filePath: file))

        let remarks = Mutex<[LocalizedText]>([])
        let place = try second.place { text in remarks.withLock { $0.append(text) } }
        #expect(try place.dated(second.result(of: "etu1")).lateness?.standing?.run == first.name)

        let said = try #require(remarks.withLock { $0.first })
        #expect(said[.english].hasPrefix(file) && said[.english].contains("at the deadline of etu1"))
        #expect(said[.french].hasPrefix(file) && said[.french].contains("à l’échéance de etu1"))
    }
}
