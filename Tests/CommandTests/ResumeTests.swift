import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Runs that go on where an earlier one stopped. The machines are ports of the loopback that nothing listens on.
struct ResumeTests {
    private let students = (1...5).map { number in
        """
          - id: etu\(number)
            name: "Étudiant \(number)"
            serv1: {address: 172.16.\(number).10, login: "127.0.0.1:\(number)"}
            serv2: {address: 172.16.\(number).11, login: "127.0.0.1:\(number + 10)"}
            vip: 172.16.\(number).12/24
        """
    }

    /// The recorded class, judged, and a roster of it.
    private func graded() async throws -> (folder: URL, roster: String) {
        let folder = try Program.temporaryFolder()
        let reports = folder.path(percentEncoded: false)
        try await Program.run(["score", "exercises/activite-2/recorded", "--reports", reports])
        let roster = folder.appending(path: "class.yaml")
        let text = """
            class: demo
            exercise: activite-2
            defaults:
              ssh: {user: root, agent: false, passwordEnvironment: BASCULE_TEST_PASSWORD}
              network: tunnel
            students:
            \(students.joined(separator: "\n"))

            """
        try Data(text.utf8).write(to: roster)
        return (folder, roster.path(percentEncoded: false))
    }

    private func result(_ folder: URL, _ student: String) throws -> [String: Any] {
        let file = folder.appending(path: "demo/latest/students/\(student)/result.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    }

    private func grade(_ folder: URL, _ roster: String, _ options: String...) async throws -> Program.Outcome
    {
        try await Program.run(
            ["grade-all", roster, "--reports", folder.path(percentEncoded: false), "--lang", "en"] + options,
            environment: ["BASCULE_TEST_PASSWORD": "x"])
    }

    @Test func anInterruptedRunGoesOn() async throws {
        let (folder, roster) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let complete = try await grade(folder, roster, "--resume")
        #expect(complete.status == 0 && complete.output.contains("Nothing to resume"), "\(complete.output)")

        let before = try result(folder, "etu1")
        try FileManager.default.removeItem(at: folder.appending(path: "demo/latest/students/etu2"))
        let resumed = try await grade(folder, roster, "--resume")
        #expect(resumed.status == 2)
        #expect(resumed.lines.contains { $0.hasPrefix("etu2") && $0.contains("not assessed") })
        #expect(!resumed.lines.contains { $0.hasPrefix("etu1") })
        #expect(resumed.output.contains("1 of 1 students seen"))
        let after = try result(folder, "etu1")
        for key in ["score", "collectedAt", "provenance"] {
            #expect(after[key] as? NSObject == before[key] as? NSObject, "\(key)")
        }
    }

    /// A run that nobody could finish, newer than the recorded class's: what `grade-all` had written when it was
    /// killed at its beginning.
    private func killed(_ folder: URL) throws -> URL {
        let demo = folder.appending(path: "demo")
        let latest = demo.appending(path: "latest").resolvingSymlinksInPath()
        let run = demo.appending(path: latest.lastPathComponent + "-2")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        var manifest = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: latest.appending(path: "run.json")))
                as? [String: Any])
        manifest["carried"] = nil
        try JSONSerialization.data(withJSONObject: manifest).write(to: run.appending(path: "run.json"))
        return run
    }

    /// A folder without a manifest, and a run without a result: no command is stopped by either, or says something
    /// that is not so.
    @Test func noCommandIsBlockedByWhatAKilledRunLeft() async throws {
        let (folder, roster) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let reports = folder.path(percentEncoded: false)
        let marked = try await Program.run([
            "mark", "--class", "demo", "--student", "etu1", "Q2.written", "0.5", "--reports", reports,
        ])
        #expect(marked.status == 0, "\(marked.complaints)")
        let empty = try killed(folder)
        let orphan = empty.deletingLastPathComponent().appending(
            path: empty.lastPathComponent.dropLast() + "3/students/etu1")
        try FileManager.default.createDirectory(at: orphan, withIntermediateDirectories: true)
        let kept = orphan.appending(path: "evidence.json")
        try Data("{}".utf8).write(to: kept)
        let bundle = folder.appending(path: "bundle").path(percentEncoded: false)
        for (command, statuses, says) in [
            (["report", empty.path(percentEncoded: false)], [65], false),
            (["export", empty.path(percentEncoded: false), "--format", "json"], [65], false),
            (["score", empty.path(percentEncoded: false), "--reports", reports], [2], false),
            (["history", "--student", "etu1", "--reports", reports], [0], true),
            (["bundle", "--student", "etu1", "--reports", reports, "-o", bundle], [0], true),
            (
                ["mark", "--class", "demo", "--student", "etu2", "Q2.written", "0.5", "--reports", reports],
                [0], true
            ),
            (["purge", "--class", "demo", "--before", "2001-01-01", "--reports", reports], [0], true),
            (
                [
                    "purge", "--class", "demo", "--before", String(empty.lastPathComponent.prefix(10)),
                    "--yes",
                    "--reports", reports,
                ], [0, 2], true
            ),
            (["grade-all", roster, "--resume", "--reports", reports], [2], true),
        ] {
            let outcome = try await Program.run(
                command, environment: ["BASCULE_TEST_PASSWORD": "x", "LC_ALL": "C.UTF-8"])
            #expect(statuses.contains(outcome.status), "\(command): \(outcome.output)\(outcome.complaints)")
            #expect(!outcome.complaints.contains("unknown key"), "\(command): \(outcome.complaints)")
            #expect(
                outcome.complaints.contains("Z-3 has no run.json") == says,
                "\(command): \(outcome.complaints)")
        }
        #expect(FileManager.default.fileExists(atPath: kept.path(percentEncoded: false)))
        let marks = try String(contentsOf: folder.appending(path: "demo/marks.yaml"), encoding: .utf8)
        #expect(marks.contains("Q2.written: 0.5"))
        let notARun = try await Program.run(["report", orphan.path(percentEncoded: false)])
        #expect(notARun.status == 65 && notARun.complaints.contains("it has no run.json"))
    }

    /// `grade-all … | head -n 1`: what is under way is brought to its end, and nothing crashes.
    @Test func aRunWhoseReaderHasGoneIsBroughtToItsEnd() async throws {
        let (folder, roster) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await Subprocess.run(
            .name("bash"),
            arguments: [
                "-c",
                "(sleep 1; exec \"$0\" grade-all \"$1\" --reports \"$2\") | true; echo ${PIPESTATUS[0]}",
                Program.path, roster, folder.path(percentEncoded: false),
            ], environment: .inherit.updating(["BASCULE_TEST_PASSWORD": "x"]),
            workingDirectory: FilePath(Program.repository.path(percentEncoded: false)), input: .none,
            output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        // All five are unreachable.
        #expect(outcome.standardOutput == "2\n", "\(outcome.standardError)")
        let page = try String(contentsOf: folder.appending(path: "demo/latest/index.html"), encoding: .utf8)
        #expect(page.contains("etu5"))
    }

    @Test func aRunOfOneStudentIsStillOneOfTheClass() async throws {
        let (folder, roster) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = try result(folder, "etu4")
        let outcome = try await grade(folder, roster, "--student", "etu3")
        #expect(outcome.lines.filter { $0.hasPrefix("etu") }.map { $0.prefix(4) } == ["etu3"])
        #expect(try result(folder, "etu4")["score"] as? NSObject == before["score"] as? NSObject)
        let both = try await grade(folder, roster, "--resume", "--only-failed")
        #expect(both.status == 64)
    }
}
