import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Who is looked at in a run that goes on where an earlier one stopped. No machine is touched.
struct RunOrderTests {
    private let recorded: RecordedClass
    private let latest: RunFolder

    init() throws { (recorded, latest) = try RecordedClass.judged() }

    private func lookedAt(_ order: RunOrder?) -> [String]? { order?.lookedAt.map(\.identity.id) }

    private func resumed() throws -> [String]? {
        lookedAt(try RunOrder.resuming(recorded.roster, in: recorded.reports))
    }

    /// A run that nobody could finish, newer than the recorded class's: what `grade-all` had written when it was
    /// killed. `keep` says of which student which files.
    private func killed(
        carried: [String: String]? = nil, keep: (_ student: String, _ file: String) -> Bool
    ) throws -> RunFolder {
        var manifest = try latest.manifest()
        manifest.carried = carried
        let run = try recorded.reports.newRun(manifest, at: Date())
        for student in manifest.students.map(\.id) {
            for file in ["evidence.json", "result.json", "report.html"] where keep(student, file) {
                let text = try String(contentsOfFile: latest.path(file, student: student), encoding: .utf8)
                try run.write(text, as: file, student: student)
            }
        }
        return run
    }

    @Test func aCompleteRunIsNotGoneOnWith() throws {
        #expect(try resumed() == nil)
        try FileManager.default.removeItem(atPath: latest.path("students/etu2"))
        #expect(try resumed() == ["etu2"])
    }

    /// Killed while it wrote: evidence without result is judged, damaged evidence is not taken over.
    @Test func whatWasSeenIsNotLookedAtAgain() throws {
        let run = try killed { student, file in
            ["etu1", "etu2"].contains(student) || student == "etu3" && file == "evidence.json"
        }
        try run.write("{", as: "evidence.json", student: "etu1")
        #expect(try resumed() == ["etu1", "etu4", "etu5"])
    }

