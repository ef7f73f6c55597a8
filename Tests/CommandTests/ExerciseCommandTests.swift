import ClassRun
import Foundation
import GraderCore
import Testing

/// A teacher's own exercise, from `exercise new` on, as he types it.
@Suite struct ExerciseCommandTests {
    @Test func whatNewWritesIsSoundAndItsSheetCanBePrinted() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        func run(_ arguments: String...) async throws -> Program.Outcome {
            try await Program.run(arguments, in: folder)
        }
        #expect(try await run("exercise", "new", "mine").status == 0)
        let lint = try await run("exercise", "lint", "exercises/mine/exercise.yaml")
        #expect(lint.output == "mine: 3 checks on server, no mistakes.\n", "\(lint.complaints)")
        let sheet = try await run("exercise", "sheet", "mine", "--lang", "fr")
        #expect(sheet.output.hasPrefix("# Un serveur bien tenu\n\n4\u{A0}points\n"), "\(sheet.output)")
        #expect(sheet.output.contains("## Q1 L'accueil (2\u{A0}points)"))
        let page = try await run("exercise", "sheet", "mine", "--html", "--lang", "en")
        #expect(page.output.contains("<h2 id=\"q-Q1\">Q1 The greeting"))
        // Nobody's work is written over, and no exercise of the program's is pushed aside.
        #expect(try await run("exercise", "new", "mine").status == 64)
        #expect(try await run("exercise", "new", "activite-2").status == 64)
        #expect(try await run("exercise", "new", "../x").status == 64)
    }

    @Test func everyMistakeIsListedWithItsPlace() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await Program.run(["exercise", "new", "mine"], in: folder)
        let file = folder.appending(path: "exercises/mine/exercise.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing("service: cron", with: "servce: cron", maxReplacements: 1)
            .replacing("total: 4", with: "total: 5")
        try Data(text.utf8).write(to: file)
        let lint = try await Program.run(["exercise", "lint", "exercises/mine/exercise.yaml"], in: folder)
        #expect(lint.status == 65)
        #expect(lint.complaints.contains("unknown key “servce” in Q2.running, did you mean “service”?"))
        #expect(lint.complaints.contains("the points of all checks add up to 4, not 5"))
        // A run says the same before any machine is touched.
        try Data("class: c\nexercise: mine\nstudents: [{id: a, server: 127.0.0.1}]\n".utf8)
            .write(to: folder.appending(path: "class.yaml"))
        let run = try await Program.run(["grade-all", "class.yaml"], in: folder)
        #expect(run.status == 65, "\(run.output)")
    }

    /// On an address, without a roster: nobody lets us in on the loopback, which is no student's fault.
    @Test func tryTakesAnAddress() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await Program.run(["exercise", "new", "mine"], in: folder)
        let file = "exercises/mine/exercise.yaml"
        let tried = try await Program.run(
            ["try", file, "--on", "127.0.0.1", "--user", "nobody", "--value", "greeting=hi", "--lang", "en"],
            in: folder)
        #expect(tried.status == 2, "\(tried.output)\(tried.complaints)")
        #expect(tried.output.contains("? Q2.running cron is running – not assessed"), "\(tried.output)")
        let wrong = try await Program.run(
            ["try", file, "--on", "127.0.0.1", "--check", "Q2.runing"], in: folder)
        #expect(wrong.status == 64)
        #expect(wrong.complaints.contains("did you mean “Q2.running”?"))
    }

    /// The exercises that come with the program, and their rubrics.
    @Test(arguments: ["serveur-web", "activite-1"]) func whatIsShippedIsSound(_ id: String) async throws {
        let lint = try await Program.run(["exercise", "lint", "exercises/\(id)/exercise.yaml"])
        #expect(lint.status == 0, "\(lint.complaints)")
        #expect(
            try await Program.run(["rubric", "lint", "rubrics/\(id).yaml", "--exercise", id]).status == 0)
        for language in ["fr", "en"] {
            let sheet = try await Program.run(["exercise", "sheet", id, "--lang", language])
            #expect(sheet.output.contains("20"), "\(sheet.complaints)")
        }
    }

    /// A rubric's own checks beside the program's: with all that the program says of a rubric's mistakes.
    @Test func aRubricDeclaresChecks() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = """
              - id: Q11
                title: Own
                checks:
                  Q11.forwarding: {points: 1, title: No router, run: [sysctl, -n, net.ipv4.ip_forward], expect: 0}

            """
        let shipped = try String(
            contentsOf: Program.repository.appending(path: "rubrics/activite-2.yaml"), encoding: .utf8)
        let text = shipped.replacing("\ntotal: 20\n", with: "\ntotal: 21\n") + own
        try Data(text.utf8).write(to: folder.appending(path: "my.yaml"))
        let lint = try await Program.run(["rubric", "lint", "my.yaml"], in: folder)
        #expect(lint.output == "activite-2: 21 points, no mistakes.\n", "\(lint.complaints)")
        // Evidence from before: the check waits, and costs nobody anything.
        let recorded = Program.repository.appending(path: "exercises/activite-2/recorded").path(
            percentEncoded: false)
        let score = try await Program.run(
            ["score", recorded, "--rubric", "my.yaml", "--reports", "reports", "--lang", "en"], in: folder)
        #expect(score.output.contains("Q11 ?"), "\(score.output)\(score.complaints)")
        #expect(!score.output.contains("Q11 ✗"))
    }
}
