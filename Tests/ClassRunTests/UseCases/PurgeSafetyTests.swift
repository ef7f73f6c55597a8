import Foundation
import GraderCore
import InputFiles
import Synchronization
import Testing

@testable import ClassRun

/// What a purge loses nothing by: what is made between its plan and its work, what interrupts it, what it may not remove.
struct PurgeSafetyTests {
    private let recorded: RecordedClass
    private let run: RunFolder
    private let purge: ClassPurge
    private var reports: ReportsFolder { recorded.reports }

    init() throws {
        (recorded, run) = try RecordedClass.judged()
        purge = ClassPurge(reports: recorded.reports, className: "demo", before: .distantFuture)
    }

    /// A run of some of the class that stays: its evidence is of a day that nothing is purged of.
    private func later(_ students: String...) throws -> RunFolder {
        let folder = try TestFolder()
        let copy = RunFolder(path: "\(folder.path)/copy")
        try AtomicFile.makeFolders(copy.path)
        var manifest = try run.manifest()
        manifest.startedAt = Date(timeIntervalSince1970: 4_000_000_000)
        manifest.students.removeAll { !students.contains($0.id) }
        try copy.write(manifest)
        for id in students { try copy.write(try run.evidence(of: id), student: id) }
        return try withExtendedLifetime(folder) {
            try reports.scoreAgain(copy, manifest, by: recorded.grader) { _ in }.run
        }
    }

    private func mark(_ student: String) throws {
        _ = try reports.mark(
            student, MarkSubject("Q2.written"), TeacherMark(points: Points(thousandths: 500)), in: "demo"
        ) { _ in }
    }

    private func refusal(of plan: ClassPurge.Plan) -> StoreFailure? {
        #expect(throws: StoreFailure.self) { try purge.carryOut(plan) { _ in } }
    }

    private var marks: String { "\(reports.path)/demo/marks.yaml" }

    @Test func aRunMadeMeanwhileStaysWithItsHistory() throws {
        let plan = try purge.plan()
        let made = try recorded.score().run
        let failure = refusal(of: plan)
        #expect(failure?.cause == .busy && failure?.sentence.en.contains("nothing was removed") == true)
        #expect(try reports.runs(of: "demo").map(\.name) == [run.name, made.name])
        #expect(reports.history(of: "demo") { _ in }.map(\.name).contains(made.name))
    }

    @Test func aMarkGivenMeanwhileStays() throws {
        try mark("etu1")
        let plan = try purge.plan()
        try mark("etu2")
        let text = try String(contentsOfFile: marks, encoding: .utf8)
        #expect(refusal(of: plan)?.cause == .busy)
        #expect(try String(contentsOfFile: marks, encoding: .utf8) == text && text.contains("etu2"))
        // As it is planned now, it is done.
        _ = try purge.carryOut(try purge.plan()) { _ in }
        #expect(!FileManager.default.fileExists(atPath: "\(reports.path)/demo"))
    }

    @Test func anAnswerHandedInMeanwhileStays() throws {
        let plan = try purge.plan()
        _ = try reports.saveAnswers([QuestionID("Q2"): "ici"], of: "etu1", in: "demo")
        #expect(refusal(of: plan)?.cause == .busy)
        #expect(try reports.writtenAnswers(of: "etu1", in: "demo").answers == [QuestionID("Q2"): "ici"])
    }

    /// What has a temporary name nobody has made.
    @Test func aSweepChangesNoPlan() throws {
        _ = try reports.saveAnswers([QuestionID("Q2"): "ici"], of: "etu1", in: "demo")
        try AtomicFile.write("x", to: TemporaryName.new(for: "\(reports.path)/demo/answers/etu1.md"))
        let plan = try purge.plan()
        reports.sweep("demo")
        _ = try purge.carryOut(plan) { _ in }
        #expect(!FileManager.default.fileExists(atPath: "\(reports.path)/demo"))
    }

    /// Killed at any moment, it can be made again: while a run is still there that goes, the pages that stay are done.
    @Test func pagesAreWrittenBeforeRunsGo() throws {
        let stays = try later("etu1")
        let dated = ClassPurge(
            reports: reports, className: "demo", before: Date(timeIntervalSince1970: 3_900_000_000))
        try AtomicFile.makeFolders("\(reports.path)/demo/answers")
        // Said whenever its pages are written.
        try AtomicFile.write("sans titre", to: "\(reports.path)/demo/answers/etu1.md")
        let goes = run.path
        let wereThere = Mutex<[Bool]>([])
        _ = try dated.carryOut(try dated.plan()) { _ in
            wereThere.withLock { $0.append(FileManager.default.fileExists(atPath: goes)) }
        }
        #expect(wereThere.withLock { !$0.isEmpty && $0.allSatisfy { $0 } })
        #expect(try reports.runs(of: "demo").map(\.name) == [stays.name])
        let page = try String(contentsOfFile: stays.path("index.html"), encoding: .utf8)
        #expect(!page.contains(run.name) && !page.contains("etu3"))
    }

