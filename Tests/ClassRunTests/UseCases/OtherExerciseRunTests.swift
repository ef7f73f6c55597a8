import Foundation
import GraderCore
import Reports
import Testing

@testable import ClassRun

/// A class's folder may hold runs of several lab sheets: a mark in time is one of the same sheet.
struct OtherExerciseRunTests {
    private let recorded: RecordedClass

    init() throws { recorded = try RecordedClass("etu1", "etu5") }

    private func score(day: Double, _ whose: String) throws -> RunFolder {
        try recorded.score(whose, day: day, deadline: recorded.halfADayLater)
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
