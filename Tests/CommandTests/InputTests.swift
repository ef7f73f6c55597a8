import Foundation
import Testing

/// Bad input stops with every mistake at once, before any machine is touched.
struct InputTests {
    @Test func aRosterWithTenMistakesListsAllTen() async throws {
        let roster = "Tests/Fixtures/ClassRun/ten-mistakes.yaml"
        for command in [
            ["roster", "lint", roster], ["grade-all", roster], ["check", roster], ["enroll", roster],
        ] {
            let outcome = try await Program.run(command)
            #expect(outcome.status == 65, "\(command)")
            let lines = outcome.complaints.split(separator: "\n")
            #expect(lines.count == 10, "\(command): \(outcome.complaints)")
            for line in lines {
                #expect(line.wholeMatch(of: /[^ ]*ten-mistakes\.yaml:\d+:\d+: error: .+/) != nil, "\(line)")
            }
        }
    }

    @Test func aRubricThatDoesNotFitIsRefused() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = try String(
            contentsOf: Program.repository.appending(path: "rubrics/activite-2.yaml"), encoding: .utf8)
        let bad = good.replacing("Q1.netmask: 0.5", with: "Q1.netmsk: 0.5")
            .replacing("monitor-intervals:", with: "monitor-interval:")
        let file = folder.appending(path: "bad.yaml")
        try bad.write(to: file, atomically: true, encoding: .utf8)
        let outcome = try await Program.run(["rubric", "lint", file.path(percentEncoded: false)])
        #expect(outcome.status == 65)
        #expect(outcome.complaints.contains("Q1.netmask"))
        #expect(outcome.complaints.contains("monitor-intervals"))
    }

    /// A warning, and no mistake: what students are handed in an exam may leave out what they may not see.
    @Test func anExamsRubricThatLeavesOutWhatOthersWaitForIsWarnedOf() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "exam.yaml")
        let rubric = """
            exercise: activite-2
            title: Fiche
            total: 20
            exam: true
            questions:
              - {id: Q1, title: IP, checks: {Q1.primitive: 1, Q1.netmask: 1, Q1.not-static: 1}}

            """
        try rubric.write(to: file, atomically: true, encoding: .utf8)
        let outcome = try await Program.run(["rubric", "lint", file.path(percentEncoded: false)])
        #expect(outcome.status == 0)
        let warnings = outcome.complaints.split(separator: "\n")
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("warning: Q1.not-static brings points") == true)
        #expect(warnings.first?.hasSuffix("leaves out: Q1.address.") == true)
    }

    @Test func theGraphIsTheCommittedPage() async throws {
        let page = Program.repository.appending(path: "docs/checks.md")
        let outcome = try await Program.run(["rubric", "graph", "activite-2"])
        #expect(outcome.status == 0)
        #expect(outcome.output == (try String(contentsOf: page, encoding: .utf8)))
        #expect(try await Program.run(["rubric", "graph", "activite-9"]).status == 64)
    }

    /// A misspelt check does not hide that the points do not add up.
    @Test func threeMistakesAreThreeLines() async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let good = try String(
            contentsOf: Program.repository.appending(path: "rubrics/activite-2.yaml"), encoding: .utf8)
        let bad = good.replacing("Q1.netmask: 0.5", with: "Q1.netmsk: 0.5")
            .replacing("total: 20", with: "total: 21").replacing(
                "- id: Q4\n", with: "- id: Q4\n    colour: red\n")
        let file = folder.appending(path: "bad.yaml")
        try bad.write(to: file, atomically: true, encoding: .utf8)
        let path = file.path(percentEncoded: false)
        for command in [
            ["rubric", "lint", path], ["score", "exercises/activite-2/recorded", "--rubric", path],
        ] {
            let outcome = try await Program.run(command)
            #expect(outcome.status == 65)
            let lines = outcome.complaints.split(separator: "\n")
            #expect(lines.count == 3, "\(outcome.complaints)")
            for word in ["Q1.netmsk", "add up to 20, not 21", "colour"] {
                let named = lines.filter { $0.contains(word) }
                #expect(named.count == 1, "\(word): \(outcome.complaints)")
                #expect(named.first?.firstMatch(of: #/bad\.yaml:\d+:\d+: error: /#) != nil)
            }
        }
    }

    @Test func theRubricOfTheProjectFits() async throws {
        let outcome = try await Program.run(["rubric", "lint", "rubrics/activite-2.yaml"])
        #expect(outcome.status == 0, "\(outcome.complaints)")
    }

    @Test(arguments: [["grade-all"], ["grade-all", "x.yaml", "--jobs", "0"], ["nothing"], ["score"]])
    func wrongFlagsAreUsageErrors(arguments: [String]) async throws {
        // Not in the repository: its example class would be the one that `score` takes.
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try await Program.run(arguments, in: folder).status == 64)
    }
}
