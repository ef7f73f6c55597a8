import Foundation
import GraderCore
import Reports
import Synchronization
import Testing

@testable import ClassRun

/// The mark of the last look in time, whatever becomes of its run and whenever the teacher marks.
struct StandingMarkTests {
    private let recorded: RecordedClass
    private let deadline: Date
    private var reports: ReportsFolder { recorded.reports }

    init() throws {
        recorded = try RecordedClass("etu1", "etu3", "etu5")
        deadline = try recorded.halfADayLater
    }

    /// - Parameter extended: what etu1 had been given more of time, in days, when the run was made.
    private func score(day: Double, _ whose: String, extended: Double = 0) throws -> RunFolder {
        try recorded.score(whose, day: day, deadline: deadline.addingTimeInterval(extended * 86_400))
    }

    private func exported(_ run: RunFolder) throws -> (results: [GradedResult], remarks: [String]) {
        let said = Mutex<[String]>([])
        let graded = try GradedRun(run) { text in said.withLock { $0.append(text.en) } }
        #expect(try run.lacksSomebody(graded) == graded.results.isEmpty)
        return (graded.results, said.withLock(\.self))
    }

    /// Damaged, gone, or not beside a copy: no mark is given then, and least of all the late one.
    @Test(arguments: ["damaged", "gone", "copied"]) func theLateMarkNeverTakesItsPlace(_ what: String) throws
    {
        let inTime = try score(day: -2, "etu3")
        var late = try score(day: 2, "etu1")
        let mark = try inTime.result(of: "etu1").score
        #expect(try exported(late).results.map(\.score) == [mark] && exported(late).remarks.isEmpty)
        #expect(try late.result(of: "etu1").score != mark)
        switch what {
        case "damaged": try AtomicFile.write("{", to: inTime.path("result.json", student: "etu1"))
        case "gone": try FileManager.default.removeItem(atPath: inTime.path)
        default:
            try AtomicFile.makeFolders("\(reports.path)/elsewhere")
            let copy = RunFolder(path: "\(reports.path)/elsewhere/copy")
            try FileManager.default.copyItem(atPath: late.path, toPath: copy.path)
            late = copy
        }
        let (results, remarks) = try exported(late)
        #expect(results.isEmpty)
        #expect(
            remarks.contains { $0.hasPrefix("etu1: no mark given") && $0.contains(inTime.name) }, "\(remarks)"
        )

        // Nor where its pages are written again, or the late evidence is judged again.
        try late.place { _ in }.writeAgain()
        #expect(try late.result(of: "etu1").lateness?.standing?.run == inTime.name)
        let page = try String(contentsOfFile: late.path("grades.csv"), encoding: .utf8)
        #expect(page.contains("N.Not"), "\(page)")
        guard what != "copied" else { return }
        let again = try reports.scoreAgain(late, late.manifest(), by: recorded.grader) { _ in }.run
        #expect(try again.result(of: "etu1").lateness?.standing?.score == mark)
        #expect(try exported(again).results.isEmpty)
        guard what == "damaged" else { return }
        // The evidence in time is whole: judged again, it stands.
        _ = try reports.scoreAgain(inTime, inTime.manifest(), by: recorded.grader) { _ in }
        #expect(try exported(late).results.map(\.score) == [mark])
    }

    /// What was late by the deadline of then is in time by today's.
    @Test func whoIsGivenMoreTimeHasHisMark() throws {
        let late = try score(day: 1, "etu3")
        #expect(try late.result(of: "etu1").isLate)
        let later = try score(day: 3, "etu1", extended: 2)
        let standing = try #require(try later.result(of: "etu1").lateness?.standing)
        #expect(standing.run == late.name)
        let (results, remarks) = try exported(later)
        #expect(results.map(\.score) == [standing.score] && remarks.isEmpty, "\(remarks)")
        #expect(try results.first?.collectedAt == late.result(of: "etu1").collectedAt)
    }

    /// A look that saw nothing is none, and the teacher's points make none of it.
    @Test(arguments: [true, false]) func whatTheTeacherGaveMakesNoLook(isMarkedBetween: Bool) throws {
        func mark() throws {
            _ = try reports.mark(
                "etu1", MarkSubject("Q2.written"), TeacherMark(points: Points(thousandths: 500)), in: "demo"
            ) { _ in }
        }
        let nothing = try score(day: -2, "etu5")
        if isMarkedBetween {
            try mark()
            #expect(try nothing.result(of: "etu1").score.decided > .zero)
        }
        let late = try score(day: 2, "etu1")
        if !isMarkedBetween { try mark() }
        let result = try late.result(of: "etu1")
        #expect(result.isLate && result.lateness?.standing == nil)
        #expect(try exported(late).results.map(\.score) == [result.score])
        // As an older Bascule wrote it down.
        var stored = result
        let seen = try nothing.result(of: "etu1")
        stored.lateness?.standing = Lateness.Look(
            run: nothing.name, collectedAt: seen.collectedAt, score: seen.score)
        try late.write(stored)
        #expect(try exported(late).results.map(\.score) == [result.score])
    }

    /// A purge by date leaves what a later run's mark is of, and says so; it goes with that one.
    @Test func aPurgeKeepsTheRunThatCounts() throws {
        let first = try score(day: -3, "etu5")
        let inTime = try score(day: -2, "etu3")
        let late = try score(day: 2, "etu1")
        let purge = ClassPurge(
            reports: reports, className: "demo", before: deadline.addingTimeInterval(86_400))
        let plan = try purge.plan()
        #expect(plan.removed.map(\.name) == [first.name] && plan.spared.map(\.name) == [inTime.name])
        _ = try purge.carryOut(plan) { _ in }
        #expect(try reports.runs(of: "demo").map(\.name) == [inTime.name, late.name])
        #expect(try exported(late).results.map(\.score) == [inTime.result(of: "etu1").score])
        let all = try ClassPurge(reports: reports, className: "demo", before: .distantFuture).plan()
        #expect(all.isAll && all.spared.isEmpty && all.removed.count == 2)
    }

    /// Every run's results are read once; what the purge writes on its way counts all the same.
    @Test func aPurgeDatesByWhatItHasWritten() throws {
        _ = try score(day: -3, "etu5")
        // The first whose pages are written, and the first that asks for the others.
        _ = try score(day: 2, "etu1")
        let inTime = try score(day: -2, "etu3")
        let late = try score(day: 3, "etu1")
        let before = try inTime.result(of: "etu1").score
        let looks = ClassLooks(reports, of: "demo")
        #expect(try looks.all(of: "etu1").map(\.run).prefix(2) == [late.name, inTime.name])
        try AtomicFile.write(
            "class: demo\nstudents: {etu1: {Q2.written: 0.5}}\n", to: "\(reports.path)/demo/marks.yaml")
        let purge = ClassPurge(
            reports: reports, className: "demo", before: deadline.addingTimeInterval(86_400))
        _ = try purge.carryOut(try purge.plan()) { _ in }
        // What is read stays as it was, until somebody says what was written.
        #expect(try looks.all(of: "etu1").count == 4)
        let mark = try inTime.result(of: "etu1")
        #expect(mark.score != before)
        #expect(try late.result(of: "etu1").lateness?.standing?.score == mark.score)
        looks.note(mark, in: inTime)
        #expect(try looks.all(of: "etu1")[1].look.get().look.score == mark.score)
    }
}
