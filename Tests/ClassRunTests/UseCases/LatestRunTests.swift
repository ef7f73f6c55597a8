import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Which run is the latest and which was cut off, where the link is lost or the clock was set back.
struct LatestRunTests {
    private var recorded: RecordedClass
    private var run: RunFolder
    private var reports: ReportsFolder { recorded.reports }
    private var link: String { "\(reports.path)/demo/latest" }

    init() throws { (recorded, run) = try RecordedClass.judged() }

    private func resumed() throws -> [String]? {
        try RunOrder.resuming(recorded.roster, in: reports)?.lookedAt.map(\.identity.id)
    }

    /// The clock was ahead while the run was made, as far as its name says.
    private mutating func setBack() throws {
        let ahead = RunFolder(path: "\(reports.path)/demo/2099-01-01T000000Z")
        try FileManager.default.moveItem(atPath: run.path, toPath: ahead.path)
        run = ahead
        try reports.pointLatest(at: run)
    }

    /// What a program had written that was killed after one student.
    private func killed() throws -> RunFolder {
        let cutOff = try reports.newRun(try run.manifest(), at: Date())
        for name in ["evidence.json", "result.json"] {
            let text = try String(contentsOfFile: run.path(name, student: "etu1"), encoding: .utf8)
            try cutOff.write(text, as: name, student: "etu1")
        }
        return cutOff
    }

    @Test mutating func aRunIsGoneOnWithThoughItsNameIsEarlier() async throws {
        try setBack()
        #expect(try resumed() == nil)
        let cutOff = try killed()
        #expect(try reports.runs(of: "demo").last == run)
        #expect(try reports.isLastRunCutOff(of: "demo", exercise: "activite-2"))
        let order = try #require(try RunOrder.resuming(recorded.roster, in: reports))
        #expect(order.lookedAt.map(\.identity.id) == ["etu2", "etu3", "etu4", "etu5"])
        #expect(order.takenOver.mapValues(\.name) == ["etu1": cutOff.name])
        // Another that came to its end since is what counts.
        let outcome = try await recorded.classGrader().grade(order) { _ in }
        #expect(try reports.latestRun(of: "demo")?.name == outcome.run.name)
        #expect(try resumed() == nil)
        #expect(try !reports.isLastRunCutOff(of: "demo", exercise: "activite-2"))
    }

    /// Who is not looked at now is as he was seen last, by whatever clock.
    @Test mutating func theLastLookIsTakenOverThoughItsNameIsEarlier() throws {
        try setBack()
        let cutOff = try killed()
        #expect(
            try reports.runs(of: "demo", exercise: recorded.roster.exercise).map(\.name)
                == [run.name, cutOff.name])
        let order = try RunOrder.due([], of: recorded.roster, in: reports)
        #expect(order.takenOver["etu1"]?.name == cutOff.name && order.takenOver["etu2"]?.name == run.name)
        #expect(
            try reports.cutOffLooks(of: "demo", exercise: "activite-2") == [
                "etu1": cutOff.manifest().startedAt
            ])
    }

    @Test mutating func itIsSweptThoughItsNameIsEarlier() throws {
        try setBack()
        let cutOff = try killed()
        let left = try TemporaryName.new(for: cutOff.path("report.md", student: "etu1"))
        try "x".write(toFile: left, atomically: false, encoding: .utf8)
        reports.sweep("demo")
        #expect(!FileManager.default.fileExists(atPath: left))
    }

    /// By way of something that knows no links.
    @Test func aCopyWithoutTheLinkHasALatestRun() throws {
        try FileManager.default.removeItem(atPath: link)
        #expect(try reports.latestRun(of: "demo") == run)
        let remarks = reports.remarksOnUnfinished("demo").map(\.en)
        #expect(remarks.contains { $0.contains("latest is not there: \(run.name)") }, "\(remarks)")
        let failure = try #require(throws: StoreFailure.self) { try RunFolder(path: link).manifest() }
        #expect(failure.sentence.en.contains(run.name) && !failure.sentence.en.contains("--resume"))
        _ = try reports.mark(
            "etu1", MarkSubject("Q2.written"), TeacherMark(points: Points(thousandths: 500)), in: "demo"
        ) { _ in }
        // A run that has not come to its end is none.
        _ = try killed()
        #expect(try reports.latestRun(of: "demo") == run)
        let purge = ClassPurge(reports: reports, className: "demo", before: .distantFuture)
        _ = try purge.carryOut(try purge.plan()) { _ in }
        #expect(!FileManager.default.fileExists(atPath: "\(reports.path)/demo"))
    }

    /// Passed over as it is said to be, and with the true reason.
    @Test(arguments: [true, false]) func aLatestRunWhoseManifestCannotBeReadIsPassedOver(isDamaged: Bool)
        throws
    {
        let before = run
        let last = try recorded.score().run
        #expect(try reports.latestRun(of: "demo") == last)
        try FileManager.default.removeItem(atPath: "\(last.path)/run.json")
        if isDamaged { try AtomicFile.write("{", to: "\(last.path)/run.json") }
        #expect(try reports.latestRun(of: "demo") == before)
        let remarks = reports.remarksOnUnfinished("demo").map(\.en)
        #expect(
            remarks.contains { $0.contains("leads to \(last.name), but its run.json cannot be read") },
            "\(remarks)")
    }

    @Test func whereNothingIsToBeResumedTheLinkIsMadeAgain() throws {
        try FileManager.default.removeItem(atPath: link)
        #expect(try resumed() == nil)
        #expect(ReportsFolder.latestName(in: "\(reports.path)/demo") == run.name)
        #expect(reports.remarksOnUnfinished("demo").allSatisfy { !$0.en.contains("latest") })
    }
}
