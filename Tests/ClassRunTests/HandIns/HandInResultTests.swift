import Foundation
import GraderCore
import Reports
import Testing

@testable import ClassRun

/// What nobody has verified stands for itself: it helps no result that is, and no page forgets it.
struct HandInResultTests {
    private let recorded: RecordedClass

    init() throws { recorded = try RecordedClass() }

    /// Judges a copy of the recorded class in which these students' evidence is of another year, or their own.
    private func score(
        year: Int, handedIn: Set<String> = [], whose: [String: String] = [:], deadline: String? = nil
    ) throws -> RunFolder {
        let folder = try TestFolder()
        var manifest = try RecordedClass.run.manifest()
        manifest.deadlines = deadline.flatMap { StoredDate.date($0) }.map { ["etu1": $0] }
        let copy = RunFolder(path: folder.path)
        try copy.write(manifest)
        for student in manifest.students.map(\.id) {
            var evidence = try RecordedClass.run.evidence(of: whose[student] ?? student)
            evidence.student = student
            evidence.startedAt = try #require(
                Calendar(identifier: .gregorian)
                    .date(byAdding: .year, value: year - 2026, to: evidence.startedAt))
            if handedIn.contains(student) {
                evidence.handIn = HandIn(
                    parts: [.serv1: HandIn.Part(collectedAt: evidence.startedAt, sha256: "0")],
                    importedAt: evidence.startedAt)
            }
            try copy.write(evidence, student: student)
        }
        return try withExtendedLifetime(folder) {
            try recorded.reports.scoreAgain(copy, manifest, by: recorded.grader) { _ in }.run
        }
    }

    @Test func theMarkIsNeverLostOnTheWay() throws {
        let run = try score(year: 2026, handedIn: ["etu1"])
        #expect(try run.evidence(of: "etu1").handIn != nil)
        let again = try recorded.reports.scoreAgain(run, run.manifest(), by: recorded.grader) { _ in }.run
        for folder in [run, again] {
            #expect(try folder.result(of: "etu1").handIn != nil && folder.result(of: "etu2").handIn == nil)
            for name in ["report.html", "report.md", "teacher.html"] {
                let text = try String(contentsOfFile: folder.path(name, student: "etu1"), encoding: .utf8)
                #expect(text.contains("non vérifié"), "\(name)")
            }
            let teachers = try String(
                contentsOfFile: folder.path("teacher.html", student: "etu1"), encoding: .utf8)
            #expect(teachers.contains("À confirmer sur place"))
            let others = try String(
                contentsOfFile: folder.path("report.html", student: "etu2"), encoding: .utf8)
            #expect(!others.contains("non vérifié"))
            for name in ["index.html", "grades.csv", "moodle.csv"] {
                let text = try String(contentsOfFile: folder.path(name), encoding: .utf8)
                #expect(text.contains("relevé fait par l’étudiant"), "\(name)")
            }
            let graded = try GradedRun(folder) { _ in }
            #expect(try JUnitReport(graded).text().contains("\"verified\""))
            #expect(try RunJSON(graded).text().contains("\"handIn\""))
            let result = try folder.result(of: "etu1")
            #expect(try GradescopeResults(result, language: .french).text().contains("non vérifié"))
            #expect(
                ResultLine(result, language: .french).text(columns: .init([result.student]), colour: false)
                    .contains("non vérifié"))
            #expect(ConfirmationList(result).lines(.french).joined().contains("sur sa seule parole"))
        }
        let outcome = RunOutcome(run: run)
        try run.place { _ in }.writeProjectorPage(with(outcome, try run.result(of: "etu1")))
        #expect(
            try String(contentsOfFile: run.path("projector.html"), encoding: .utf8).contains("non vérifié"))
    }

    private func with(_ outcome: RunOutcome, _ result: GradedResult) -> RunOutcome {
        var outcome = outcome
        outcome.results = [result]
        return outcome
    }

    /// The history, from which “the best run” and progress are told, does not have it.
    @Test func itIsNoEarlierRun() throws {
        _ = try score(year: 2026, handedIn: ["etu1"])
        let runs = recorded.reports.history(of: "demo") { Issue.record("\($0)") }
        #expect(runs.count == 1 && runs[0].scores["etu1"] == nil && runs[0].scores["etu2"] != nil)
    }

    @Test func inTimeItIsNoMarkForALateLookOfAGrader() throws {
        let deadline = "2026-12-31T20:00:00.000Z"
        _ = try score(year: 2026, handedIn: ["etu1"], deadline: deadline)
        let live = try score(year: 2028, whose: ["etu1": "etu3"], deadline: deadline)
        #expect(try live.result(of: "etu1").isLate && live.result(of: "etu1").lateness?.standing == nil)
        // For itself it may stand.
        let late = try score(year: 2029, handedIn: ["etu1"], whose: ["etu1": "etu3"], deadline: deadline)
        #expect(try late.result(of: "etu1").lateness?.standing != nil)
    }

    /// Machines that have been switched off since make nothing of what a grader saw.
    @Test func whatAGraderSawBeforeIsStillSeen() throws {
        let live = try score(year: 2026)
        let off = try score(year: 2027, whose: ["etu1": "etu5"])
        let runs = try recorded.reports.runs(of: "demo", exercise: "activite-2")
        #expect(runs.map(\.name) == [live.name, off.name])
        #expect(try off.latestLook(of: "etu1") == nil)
        guard case .byGrader? = try off.latestLook(of: "etu1", after: runs) else {
            Issue.record("a hand-in would take the place of a grader's look")
            return
        }
        // Whom nobody ever saw, and what was handed in before and may be handed in again.
        #expect(try off.latestLook(of: "etu5", after: runs) == nil)
        let handedIn = try score(year: 2028, handedIn: ["etu1"])
        let offAgain = try score(year: 2029, whose: ["etu1": "etu5"])
        #expect(try offAgain.latestLook(of: "etu1", after: runs + [handedIn, offAgain]) == nil)
    }

    @Test func onlyWhatNobodySawMayBeReplaced() throws {
        let run = try score(year: 2026, handedIn: ["etu1"])
        guard case .handedIn(let parts)? = try run.latestLook(of: "etu1") else {
            Issue.record("not handed in")
            return
        }
        #expect(parts.keys.sorted() == [.serv1])
        guard case .byGrader? = try run.latestLook(of: "etu2") else {
            Issue.record("not seen")
            return
        }
        // Whose machines were off.
        #expect(try run.latestLook(of: "etu5") == nil && run.latestLook(of: "etu9") == nil)
        // Of damaged evidence the result says whose look it was.
        for student in ["etu1", "etu2"] {
            try AtomicFile.write("{", to: try run.path("evidence.json", student: student))
        }
        #expect(try run.latestLook(of: "etu1") == nil)
        guard case .byGrader? = try run.latestLook(of: "etu2") else {
            Issue.record("a hand-in would take the place of a grader's look")
            return
        }
    }
}
