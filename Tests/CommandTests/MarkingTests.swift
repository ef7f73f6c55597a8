import Foundation
import Testing

/// A class's written answers, marked in a table or one by one, on the recorded class.
struct MarkingCommandTests {
    /// A graded class in which two students have handed in the same answer to Q2, and one another.
    private func handedIn() async throws -> (folder: URL, reports: String) {
        let folder = try Program.temporaryFolder()
        let reports = folder.path(percentEncoded: false)
        let answers = folder.appending(path: "demo/answers")
        try FileManager.default.createDirectory(at: answers, withIntermediateDirectories: true)
        for (student, answer) in [
            ("etu1", "Sur serv1."), ("etu3", "sur  SERV1."), ("etu4", "Sur serv2 \u{1B}[31m?"),
        ] {
            try Data("# Q2\n\(answer)\n".utf8).write(to: answers.appending(path: "\(student).md"))
        }
        try await Program.run(["score", "exercises/activite-2/recorded", "--reports", reports])
        return (folder, reports)
    }

    private func marks(_ folder: URL) throws -> String {
        try String(contentsOf: folder.appending(path: "demo/marks.yaml"), encoding: .utf8)
    }

    @Test func inATable() async throws {
        let (folder, reports) = try await handedIn()
        defer { try? FileManager.default.removeItem(at: folder) }
        let exported = try await Program.run(
            ["marks", "export", "--class", "demo", "--question", "Q2", "--reports", reports],
            environment: ["LC_ALL": "fr_FR.UTF-8"])
        #expect(exported.status == 0, "\(exported.complaints)")
        #expect(exported.output.contains("\"etu1 + etu3\";"), "\(exported.output)")
        #expect(exported.output.contains("premier démarrage sur serv1"))
        #expect(!exported.output.contains("\u{1B}"))
        let table = folder.appending(path: "q2.csv").path(percentEncoded: false)
        let filled = "Points;Vérification;Identifiant\n0,5;Q2.written;etu1 + etu3\n0,25;Q2.written;etu4\n"
        try Data(filled.utf8).write(to: URL(filePath: table))
        let imported = try await Program.run([
            "marks", "import", "--class", "demo", table, "--reports", reports,
        ])
        #expect(imported.status == 0, "\(imported.complaints)")
        #expect(
            imported.lines.first == "etu1  Q2.written  – → 0.5" && imported.lines.last == "3 marks changed."
        )
        let before = try marks(folder)
        try Data((filled + "9;Q2.written;etu2\n1;Q2.written;etu9\n").utf8).write(to: URL(filePath: table))
        let wrong = try await Program.run(["marks", "import", "--class", "demo", table, "--reports", reports])
        #expect(wrong.status == 65)
        #expect(
            wrong.complaints.contains("q2.csv:4:1: error:") && wrong.complaints.contains("q2.csv:5:1: error:")
        )
        #expect(try marks(folder) == before)
    }

    @Test func oneByOne() async throws {
        let (folder, reports) = try await handedIn()
        defer { try? FileManager.default.removeItem(at: folder) }
        let typed = folder.appending(path: "typed").path(percentEncoded: false)
        // The first gets too much, then points; the second is passed over; the last is taken back and passed over.
        try Data("9\n0,5 Bien vu.\n\n0,25\n0,1\nu\n\n\n".utf8).write(to: URL(filePath: typed))
        let told = try await Program.run(
            ["mark", "--class", "demo", "--question", "Q2", "--anonymous", "--reports", reports],
            inputFile: typed)
        #expect(told.status == 0, "\(told.complaints)")
        #expect(told.output.contains("  │ Sur serv1.") && !told.output.contains("etu1"))
        // Behind the prompt, which a terminal's Enter ends; a blank line before each answer.
        #expect(told.lines.filter { $0 == "> That was the last. Enter: end; u: take back." }.count == 2)
        #expect(told.output.contains("\n\n1/4  Q2.written"), "\(told.output)")
        #expect(told.output.hasSuffix("2 rows marked.\n"), "\(told.output)")
        let marks = try marks(folder)
        #expect(marks.components(separatedBy: "{points: 0.5, comment: \"Bien vu.\"}").count == 3, "\(marks)")
        #expect(marks.contains("Q2.written: 0.25\n") && !marks.contains("0.1"))
    }

    /// In another terminal one of two students with the same words is marked while both are shown here.
    @Test func whatHasChangedIsShownAgain() async throws {
        let (folder, reports) = try await handedIn()
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = """
            mkfifo "$0/in"; "$@" < "$0/in" > "$0/out" & exec 3> "$0/in"
            until grep -q '^> ' "$0/out"; do sleep 0.1; done
            "$1" mark --class demo --reports "$0" --student etu1 Q2.written 0 --comment "copied, see me"
            printf '0.5\n0.25\nq\n' >&3; exec 3>&-; wait; cat "$0/out"
            """
        let told = try await Program.run(
            ["mark", "--class", "demo", "--question", "Q2", "--reports", reports],
            through: ["sh", "-c", script, reports])
        #expect(told.status == 0, "\(told.complaints)")
        #expect(told.output.contains("nothing was given"), "\(told.output)")
        #expect(told.output.hasSuffix("1 row marked.\n"), "\(told.output)")
        let marks = try marks(folder)
        #expect(marks.contains("{points: 0, comment: \"copied, see me\"}"), "\(marks)")
        #expect(marks.contains("Q2.written: 0.25\n") && !marks.contains("0.5"), "\(marks)")
    }
}
