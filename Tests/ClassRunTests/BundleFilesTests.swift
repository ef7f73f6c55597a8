import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// A bundle is there whole or not at all, says what it lacks, and holds nothing that a link leads to; and what killed
/// programs leave beside the runs is swept.
struct BundleFilesTests {
    private let recorded: RecordedClass
    private var reports: ReportsFolder { recorded.reports }
    private var folder: String { "\(reports.path)/demo" }
    private var bundle: StudentBundle { StudentBundle(reports: reports, className: "demo", student: "etu1") }
    private var output: String { "\(reports.path)/etu1-bundle" }

    init() throws { recorded = try RecordedClass.judged().recorded }

    private func remarks() throws -> [String] {
        var remarks: [String] = []
        try bundle.write(to: output) { remarks.append($0.en) }
        return remarks
    }

    private func files() -> Set<String> { Set(FileManager.default.subpaths(atPath: output) ?? []) }

    @Test func damagedMarksAreNamed() throws {
        #expect(try remarks().isEmpty)
        try FileManager.default.removeItem(atPath: output)
        try AtomicFile.write("students: [", to: "\(folder)/marks.yaml")
        let remarks = try remarks()
        #expect(remarks.count == 1 && remarks.first?.contains("\(folder)/marks.yaml") == true, "\(remarks)")
        #expect(files().contains("README.md") && !files().contains("marks.yaml"))
    }

    @Test func answersThatCannotBeReadAreNamed() throws {
        try AtomicFile.makeFolders("\(folder)/answers/etu1.md")
        let remarks = try remarks()
        #expect(remarks.contains { $0.contains("answers/etu1.md") }, "\(remarks)")
    }

    /// What a killed one has left is in nobody's way, and does not stay.
    @Test func anInterruptedOneDoesNotBlockTheNext() throws {
        let names = [".etu1-bundle", ".etu2-bundle"].map { "\($0).\(UUID().uuidString).tmp" }
        for name in names { try AtomicFile.makeFolders("\(reports.path)/\(name)/2026-11-22T141530Z") }
        #expect(try remarks().isEmpty)
        #expect(files().isSuperset(of: ["README.md", "history.txt"]))
        let left = Set(try FileManager.default.contentsOfDirectory(atPath: reports.path))
        #expect(left == ["demo", "etu1-bundle", names[1]])
        // Nor is anything put over the one that is there.
        let before = files()
        #expect(throws: StoreFailure.self) { try bundle.write(to: output) }
        #expect(files() == before)
    }

    /// Where the answers are a link, they may be another student's.
    @Test func noAnswerIsReadThroughALink() throws {
        try AtomicFile.makeFolders("\(folder)/answers")
        try AtomicFile.write("# Q2\nde etu2\n", to: "\(folder)/answers/etu2.md")
        try AtomicFile.link("\(folder)/answers/etu1.md", to: "etu2.md")
        let remarks = try remarks()
        #expect(remarks.contains { $0.contains("answers/etu1.md") && $0.contains("symbolic link") })
        #expect(!files().contains("etu1.md"))
        #expect(try reports.writtenAnswers(of: "etu1", in: "demo").answers.isEmpty)
    }

    @Test func versionsThatAreALinkStopIt() throws {
        _ = try reports.saveAnswers([QuestionID("Q2"): "de etu2"], of: "etu2", in: "demo")
        try AtomicFile.link("\(folder)/answers/versions/etu1", to: "etu2")
        let failure = #expect(throws: StoreFailure.self) { try bundle.write(to: output) }
        #expect(failure?.sentence.en.contains("versions/etu1 is a symbolic link") == true)
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    @Test func noAnswerIsWrittenThroughALink() throws {
        let elsewhere = "\(reports.path)/elsewhere"
        try AtomicFile.makeFolders(elsewhere)
        try AtomicFile.link("\(folder)/answers", to: elsewhere)
        let failure = #expect(throws: StoreFailure.self) {
            try reports.saveAnswers([QuestionID("Q2"): "ici"], of: "etu1", in: "demo")
        }
        #expect(failure?.sentence.en.contains("\(folder)/answers is a symbolic link") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).isEmpty)
    }

    @Test func whatLiesBesideTheRunsIsSweptToo() throws {
        let places = ["answers", "answers/versions/etu1", "board", "board/students"].map { "\(folder)/\($0)" }
        for place in places {
            try AtomicFile.makeFolders(place)
            for name in ["etu1.md", ".hidden.tmp"] { try AtomicFile.write("x", to: "\(place)/\(name)") }
            try AtomicFile.write("x", to: TemporaryName.new(for: "\(place)/etu1.md"))
        }
        reports.sweep("demo")
        for place in places {
            let files = try FileManager.default.contentsOfDirectory(atPath: place).filter { $0.contains(".") }
            #expect(files.sorted() == [".hidden.tmp", "etu1.md"], "\(place)")
        }
    }
}
