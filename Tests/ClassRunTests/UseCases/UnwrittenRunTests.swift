import Foundation
import GraderCore
import Reports
import Synchronization
import Testing

@testable import ClassRun

/// A run of which something could not be written takes nobody's mark away.
struct UnwrittenRunTests {
    private let recorded: RecordedClass
    private let latest: RunFolder
    private var reports: ReportsFolder { recorded.reports }

    init() throws { (recorded, latest) = try RecordedClass.judged() }

    /// Scores again, while something else takes the place of etu2's folder, as a full disk would.
    private static func unwritten(
        _ recorded: RecordedClass, _ source: RunFolder,
        onRemark: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> RunOutcome {
        let reports = recorded.reports
        let known = Set(try reports.runs(of: "demo").map(\.name))
        return try reports.scoreAgain(source, try source.manifest(), by: recorded.grader) { event in
            switch event {
            case .remark(let text): onRemark(text.en)
            case .graded(let result) where result.student.id == "etu1":
                let new = try? reports.runs(of: "demo").first { !known.contains($0.name) }
                if let new { try? AtomicFile.write("", to: new.path("students/etu2")) }
            default: break
            }
        }
    }

    @Test func theRunBeforeItStands() throws {
        let said = Mutex<[String]>([])
        let outcome = try Self.unwritten(recorded, latest) { text in said.withLock { $0.append(text) } }
        #expect(outcome.isUnwritten && outcome.missing.map(\.student.id) == ["etu2"])
        #expect(try reports.latestRun(of: "demo")?.name == latest.name)
        let sentence = said.withLock { $0.first { $0.contains("not whole") } }
        #expect(sentence?.contains(outcome.run.name) == true && sentence?.contains(latest.name) == true)
        // It never came to its end, and is to be cleared away or gone on with.
        #expect(!outcome.run.isFinished)
        #expect(try reports.unfinishedRuns(of: "demo").map(\.name) == [outcome.run.name])
        let order = try #require(try RunOrder.resuming(recorded.roster, in: reports))
        #expect(order.lookedAt.isEmpty && order.takenOver["etu2"]?.name == latest.name)
    }

    /// There is none that could stand.
    @Test func theFirstRunIsTheLatest() throws {
        let recorded = try RecordedClass()
        let outcome = try Self.unwritten(recorded, RecordedClass.run)
        #expect(outcome.isUnwritten && outcome.run.isFinished)
        #expect(try recorded.reports.latestRun(of: "demo")?.name == outcome.run.name)
    }

    /// As an older Bascule left it: two runs behind one another without somebody whose evidence is whole further back.
    @Test func evidenceIsFoundAsFarBackAsItLies() throws {
        let first = try Self.unwritten(recorded, latest).run
        var manifest = try first.manifest()
        manifest.carried = Dictionary(uniqueKeysWithValues: manifest.students.map { ($0.id, first.name) })
        let second = try reports.newRun(manifest, at: Date())
        try reports.pointLatest(at: second)

        let etu2 = try #require(manifest.students.first { $0.id == "etu2" })
        let reason = try second.place { _ in }.noResult(of: etu2)
        #expect(reason.reason == .notTakenOver(latest.name) && reason.sentence.fr.contains(latest.name))

        let again = try reports.scoreAgain(second, manifest, by: recorded.grader) { _ in }
        #expect(again.missing.isEmpty)
        for student in manifest.students.map(\.id) {
            #expect(try again.run.result(of: student).score == latest.result(of: student).score, "\(student)")
        }
        #expect(try again.run.manifest().carried?["etu2"] == latest.name)
        #expect(try reports.latestRun(of: "demo")?.name == again.run.name)
    }

    /// Nothing stands in the place of a result that has gone, and an export does not pass over it.
    @Test func whoHasEvidenceAndNoResultIsNamed() throws {
        let whole = try GradedRun(latest) { text in Issue.record("\(text.en)") }
        #expect(try !latest.lacksSomebody(whole))
        try FileManager.default.removeItem(atPath: latest.path("result.json", student: "etu1"))
        let said = Mutex<[String]>([])
        let run = try GradedRun(latest) { text in said.withLock { $0.append(text.en) } }
        #expect(said.withLock(\.self) == ["etu1: seen in this run, but not judged yet (bascule score)."])
        #expect(try latest.lacksSomebody(run))
        // Whose machines nobody knew has none by right.
        var manifest = try latest.manifest()
        manifest.notSeen = ["etu1": LocalizedText(fr: "pas trouvé", en: "not found")]
        try latest.write(manifest)
        #expect(try !latest.lacksSomebody(run))
    }
}