    /// Killed after the last student, before the class page.
    @Test func aRunThatLacksOnlyItsPageIsFinished() async throws {
        let run = try killed { _, _ in true }
        let order = try #require(try RunOrder.resuming(recorded.roster, in: recorded.reports))
        #expect(order.lookedAt.isEmpty && order.students.count == 5)
        let outcome = try await recorded.classGrader().grade(order) { event in Issue.record("\(event)") }
        #expect(outcome.run.name != run.name && outcome.results.count == 5)
        let page = try String(contentsOfFile: outcome.run.path("index.html"), encoding: .utf8)
        for student in 1...5 { #expect(page.contains("etu\(student)")) }
        // As they were: the same evidence, of the same day.
        for result in outcome.results {
            let before = try latest.result(of: result.student.id)
            #expect(result.score == before.score && result.collectedAt == before.collectedAt)
            #expect(result.provenance == before.provenance)
        }
        #expect(try resumed() == nil)
    }

    /// Killed while it took over what an earlier run had seen.
    @Test func aRunThatGoesOnCanBeGoneOnWith() throws {
        let carried = [
            "etu1": latest.name, "etu2": latest.name, "etu3": latest.name, "etu4": "2001-01-01T000000Z",
        ]
        _ = try killed(carried: carried) { student, _ in student == "etu1" }
        #expect(try resumed() == ["etu4", "etu5"])
    }

    @Test func aRunThatHadNotBegunBegins() throws {
        try FileManager.default.removeItem(atPath: recorded.reports.folder(of: "demo"))
        try FileManager.default.createDirectory(
            atPath: "\(recorded.reports.path)/demo/2099-01-01T000000Z", withIntermediateDirectories: true)
        #expect(try resumed()?.count == 5)
    }

    /// Its evidence would be judged by a sheet that it was not collected for.
    @Test func aRunOfAnotherExerciseIsNotGoneOnWith() throws {
        var other = recorded.roster
        other.exercise = "activite-1"
        func begun() throws -> Int? { lookedAt(try RunOrder.resuming(other, in: recorded.reports))?.count }
        #expect(try begun() == 5)
        _ = try killed { student, _ in student == "etu1" }
        #expect(try begun() == 5)
        #expect(try resumed() == ["etu2", "etu3", "etu4", "etu5"])
    }

    /// A class of which one student is looked at again stays whole, though it has done another sheet since.
    @Test func aRunOfAnotherExerciseDropsNobody() throws {
        let other = try recorded.score().run
        var manifest = try other.manifest()
        manifest.exercise = "activite-1"
        try other.write(manifest)
        #expect(try recorded.reports.latestRun(of: "demo")?.name == other.name)
        let one = recorded.roster.students.filter { $0.identity.id == "etu3" }
        let order = try RunOrder.only(one, of: recorded.roster, in: recorded.reports)
        #expect(lookedAt(order) == ["etu3"] && order.students.count == 5)
        #expect(Set(order.takenOver.values.map(\.name)) == [latest.name])
        #expect(lookedAt(try RunOrder.onlyFailed(recorded.roster, in: recorded.reports)) == ["etu5"])
        #expect(try resumed() == nil)
    }

    /// A run of an older Bascule's may hold it.
    @Test func evidenceOfAnotherExerciseIsJudgedByNone() async throws {
        var evidence = try latest.evidence(of: "etu1")
        evidence.exercise = "activite-1"
        try latest.write(evidence, student: "etu1")
        let order = try RunOrder.due([], of: recorded.roster, in: recorded.reports)
        let outcome = try await recorded.classGrader().grade(order) { _ in }
        #expect(outcome.missing.map(\.student.id) == ["etu1"] && outcome.results.count == 4)
        #expect(!outcome.isUnwritten && !outcome.run.hasResult(of: "etu1"))
    }

    @Test func onlyWhoFailedIsLookedAtAgain() throws {
        // The recorded class has one whose machines are off.
        let order = try RunOrder.onlyFailed(recorded.roster, in: recorded.reports)
        #expect(lookedAt(order) == ["etu5"] && order.students.count == 5)
    }

    @Test func aRunOfOneStudentIsStillOneOfTheClass() throws {
        let one = recorded.roster.students.filter { $0.identity.id == "etu3" }
        let order = try RunOrder.only(one, of: recorded.roster, in: recorded.reports)
        #expect(lookedAt(order) == ["etu3"] && order.students.count == 5)
        #expect(order.expected.map(\.id) == ["etu3"])
    }

    /// Whoever has nothing in the latest run is no less of the class, nor in the place that the roster gives.
    @Test func aRunOfOneStudentDropsNobody() async throws {
        let one = recorded.roster.students.filter { $0.identity.id == "etu3" }
        func order() throws -> RunOrder {
            try RunOrder.only(one, of: recorded.roster, in: recorded.reports)
        }
        let second = try recorded.score().run
        try FileManager.default.removeItem(atPath: second.path("students/etu2"))
        #expect(try order().takenOver["etu2"]?.name == latest.name && order().students.count == 5)

        // Of whom no run has anything.
        try FileManager.default.removeItem(atPath: latest.path("students/etu2"))
        let without = try order()
        #expect(without.notSeen.map(\.student.id) == ["etu2"] && lookedAt(without) == ["etu3"])
        let request = GradingRequest(without, of: recorded.roster, by: recorded.grader)
        #expect(try request.order(for: recorded.classGrader()).notSeen == without.notSeen)
        let outcome = try await recorded.classGrader().grade(without) { _ in }
        #expect(try outcome.run.manifest().students.map(\.id) == (1...5).map { "etu\($0)" })
        #expect(outcome.missing.map(\.student.id) == ["etu2"] && outcome.results.count == 4)
        // Neither by the next, nor where that is gone on with.
        #expect(try order().everybody.count == 5)
        try FileManager.default.removeItem(atPath: outcome.run.path("students/etu3"))
        let rest = try #require(try RunOrder.resuming(recorded.roster, in: recorded.reports))
        #expect(lookedAt(rest) == ["etu3"] && rest.notSeen.map(\.student.id) == ["etu2"])
    }

    /// What another student's result, taken over, comes to is not what was asked for.
    @Test func aRunIsIncompleteForWhoWasAskedFor() throws {
        var outcome = RunOutcome(run: latest)
        outcome.results = try ["etu1", "etu5"].map { try latest.result(of: $0) }
        #expect(!outcome.isIncomplete(of: ["etu1"]))
        #expect(outcome.isIncomplete(of: ["etu5"]) && outcome.isIncomplete(of: ["etu1", "etu5"]))
        #expect(outcome.isIncomplete(of: ["etu1", "etu2"]), "of whom there is nothing")
        outcome.missing = [NoResult(outcome.results[0].student, .notReached)]
        #expect(outcome.isIncomplete(of: ["etu1"]))
    }
}
