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
        try FileManager.default.removeItem(
            at: folder.appending(path: "demo/latest/students/etu2/result.json"))
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

    @Test func onlyWhoFailedIsLookedAtAgain() async throws {
        let (folder, roster) = try await graded()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try await grade(folder, roster, "--only-failed")
        // The recorded class has one whose machines are off.
        #expect(outcome.lines.filter { $0.hasPrefix("etu") }.map { $0.prefix(4) } == ["etu5"])
        let page = try String(contentsOf: folder.appending(path: "demo/latest/index.html"), encoding: .utf8)
        for student in 1...5 { #expect(page.contains("etu\(student)")) }
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
