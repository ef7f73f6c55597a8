import Foundation
import Testing

/// From what a class has handed in to what it gets back, on the recorded class.
struct AnswersTests {
    private static let fixtures = "Tests/Fixtures/answers"

    private func graded() async throws -> (folder: URL, reports: String) {
        let folder = try Program.temporaryFolder()
        let reports = folder.path(percentEncoded: false)
        try await Program.run(["score", "exercises/activite-2/recorded", "--reports", reports])
        return (folder, reports)
    }

    /// Files as Moodle names them in a zip: four formats that are read, one that is not, and one that is nobody's.
    private func submissions(_ folder: URL) throws -> URL {
        let submissions = folder.appending(path: "submissions")
        let files = [
            ("etu1_20371_assignsubmission_file_/tp.docx", "reponses.docx"),
            ("etu2_20372_assignsubmission_file_/tp.odt", "reponses.odt"),
            ("etu3_20373_assignsubmission_file_/tp final.PDF", "reponses.pdf"),
        ]
        for (name, fixture) in files {
            let file = submissions.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(contentsOf: URL(filePath: "\(Self.fixtures)/\(fixture)")).write(to: file)
        }
        let windows = try #require(
            "Q2 : Sur serv1, aucune préférence.\r\nQ7 : serv1\r\n".data(using: .windowsCP1252))
        for (name, data) in [
            ("etu4_20374_assignsubmission_file_tp.txt", windows),
            ("etu5_20375_assignsubmission_file_tp.pages", Data("PK".utf8)),
            ("Quelqu'un_20376_assignsubmission_file_tp.md", Data("# Q2\nserv1\n".utf8)),
        ] {
            try data.write(to: submissions.appending(path: name))
        }
        return submissions
    }

    @Test func documentsAreTakenProposedForAndHandedBack() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let submissions = try submissions(folder)
        let zip = folder.appending(path: "Devoir 1.zip").path(percentEncoded: false)
        _ = try await Program.shell([
            "sh", "-c", #"cd "$0" && zip -qr "$1" ."#, submissions.path(percentEncoded: false), zip,
        ])
        let taken = try await Program.run(["answers", "--class", "demo", zip, "--reports", reports])
        #expect(taken.status == 2, "\(taken.complaints)")
        #expect(
            Array(taken.lines.prefix(5)) == [
                "etu1  Q2, Q6, Q7", "etu2  Q2, Q6, Q7", "etu3  Q2, Q6, Q7", "etu4  Q2, Q7",
                "4 of 5 students: answers taken.",
            ], "\(taken.output)")
        #expect(taken.complaints.contains("tp.pages is of a format that is not read here"))
        #expect(taken.complaints.contains("Quelqu'un_20376"))

        let table = try await Program.run([
            "marks", "export", "--class", "demo", "--question", "Q2", "--reports", reports,
        ])
        // The same words in four formats, the same shown of two of the pairs.
        #expect(table.output.contains("\"Sur serv1, aucune préférence.\""), "\(table.output)")
        #expect(table.output.contains("wrote “serv1”; IPFailover: first start on serv1"), "\(table.output)")

        let accepted = try await Program.run(
            [
                "mark", "--class", "demo", "--question", "all", "--accept-proposals", "certain", "--reports",
                reports,
            ])
        #expect(accepted.status == 0, "\(accepted.complaints)")
        #expect(
            accepted.lines.contains { $0.hasPrefix("etu1  Q2.written  0.5  wrote “serv1”") },
            "\(accepted.output)")
        #expect(!accepted.lines.contains { $0.hasPrefix("etu2") || $0.contains("Q6.written") })
        let marks = try String(contentsOf: folder.appending(path: "demo/marks.yaml"), encoding: .utf8)
        #expect(marks.contains("Q2.written: 0.5"))
        let again = try await Program.run(
            [
                "mark", "--class", "demo", "--question", "all", "--accept-proposals", "certain", "--reports",
                reports,
            ])
        #expect(again.lines.count == 1 && again.output.hasPrefix("0 proposals accepted"))

        try await handedBack(folder, reports)
        try await Program.run([
            "purge", "--class", "demo", "--before", "2099-01-01", "--yes", "--reports", reports,
        ])
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.appending(path: "demo/answers").path(percentEncoded: false)))
    }

    /// Moodle's own zip: a folder for each who handed in through it, with the report as a student sees it.
    private func handedBack(_ folder: URL, _ reports: String) async throws {
        let feedback = folder.appending(path: "feedback.zip").path(percentEncoded: false)
        let export = try await Program.run(
            ["export", "\(reports)/demo/latest", "--format", "moodle-feedback", "-o", feedback])
        #expect(export.status == 0, "\(export.complaints)")
        let listed = try await Program.shell(["unzip", "-Z1", feedback])
        let names = listed.split(separator: "\n").map(String.init).filter { !$0.hasSuffix("/") }.sorted()
        #expect(
            names.count == 5 && names.allSatisfy { $0.hasSuffix("_assignfeedback_file/compte-rendu.html") })
        #expect(names.contains { $0.contains("_20371_") } && names.contains { $0.contains("_20375_") })
        let page = try await Program.shell(["unzip", "-p", feedback, "*_20371_*"])
        #expect(page.contains("etu1") && !page.contains("etu3"))
    }

    /// Of two who call themselves the same on Moodle one is not he: neither is taken, nor is anything handed back, before
    /// the teacher has said which. A team hands in under each one's number, and each gets the report.
    @Test func severalParticipantsOfOneName() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let submissions = folder.appending(path: "submissions")
        try FileManager.default.createDirectory(at: submissions, withIntermediateDirectories: true)
        for (student, number, answer) in [("etu1", 11, "serv1"), ("etu1", 12, "serv2")] {
            try Data("# Q2\n\(answer)\n".utf8).write(
                to: submissions.appending(path: "\(student)_\(number)_assignsubmission_file_tp.txt"))
        }
        let source = submissions.path(percentEncoded: false)
        let unclear = try await Program.run(["answers", "--class", "demo", source, "--reports", reports])
        #expect(unclear.status == 2 && unclear.lines == ["0 of 5 students: answers taken."])
        #expect(unclear.complaints.contains("etu1: handed in by several participants on Moodle"))
        let names = folder.appending(path: "names.csv").path(percentEncoded: false)
        try Data("11;etu1\n".utf8).write(to: URL(filePath: names))
        let clear = try await Program.run([
            "answers", "--class", "demo", source, "--names", names, "--reports", reports,
        ])
        #expect(clear.lines.first == "etu1  Q2" && clear.complaints.contains("etu1_12_"))
        let answers = folder.appending(path: "demo/answers")
        #expect(try String(contentsOf: answers.appending(path: "etu1.md"), encoding: .utf8).contains("serv1"))
        try Data("11\n13\n".utf8).write(to: answers.appending(path: "etu1.moodle"))
        let feedback = folder.appending(path: "feedback.zip").path(percentEncoded: false)
        try await Program.run([
            "export", "\(reports)/demo/latest", "--format", "moodle-feedback", "-o", feedback,
        ])
        let listed = try await Program.shell(["unzip", "-Z1", feedback])
        #expect(["_11_", "_13_"].allSatisfy(listed.contains) && !listed.contains("_12_"), "\(listed)")
        // Another's number is nobody's, also where that one is not asked for.
        try Data("11\n".utf8).write(to: answers.appending(path: "etu2.moodle"))
        try await Program.run([
            "export", "\(reports)/demo/latest", "--format", "moodle-feedback", "--student", "etu1", "-o",
            feedback,
        ])
        let own = try await Program.shell(["unzip", "-Z1", feedback])
        #expect(own.contains("_13_") && !own.contains("_11_"), "\(own)")
    }

    /// As the run's own pages are; whose a folder is the number alone says.
    @Test func theClassesClocksAndALongNameAreHandedBack() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (run, reports) = (folder.appending(path: "run"), folder.path(percentEncoded: false))
        try FileManager.default.copyItem(
            at: Program.repository.appending(path: "exercises/activite-2/recorded"), to: run)
        let manifest = run.appending(path: "run.json")
        let text = try String(contentsOf: manifest, encoding: .utf8)
            .replacing("Alizée MÉSANGE", with: String(repeating: "日本é", count: 80))
            .replacing("{\n  \"className\"", with: "{\n  \"timeZone\" : \"America/Bogota\",\n  \"className\"")
        try text.write(to: manifest, atomically: true, encoding: .utf8)
        try await Program.run(["score", run.path(percentEncoded: false), "--reports", reports])
        let submissions = folder.appending(path: "submissions")
        try FileManager.default.createDirectory(at: submissions, withIntermediateDirectories: true)
        for name in ["etu1_11", "etu2_12"] {
            try Data("# Q2\nserv1\n".utf8).write(
                to: submissions.appending(path: "\(name)_assignsubmission_file_tp.txt"))
        }
        try await Program.run([
            "answers", "--class", "demo", submissions.path(percentEncoded: false), "--reports", reports,
        ])
        let feedback = folder.appending(path: "feedback.zip").path(percentEncoded: false)
        let export = try await Program.run([
            "export", "\(reports)/demo/latest", "--format", "moodle-feedback", "-o", feedback,
        ])
        // The others handed in nothing.
        #expect(export.status == 2, "\(export.complaints)")
        let time = #/\d\d:\d\d UTC-5/#
        for (student, number) in [("etu1", 11), ("etu2", 12)] {
            let page = try await Program.shell(["unzip", "-p", feedback, "*_\(number)_*"])
            let own = try String(
                contentsOf: folder.appending(path: "demo/latest/students/\(student)/report.html"),
                encoding: .utf8)
            let shown = try #require(own.firstMatch(of: time))
            #expect(page.firstMatch(of: time)?.output == shown.output && page.contains("\(student)"))
        }
    }

    @Test func theSheetToWriteIn() async throws {
        let sheet = try await Program.run(["check", "--template", "--lang", "fr"])
        #expect(sheet.status == 0, "\(sheet.complaints)")
        #expect(sheet.lines.filter { $0.hasPrefix("# ") } == ["# Q2", "# Q6", "# Q7", "# Q10"])
        #expect(sheet.output.contains("reponses.md"))
    }

    @Test func wrongNamesStopBeforeAnythingIsTaken() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let names = folder.appending(path: "names.csv").path(percentEncoded: false)
        try Data("name;id\nDupont Camille;etu9\n".utf8).write(to: URL(filePath: names))
        let wrong = try await Program.run(
            ["answers", "--class", "demo", reports, "--names", names, "--reports", reports])
        let lines = wrong.complaints.split(separator: "\n")
        #expect(wrong.status == 65 && lines.count == 2, "\(wrong.complaints)")
        #expect(
            lines.first?.contains("names.csv:1:1: error: “name” is “id”, who is not in the class") == true)
        #expect(lines.last?.contains("names.csv:2:1: error: “Dupont Camille” is “etu9”, who is not") == true)
        let none = try await Program.run([
            "answers", "--class", "demo", "\(reports)/nowhere", "--reports", reports,
        ])
        #expect(none.status != 0 && none.complaints.contains("cannot be read as a folder"))
        let zip = folder.appending(path: "broken.zip").path(percentEncoded: false)
        try Data("PK".utf8).write(to: URL(filePath: zip))
        let broken = try await Program.run(["answers", "--class", "demo", zip, "--reports", reports])
        #expect(
            broken.status != 0 && broken.complaints.contains("cannot be unpacked"), "\(broken.complaints)")
        // unzip(1) would wait for whoever writes into it.
        let pipe = folder.appending(path: "pipe.zip").path(percentEncoded: false)
        try #require(mkfifo(pipe, 0o600) == 0)
        let waiting = try await Program.run(["answers", "--class", "demo", pipe, "--reports", reports])
        #expect(
            waiting.status != 0 && waiting.complaints.contains("pipe.zip is not a regular file"),
            "\(waiting.complaints)")
    }

    /// One film keeps nobody's answers out, and no terminal is asked for a password.
    @Test func whatIsTooLongOrEncryptedInAZipIsSaid() async throws {
        let (folder, reports) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await Program.shell([
            "sh", "-c",
            """
            cd "$0" && mkdir -p f/etu1_20371_assignsubmission_file_ && cd f/etu1* && printf '# Q2\\nOui\\n' >r.md && \\
            head -c 70000000 /dev/zero >'film [1].mp4' && cd .. && zip -qr ../film.zip . && \\
            zip -q -P x ../secret.zip etu1*/r.md
            """, folder.path(percentEncoded: false),
        ])
        func take(_ name: String) async throws -> Program.Outcome {
            let zip = folder.appending(path: name).path(percentEncoded: false)
            return try await Program.run(["answers", "--class", "demo", zip, "--reports", reports])
        }
        let long = try await take("film.zip")
        #expect(long.status == 2 && long.lines.first == "etu1  Q2", "\(long.output)\(long.complaints)")
        #expect(long.complaints.contains("film [1].mp4: more than 64 MiB"), "\(long.complaints)")
        let secret = try await take("secret.zip")
        #expect(secret.status == 65 && secret.complaints.contains("is encrypted"), "\(secret.complaints)")
    }
}
