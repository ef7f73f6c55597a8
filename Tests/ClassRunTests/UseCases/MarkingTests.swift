import Foundation
import GraderCore
import Reports
import Synchronization
import Testing

@testable import ClassRun

/// What the teacher decides by hand, and what others are told of a student, on the recorded class.
struct MarkingTests {
    private let recorded: RecordedClass
    private let run: RunFolder

    init() throws { (recorded, run) = try RecordedClass.judged() }

    private func mark(
        _ className: String, _ student: String, _ subject: String, _ points: Points
    ) throws -> GradedResult? {
        try recorded.reports.mark(
            student, MarkSubject(subject), TeacherMark(points: points, comment: "Vu à l'oral."), in: className
        ) { _ in }
    }

    @Test func aMarkStandsInTheResultAndOnThePage() throws {
        let before = try run.result(of: "etu1")
        let after = try #require(try mark("demo", "etu1", "Q2.written", Points(thousandths: 500)))
        #expect(after.score.decided > before.score.decided)
        #expect(try run.result(of: "etu1") == after)
        let page = try String(contentsOfFile: run.path("report.md", student: "etu1"), encoding: .utf8)
        #expect(page.contains("Vu à l'oral."))
        // The next judgement has it too.
        #expect(try recorded.score().results.first { $0.student.id == "etu1" }?.score == after.score)
    }

    /// Whoever writes what the runs share waits for whoever does already, and says so where that takes too long.
    @Test func oneWritesAtATime() throws {
        let reports = recorded.reports
        let failure = #expect(throws: StoreFailure.self) {
            try reports.withLock(on: "demo") {
                try reports.withLock(on: "demo", patience: .zero) { Issue.record("both write") }
            }
        }
        #expect(failure?.sentence.en.contains("another Bascule") == true)
        #expect(try reports.withLock(on: "demo", patience: .zero) { true })
    }

    @Test(arguments: [
        ("demo", "etu1", "Q99.x", 1, "Q99.x"), ("demo", "etu9", "Q2.written", 1, "etu9"),
        ("demo", "etu1", "Q2.written", 19, "Q2.written"), ("nobody", "etu1", "Q2", 1, "nobody"),
    ])
    func aMarkThatCannotBeIsRefused(
        _ className: String, _ student: String, _ subject: String, _ points: Int, _ named: String
    ) throws {
        let failure = #expect(throws: StoreFailure.self) {
            try mark(className, student, subject, Points(thousandths: points * 1000))
        }
        #expect(failure?.sentence.en.contains(named) == true, "\(String(describing: failure))")
        #expect(!FileManager.default.fileExists(atPath: "\(recorded.reports.path)/demo/marks.yaml"))
    }

    /// A remark stops nothing, and comes as an event.
    @Test func answersThatCannotBeReadAreRemarkedOn() throws {
        let folder = try recorded.reports.answersFolder(of: "demo")
        try AtomicFile.makeFolders(folder)
        try AtomicFile.write("sans titre", to: "\(folder)/etu2.md")
        let remarks = Mutex<[String]>([])
        let outcome = try recorded.reports.scoreAgain(
            RecordedClass.run, try RecordedClass.run.manifest(), by: recorded.grader
        ) { event in
            if case .remark(let text) = event { remarks.withLock { $0.append(text.en) } }
        }
        #expect(remarks.withLock { $0.count == 1 && $0[0].contains("etu2.md") })
        #expect(outcome.results.count == 5)
    }

    @Test func aBundleHoldsWhatIsKeptOfOneStudentAndAPurgeTakesItAway() throws {
        _ = try mark("demo", "etu1", "Q2.written", Points(thousandths: 500))
        let place = try TestFolder()
        let bundle = "\(place.path)/out"
        try StudentBundle(reports: recorded.reports, className: "demo", student: "etu1").write(to: bundle)
        let files = try FileManager.default.subpathsOfDirectory(atPath: bundle)
        for name in ["evidence.json", "result.json", "report.html", "report.md"] {
            #expect(files.contains("\(run.name)/\(name)"))
        }
        #expect(files.contains("marks.yaml") && files.contains("history.txt") && files.contains("README.md"))
        #expect(throws: StoreFailure.self) {
            try StudentBundle(reports: recorded.reports, className: "demo", student: "etu1").write(to: bundle)
        }

        let purge = ClassPurge(reports: recorded.reports, className: "demo", before: .distantFuture)
        let plan = try purge.plan()
        #expect(plan.kept.isEmpty && plan.students.count == 5)
        let done = try purge.carryOut(plan) { _ in }
        #expect(done.changed.isEmpty && done.leftovers.isEmpty)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: recorded.reports.path) == [])
    }
}
