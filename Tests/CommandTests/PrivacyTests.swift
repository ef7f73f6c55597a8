import Foundation
import Testing

/// What is left of students after `purge`, and what a `bundle` says of others: every file searched, as bytes.
struct PrivacyTests {
    private struct Person {
        var id: String
        var words: [String]
    }

    private static let people = [
        Person(id: "etu1", words: ["etu1", "Alizée", "MÉSANGE", "172.16.1."]),
        Person(id: "etu2", words: ["etu2", "Basile", "CORMORAN", "172.16.2."]),
        Person(id: "etu3", words: ["etu3", "Capucine", "BOUVREUIL", "172.16.3."]),
        Person(id: "etu4", words: ["etu4", "Désiré", "TAMARIS", "172.16.4."]),
        Person(id: "etu5", words: ["etu5", "Églantine", "SITTELLE", "172.16.5."]),
    ]

    /// Files below a folder (names count too) that hold a word, as `file: word`.
    private func found(_ words: [String], in folder: URL) throws -> [String] {
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
        return files.flatMap { file -> [String] in
            let data = (try? Data(contentsOf: folder.appending(path: file))) ?? Data()
            return words.filter { data.range(of: Data($0.utf8)) != nil || file.contains($0) }
                .map { "\(file): \($0)" }
        }
    }

    /// Two runs: the recorded class, and later the first student alone.
    private func reports() async throws -> URL {
        let folder = try Program.temporaryFolder()
        let reports = folder.path(percentEncoded: false)
        let recorded = Program.repository.appending(path: "exercises/activite-2/recorded")
        try await Program.run(["score", recorded.path(percentEncoded: false), "--reports", reports])
        let later = folder.appending(path: "later")
        try FileManager.default.copyItem(at: recorded, to: later)
        let file = later.appending(path: "run.json")
        var manifest = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        manifest["startedAt"] = "2027-02-01T08:00:00.000Z"
        manifest["students"] = (manifest["students"] as? [Any])?.prefix(1).map { $0 }
        try JSONSerialization.data(withJSONObject: manifest).write(to: file)
        try await Program.run(["score", later.path(percentEncoded: false), "--reports", reports])
        try FileManager.default.removeItem(at: later)
        let answers = folder.appending(path: "demo/answers")
        try FileManager.default.createDirectory(at: answers, withIntermediateDirectories: true)
        for (id, name) in [("etu1", "Alizée"), ("etu2", "Basile")] {
            try Data("# Q2\nRéponse de \(name)\n".utf8).write(to: answers.appending(path: "\(id).md"))
        }
        for id in ["etu1", "etu2"] {
            // Marked where the student has a run: the latest holds only the first.
            try await Program.run([
                "mark", "--class", "demo", "--student", id, "Q2.written", "0.5", "--reports", reports,
            ])
        }
        return folder
    }

