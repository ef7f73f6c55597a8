import Foundation
import GraderCore
import InputFiles
import Reports
import Synchronization
import Testing

@testable import ClassRun

/// Who judges a class again beside somebody else: neither's work is lost.
struct OneGraderTests {
    private let recorded: RecordedClass
    private let place: TestFolder
    private var reports: ReportsFolder { recorded.reports }

    init() throws {
        recorded = try RecordedClass.judged().recorded
        place = try TestFolder()
    }

    @Test func nobodyIsJudgedAgainWhileRunsAreTakenAway() throws {
        // A board is in nobody's way.
        let grading = try #require(try reports.holdGrading(of: "demo"))
        #expect(try recorded.score().results.count == 5)
        grading.end()
        let claim = try #require(try reports.holdJudging(of: "demo", .whole))
        let before = try reports.runs(of: "demo")
        let failure = #expect(throws: StoreFailure.self) { try recorded.score() }
        #expect(failure?.cause == .busy)
        #expect(try reports.runs(of: "demo") == before)
        claim.end()
        #expect(try recorded.score().results.count == 5)
    }

    /// Nothing clears a run away that is not whole yet.
    @Test func whoeverJudgesAgainHasTheClass() throws {
        let reports = reports
        let refused = Mutex<Set<FailureCause>>([])
        let manifest = try RecordedClass.run.manifest()
        let purge = ClassPurge(reports: reports, className: "demo", before: nil, takesUnfinished: true)
        let outcome = try reports.scoreAgain(RecordedClass.run, manifest, by: recorded.grader) { event in
            guard case .graded = event else { return }
            do { _ = try purge.carryOut(try purge.plan()) { _ in } } catch {
                _ = refused.withLock { $0.insert((error as? StoreFailure)?.cause ?? .programFault) }
            }
        }
        #expect(refused.withLock { $0 } == [.busy])
        #expect(try reports.latestRun(of: "demo")?.name == outcome.run.name && outcome.results.count == 5)
    }

    /// What the marks are is read by who holds their lock.
    @Test(.timeLimit(.minutes(1))) func aMarkGivenWhileAMergeBeginsStays() async throws {
        let rooms = ReportsFolder("\(place.path)/rooms")
        var runs: [String] = []
        for (name, students) in [("a", ["etu1", "etu2"]), ("b", ["etu3"])] {
            var manifest = try RecordedClass.run.manifest()
            manifest.className = name
            manifest.students.removeAll { !students.contains($0.id) }
            runs.append(
                try rooms.scoreAgain(RecordedClass.run, manifest, by: recorded.grader) { _ in }.run.path)
        }
        let mark = TeacherMark(points: Points(thousandths: 250))
        _ = try rooms.mark("etu3", MarkSubject("Q2.written"), mark, in: "b") { _ in }

        let all = ReportsFolder("\(place.path)/all")
        try AtomicFile.makeFolders(all.folder(of: "all"))
        guard case .had(let lock) = FileLock.attempt(file: "\(all.path)/all/\(ReportsFolder.lockName)") else {
            throw CocoaError(.fileLocking)
        }
        let (grader, paths) = (recorded.grader, runs)
        let merging = Task.detached {
            try ClassMerge(paths, into: all, className: "all") { _ in }.carryOut(by: grader) { _ in }
        }
        // It has read all that it reads without the lock once it has the class.
        while !FileManager.default.fileExists(atPath: "\(all.path)/all/.grading") {
            try await Task.sleep(for: .milliseconds(10))
        }
        try await Task.sleep(for: .milliseconds(50))
        var given = TeacherMarks()
        given.students["etu1"] = StudentMarks(marks: [MarkSubject("Q2.written"): mark])
        try AtomicFile.write(MarksYAML.text(given, className: "all"), to: all.marksFile(of: "all"))
        lock.end()
        let outcome = try await merging.value
        let kept = try all.marks(of: "all", sheet: MarkableSheet(outcome.results))
        #expect(kept?.students.keys.sorted() == ["etu1", "etu3"])
    }
}
