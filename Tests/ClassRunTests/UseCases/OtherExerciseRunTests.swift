import Foundation
import GraderCore
import Reports
import Testing

@testable import ClassRun

/// A class's folder may hold runs of several lab sheets: a mark in time is one of the same sheet.
struct OtherExerciseRunTests {
    private let recorded: RecordedClass

    init() throws { recorded = try RecordedClass("etu1", "etu5") }

    /// - Parameter whose: whose recorded evidence etu1 has.
    private func score(day: Double, _ whose: String) throws -> RunFolder {
        let folder = try TestFolder()
        let copy = RunFolder(path: folder.path)
        var manifest = try RecordedClass.run.manifest()
        manifest.students = manifest.students.filter { $0.id == "etu1" }
        var evidence = try #require(recorded.evidence[whose])
        evidence.student = "etu1"
        evidence.startedAt = evidence.startedAt.addingTimeInterval(day * 86_400)
        manifest.startedAt = evidence.startedAt
        manifest.deadlines = [
            "etu1": try #require(recorded.evidence["etu1"]).startedAt.addingTimeInterval(43_200)
        ]
        try copy.write(manifest)
        try copy.write(evidence, student: "etu1")
        return try withExtendedLifetime(folder) {
            try recorded.reports.scoreAgain(copy, manifest, by: recorded.grader) { _ in }.run
        }
    }

    /// As the run of another lab sheet is.
    private func makeOther(_ run: RunFolder) throws {
        var manifest = try run.manifest()
        var result = try run.result(of: "etu1")
        (manifest.exercise, result.exercise) = ("activite-1", "activite-1")
        try run.write(manifest)
        try run.write(result)
    }

    @Test func aRunOfAnotherExerciseNeverStands() throws {
        try makeOther(try score(day: -1, "etu1"))
        let late = try score(day: 2, "etu1")
        #expect(try late.result(of: "etu1").isLate)
        #expect(try late.result(of: "etu1").lateness?.standing == nil)
        #expect(try GradedRun(late) { _ in }.results.map(\.exercise) == ["activite-2"])
    }

    @Test func theRunInTimeOfTheSameExerciseDoes() throws {
        let own = try score(day: -2, "etu1")
        try makeOther(try score(day: -1, "etu1"))
        let late = try score(day: 2, "etu1")
        #expect(try late.result(of: "etu1").lateness?.standing?.run == own.name)
    }

    /// Written by a Bascule that did not look at the exercise.
    @Test func aStoredMarkOfAnotherExerciseCountsNoMore() throws {
        let own = try score(day: -2, "etu1")
        let other = try score(day: -1, "etu1")
        try makeOther(other)
        let late = try score(day: 2, "etu1")
        var result = try late.result(of: "etu1")
        result.lateness?.standing?.run = other.name
        try late.write(result)
        let current = try #require(try GradedRun(late) { _ in }.results.first)
        #expect(current.exercise == "activite-2")
        #expect(try current.collectedAt == own.result(of: "etu1").collectedAt)
    }
}
