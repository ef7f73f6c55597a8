import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// What was handed in takes the place of what lay there only where it can be read again.
struct TakingAnswersTests {
    private let recorded: RecordedClass
    private let handedIn: TestFolder

    init() throws {
        recorded = try RecordedClass.judged().recorded
        handedIn = try TestFolder()
    }

    private func take() async throws -> TakenAnswers {
        let files = try HandedIn(
            folder: handedIn.path, students: recorded.reports.knownStudents(of: "demo"))
        let evidence = try #require(recorded.evidence["etu1"])
        return try await recorded.reports.takeAnswers(
            files, into: "demo", read: DocumentText(on: ReplaySession(evidence, node: .serv1))
        ) { _ in }
    }

    private func answer() throws -> String? {
        WrittenAnswers.read(folder: try recorded.reports.answersFolder(of: "demo"), student: "etu1")
            .answers[QuestionID("Q2")]
    }

    /// Small as they are handed in: in Windows-1252, which UTF-8 doubles, and in two files.
    @Test(arguments: [
        [
            "etu1.txt": (
                text: "# Q2\n" + String(repeating: "é", count: 200_000),
                encoding: String.Encoding.windowsCP1252
            )
        ],
        [
            "etu1.md": (text: "# Q2\n" + String(repeating: "a", count: 200_000), encoding: .utf8),
            "etu1.txt": (text: "# Q6\n" + String(repeating: "b", count: 200_000), encoding: .utf8),
        ],
    ])
    func whatIsTooLongReplacesNothing(
        _ files: [String: (text: String, encoding: String.Encoding)]
    ) async throws {
        try handedIn.write("# Q2\nSur serv1\n", to: "etu1.md")
        #expect(try await take().students.map(\.id) == ["etu1"])
        try FileManager.default.removeItem(atPath: "\(handedIn.path)/etu1.md")
        for (name, file) in files {
            try handedIn.write(Array(try #require(file.text.data(using: file.encoding))), to: name)
        }
        let taken = try await take()
        #expect(taken.students.isEmpty)
        #expect(taken.remarks.count == 1 && taken.remarks[0].en.contains("256 KiB"), "\(taken.remarks)")
        #expect(try answer() == "Sur serv1")
    }

    @Test func whatItReplacesBecomesAVersion() async throws {
        let reports = recorded.reports
        try reports.saveAnswers([QuestionID("Q2"): "au tableau"], of: "etu1", in: "demo")
        try AtomicFile.write(
            "sans titre, à la main\n", to: "\(try reports.answersFolder(of: "demo"))/etu1.md")
        for text in ["rendu", "rendu de nouveau", "rendu de nouveau"] {
            try handedIn.write("# Q2\n\(text)\n", to: "etu1.md")
            #expect(try await take().students.map(\.id) == ["etu1"])
        }
        let folder = try reports.versionsFolder(of: "etu1", in: "demo")
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder).map {
            try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
        }
        #expect(
            Set(kept) == ["# Q2\nau tableau\n", "sans titre, à la main\n", "# Q2\nrendu\n"]
                && kept.count == 3)
        #expect(try answer() == "rendu de nouveau")
    }

    /// A link may lead to another's.
    @Test func whatCannotBeReadStays() async throws {
        let file = "\(try recorded.reports.answersFolder(of: "demo"))/etu1.md"
        try AtomicFile.makeFolders(FilePath.folder(of: file))
        try AtomicFile.write("# Q2\nd'un autre\n", to: "\(FilePath.folder(of: file))/other.md")
        try AtomicFile.link(file, to: "other.md")
        try handedIn.write("# Q2\nrendu\n", to: "etu1.md")
        let taken = try await take()
        #expect(taken.students.isEmpty && taken.remarks.count == 1)
        #expect(taken.remarks.first?.en.contains("etu1.md: cannot be read (a symbolic link)") == true)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file) == "other.md")
    }

    /// Twice the bytes as it is handed in, and half of what is taken.
    @Test func itIsTheTextThatIsMeasured() async throws {
        let text = "# Q2\n" + String(repeating: "a", count: 200_000)
        try handedIn.write(Array(try #require(text.data(using: .utf16))), to: "etu1.txt")
        #expect(try await take().students.map(\.id) == ["etu1"])
        #expect(try answer()?.count == 200_000)
    }
}
