import Foundation
import GraderCore
import Reports
import Testing

@testable import ClassRun

/// A class's folder under another name than its runs say: marks and answers beside them are not passed over in silence.
struct RenamedClassTests {
    private let recorded: RecordedClass
    private let run: RunFolder

    init() throws { (recorded, run) = try RecordedClass.judged() }

    private func rename() throws -> RunFolder {
        try FileManager.default.moveItem(
            atPath: recorded.reports.folder(of: "demo"), toPath: recorded.reports.folder(of: "demo-2025"))
        return RunFolder(path: "\(try recorded.reports.folder(of: "demo-2025"))/\(run.name)")
    }

    @Test func itIsSaidWhatItHasToBeCalled() throws {
        let mark = TeacherMark(points: Points(thousandths: 500))
        _ = try recorded.reports.mark("etu1", MarkSubject("Q2.written"), mark, in: "demo") { _ in }
        let moved = try rename()
        for use in [
            { _ = try moved.place { _ in } }, { _ = try GradedRun(moved) { _ in } },
            {
                _ = try recorded.reports.mark("etu1", MarkSubject("Q2.written"), mark, in: "demo-2025") { _ in
                }
            },
        ] as [() throws -> Void] {
            let failure = #expect(throws: StoreFailure.self) { try use() }
            #expect(failure?.sentence.en.contains("rename that folder back to demo,") == true)
            #expect(failure?.sentence.fr.contains("rendre à ce dossier le nom demo,") == true)
        }
        // Back under its name, and it counts.
        try FileManager.default.moveItem(
            atPath: recorded.reports.folder(of: "demo-2025"), toPath: recorded.reports.folder(of: "demo"))
        let result = try #require(
            try run.place { _ in }.writeAgain().results.first { $0.student.id == "etu1" })
        #expect(result.questions.flatMap(\.checks).contains { $0.teacher?.points == mark.points })
    }

    /// Nothing lies beside a run that was copied alone: its results are what they hold.
    @Test func aRunThatWasCopiedAloneIsRead() throws {
        let folder = try TestFolder()
        let copy = RunFolder(path: "\(folder.path)/\(run.name)")
        try FileManager.default.copyItem(atPath: run.path, toPath: copy.path)
        #expect(try GradedRun(copy) { _ in }.results.count == copy.place { _ in }.writeAgain().results.count)
    }
}