    /// A page that a full disk has no room for costs nobody a mark: those of who leaves go when all pages are written.
    @Test func marksStayUntilThePagesAreWritten() throws {
        try mark("etu3")
        try mark("etu1")
        let stays = try later("etu1")
        let dated = ClassPurge(
            reports: reports, className: "demo", before: Date(timeIntervalSince1970: 3_900_000_000))
        // Said whenever its pages are written.
        try AtomicFile.makeFolders("\(reports.path)/demo/answers")
        try AtomicFile.write("sans titre", to: "\(reports.path)/demo/answers/etu1.md")
        let file = marks
        let texts = Mutex<[String]>([])
        _ = try dated.carryOut(try dated.plan()) { _ in
            texts.withLock { $0.append((try? String(contentsOfFile: file, encoding: .utf8)) ?? "") }
        }
        #expect(texts.withLock { !$0.isEmpty && $0.allSatisfy { $0.contains("etu3") } })
        let left = try String(contentsOfFile: marks, encoding: .utf8)
        #expect(left.contains("etu1") && !left.contains("etu3"))
        let checks = try stays.result(of: "etu1").questions.flatMap(\.checks)
        #expect(checks.first { $0.result.id == "Q2.written" }?.earned == Points(thousandths: 500))
    }

    /// Runs of another class that was put together with this one lie elsewhere, and the best of them may count.
    @Test func whatLiesElsewhereStaysInTheHistory() throws {
        _ = try later("etu1")
        let day = Date(timeIntervalSince1970: 3_900_000_000)
        for (name, distance) in [("before", -1.0), ("after", 1)] {
            var place = try run.place { _ in }
            place.folder = RunFolder(path: "\(reports.path)/demo/\(name)")
            place.manifest.startedAt = day.addingTimeInterval(distance)
            _ = place.record(try ["etu1", "etu3"].map { try run.result(of: $0) })
        }
        let unfinished = ClassPurge(
            reports: reports, className: "demo", before: nil, takesUnfinished: true)
        _ = try unfinished.carryOut(try unfinished.plan()) { _ in }
        #expect(reports.history(of: "demo") { _ in }.count == 4)
        let dated = ClassPurge(reports: reports, className: "demo", before: day)
        _ = try dated.carryOut(try dated.plan()) { _ in }
        let left = reports.history(of: "demo") { _ in }
        #expect(left.count == 2 && !left.contains { ["before", run.name].contains($0.name) })
        #expect(left.allSatisfy { Array($0.scores.keys) == ["etu1"] })
    }

    /// A run that goes stands for none that stays, though it lies there yet.
    @Test func noPageNamesARunThatGoes() throws {
        let stays = try later("etu1")
        var place = try stays.place { _ in }
        place.manifest.deadlines = ["etu1": try run.result(of: "etu1").collectedAt]
        let result = try stays.result(of: "etu1")
        var late = result
        late.collectedAt = result.collectedAt.addingTimeInterval(60)
        #expect(place.dated(late).lateness?.standing?.run == run.name)
        place.leaving = [run.name]
        #expect(place.dated(late).lateness != nil && place.dated(late).lateness?.standing == nil)
    }

    /// Codes that cannot be read cannot be taken away from who leaves: nothing else goes either.
    @Test func damagedCodesStopItBeforeItBegins() throws {
        try mark("etu1")
        _ = try later("etu3")
        let board = try reports.board(of: "demo")
        try AtomicFile.makeFolders(board.path)
        try AtomicFile.write("{", to: board.codesFile)
        let early = ClassPurge(
            reports: reports, className: "demo", before: Date(timeIntervalSince1970: 3_900_000_000))
        let plan = try early.plan()
        #expect(!plan.students.isEmpty && !plan.isAll)
        let failure = #expect(throws: StoreFailure.self) { try early.carryOut(plan) { _ in } }
        #expect(failure?.sentence.en.contains("codes.json") == true)
        #expect(try String(contentsOfFile: marks, encoding: .utf8).contains("etu1"))
        #expect(try reports.runs(of: "demo").contains(run))
    }

    /// What lies elsewhere is not the class's.
    @Test func answersThatAreALinkStopIt() throws {
        let elsewhere = "\(reports.path)/elsewhere"
        try AtomicFile.makeFolders(elsewhere)
        try AtomicFile.write("# Q2\nici\n", to: "\(elsewhere)/etu1.md")
        try AtomicFile.link("\(reports.path)/demo/answers", to: elsewhere)
        let failure = refusal(of: try purge.plan())
        #expect(failure?.sentence.en.contains("/demo/answers is a symbolic link") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere) == ["etu1.md"])
        #expect(try reports.runs(of: "demo") == [run])
    }

    /// A student's folder within a run, too: nothing goes before everything may.
    @Test(.enabled(if: geteuid() != 0, "root may remove everything"))
    func aFolderDeepWithinStopsItBeforeItBegins() throws {
        try mark("etu1")
        let closed = run.path("students/etu3")
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: closed)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: closed) }
        #expect(refusal(of: try purge.plan())?.sentence.en.contains(closed) == true)
        #expect(FileManager.default.fileExists(atPath: marks))
    }
}