    @Test func nothingIsLeftOfPurgedStudents() async throws {
        let folder = try await reports()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.path(percentEncoded: false)
        let gone = Self.people.dropFirst()
        // Otherwise the search below would prove nothing.
        for person in gone {
            for word in person.words { #expect(try !found([word], in: folder).isEmpty, "\(word)") }
        }
        #expect(try found(["etu2"], in: folder).contains("demo/history.sqlite: etu2"))
        #expect(try found(["etu2"], in: folder).contains("demo/marks.yaml: etu2"))

        let dry = try await Program.run([
            "purge", "--class", "demo", "--before", "2027-01-01", "--dry-run", "--reports", reports,
        ])
        #expect(dry.status == 0)
        #expect(try !found(["etu2"], in: folder).isEmpty)

        let outcome = try await Program.run(
            ["purge", "--class", "demo", "--before", "2027-01-01", "--yes", "--reports", reports])
        #expect(outcome.status == 0, "\(outcome.complaints)")
        // The evidence of who stays named neighbours.
        #expect(outcome.output.contains("students/etu1/evidence.json: lines about the removed students"))
        #expect(try found(gone.flatMap(\.words), in: folder) == [])
        for word in ["etu1", "MÉSANGE"] { #expect(try !found([word], in: folder).isEmpty) }
        let history = try await Program.run(["history", "--student", "etu1", "--reports", reports])
        #expect(history.lines.count == 2, "\(history.output)")
        let page = folder.appending(path: "demo/latest/index.html")
        #expect(FileManager.default.fileExists(atPath: page.path(percentEncoded: false)))
    }

    @Test func aPurgeOfEverythingLeavesNothing() async throws {
        let folder = try await reports()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await Program.run(
            [
                "purge", "--class", "demo", "--before", "2040-01-01", "--yes", "--reports",
                folder.path(percentEncoded: false),
            ])
        #expect(outcome.status == 0, "\(outcome.complaints)")
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false)) == [])
    }

    /// Marks cannot be had back: nothing goes before somebody has said yes.
    @Test(arguments: [
        ("C.UTF-8", "n", "Nothing was removed.", 130), ("C.UTF-8", "", "Nothing was removed.", 130),
        ("C.UTF-8", "y", "its marks, answers and history go too", 0),
        ("fr_FR", "o", "notes, réponses et historique partent aussi", 0),
    ])
    func aPurgeAsksAtATerminal(_ locale: String, _ answer: String, _ words: String, _ status: Int)
        async throws
    {
        let folder = try await reports()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.path(percentEncoded: false)
        // script(1) is a terminal for the program.
        let outcome = try await Program.bash(
            "echo $1 | script -qec \"'$0' purge --class demo --before 2040-01-01 --reports '$2'\" /dev/null",
            [answer, reports], environment: ["LC_ALL": locale])
        #expect(outcome.status == status, "\(outcome.output)")
        #expect(outcome.output.contains(words), "\(outcome.output)")
        #expect(try found(["etu2"], in: folder).isEmpty == (status == 0))
    }

    @Test func aPurgeThatCannotAskOrHasNothingToDoSaysSo() async throws {
        let folder = try await reports()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.path(percentEncoded: false)
        let unasked = try await Program.run([
            "purge", "--class", "demo", "--before", "2040-01-01", "--reports", reports,
        ])
        #expect(unasked.status == 64 && unasked.complaints.contains("--yes"), "\(unasked.complaints)")
        let early = try await Program.run([
            "purge", "--class", "demo", "--before", "2020-01-01", "--reports", reports,
        ])
        #expect(early.status == 0 && early.output.contains("nothing to remove"), "\(early.output)")
        let unknown = try await Program.run([
            "purge", "--class", "dmeo", "--before", "2040-01-01", "-y", "--reports", reports,
        ])
        #expect(
            unknown.status == 65 && unknown.complaints.contains("demo"), "\(unknown.complaints)")
        #expect(try !found(["etu2"], in: folder).isEmpty)
    }

    @Test func aBundleHoldsOneStudentAndNobodyElse() async throws {
        let folder = try await reports()
        defer { try? FileManager.default.removeItem(at: folder) }
        for person in Self.people {
            let bundle = folder.appending(path: "\(person.id)-out")
            let outcome = try await Program.run(
                [
                    "bundle", "--student", person.id, "--reports", folder.path(percentEncoded: false), "-o",
                    bundle.path(percentEncoded: false),
                ])
            #expect(outcome.status == 0, "\(outcome.complaints)")
            let others = Self.people.filter { $0.id != person.id }.flatMap(\.words)
            #expect(try found(others, in: bundle) == [])
            let files = try FileManager.default.subpathsOfDirectory(
                atPath: bundle.path(percentEncoded: false))
            let runs = person.id == "etu1" ? 2 : 1
            for name in ["evidence.json", "result.json", "report.html", "report.md"] {
                #expect(files.count { $0.hasSuffix("/\(name)") } == runs, "\(person.id) \(name)")
            }
            #expect(files.contains("history.txt") && files.contains("README.md"))
            #expect(files.contains("\(person.id).md") == ["etu1", "etu2"].contains(person.id))
            #expect(files.contains("marks.yaml") == ["etu1", "etu2"].contains(person.id))
        }
    }

    @Test func aBundleIsNeverPutOverSomethingElse() async throws {
        let folder = try await reports()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.path(percentEncoded: false)
        let outcome = try await Program.run([
            "bundle", "--student", "etu1", "--reports", reports, "-o", reports,
        ])
        #expect(outcome.status == 65)
        let nobody = try await Program.run([
            "bundle", "--student", "etu9", "--reports", reports, "-o", "\(reports)/x",
        ])
        #expect(nobody.status == 65 && nobody.complaints.contains("etu9"))
    }
}
