import Foundation
import Testing

/// The language of whoever is at the terminal, in everything that is said to him.
struct LanguageTests {
    /// Words that stand in hardly a sentence of the other language.
    private static let english = Set(
        "the is are of not with there cannot has which from this what where".split(separator: " "))
    private static let french = Set(
        "le les des du est une pas dans pour avec et qui que aux sont".split(separator: " "))

    private func words(_ text: String) -> Set<Substring> {
        // Options are the same in both, and so is what Pronote calls somebody without a mark.
        let own = text.replacing(/--?[a-z][a-z-]*|N\.Not/, with: " ")
        return Set(own.lowercased().split { !$0.isLetter })
    }

    private func locale(_ language: String) -> [String: String] {
        ["LC_ALL": language == "fr" ? "fr_FR.UTF-8" : "C.UTF-8"]
    }

    private func inFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func expectOnly(
        _ language: String, _ outcome: Program.Outcome, _ arguments: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let said = outcome.output + outcome.complaints
        let foreign = words(said).intersection(language == "fr" ? Self.english : Self.french)
        #expect(
            foreign.isEmpty, "\(arguments.joined(separator: " ")): \(foreign.sorted())\n\(said)",
            sourceLocation: sourceLocation)
        #expect(!said.isEmpty, "\(arguments)", sourceLocation: sourceLocation)
    }

    private static let mistakes: [[String]] = [
        ["chek"], ["rubric", "lnit"], ["check", "--studnt", "x"], ["check", "--student"],
        ["grade-all", "--jobs", "x"],
        ["grade-all", "nope.yaml"], ["grade-all"], ["mark"],
        ["mark", "--class", "none", "--student", "a", "Q2", "1"],
        ["export", "--format", "moodel"], ["export"], ["score", "nowhere"], ["purge", "--before", "x"],
        ["discover", "8.8.8.0/24"], ["discover", "172.16.0.0/8"], ["discover"],
        ["check", "--give-up-after", "90"],
        ["check", "--color", "pink"], ["board", "--listen", "x"], ["history", "--student", "dupond"],
        ["probe", "x"],
        ["resolve", "a", "b"], ["lab", "up", "--students", "0"], ["merge"], ["marks", "import", "none.csv"],
        ["exercise", "lint", "none"], ["rubric", "lint", "none.yaml"], ["roster", "lint", "broken.yaml"],
        ["check", "--local"], ["import", "x.zip"], ["enroll", "--replace", "x"], ["schedule", "--lead", "2"],
        ["check", "--quiet", "--verbose"], ["init"], ["parse", "crm", "none"], ["try", "none.yaml"],
        ["bundle"], ["answers"], ["collect", "--jobs", "0"], ["restore"],
    ]

    @Test(arguments: ["fr", "en"])
    func mistakesAreSaidInOneLanguage(_ language: String) async throws {
        try await inFolder { folder in
            try "classe: x\nstudents: 3\n".write(
                to: folder.appending(path: "broken.yaml"), atomically: true, encoding: .utf8)
            for mistake in Self.mistakes {
                let outcome = try await Program.run(mistake, environment: locale(language), in: folder)
                #expect(![0, 70].contains(outcome.status), "\(mistake): \(outcome.complaints)")
                expectOnly(language, outcome, mistake)
            }
        }
    }

    @Test(arguments: ["fr", "en"])
    func helpIsInOneLanguage(_ language: String) async throws {
        func commands(of group: [String]) async throws -> [String] {
            // By the environment: what stands behind `lab shell` is another program's.
            let outcome = try await Program.run(group + ["--help"], environment: locale(language))
            expectOnly(language, outcome, group)
            return outcome.lines.compactMap {
                $0.firstMatch(of: /^ {2}([a-z][a-z-]+)(?: {2}|$)/).map { String($0.1) }
            }
        }
        let all = try await commands(of: [])
        #expect(all.count > 25)
        for command in all {
            let below = try await commands(of: [command])
            for inner in below where ["rubric", "roster", "exercise", "marks", "lab"].contains(command) {
                _ = try await commands(of: [command, inner])
            }
        }
    }

    /// Wherever it stands, and whatever the environment says.
    @Test(arguments: [
        ["--lang", "fr", "rubric", "lint", "none.yaml"], ["rubric", "--lang=fr", "lint", "none.yaml"],
        ["rubric", "lint", "none.yaml", "--lang", "fr"],
    ])
    func theOptionMayStandAnywhere(_ arguments: [String]) async throws {
        let outcome = try await Program.run(arguments)
        #expect(
            outcome.status == 65 && outcome.complaints.contains("illisible"), "\(outcome.complaints)"
        )
    }

    /// The line shown is that of the command that was being typed.
    @Test func aUsageErrorIsOfItsCommand() async throws {
        for arguments in [
            ["check", "--drills", "standby", "--watch", "a.yaml"], ["schedule", "--jobs", "0"],
            ["resolve", "a", "b"],
        ] {
            let outcome = try await Program.run(arguments)
            #expect(outcome.status == 64, "\(arguments)")
            let command = arguments[0]
            #expect(outcome.complaints.contains("Usage: bascule \(command)"), "\(outcome.complaints)")
        }
    }

    @Test(arguments: [
        (["chek"], "did you mean “check”?"), (["rubric", "lnit"], "did you mean “lint”?"),
        (["check", "--studnt", "x"], "Did you mean '--student'?"),
        (["rubric", "print", "activite-3"], "did you mean “activite-"),
        (["export", "--format", "moodel"], "did you mean “moodle”?"),
    ])
    func whatWasProbablyMeantIsSaid(_ arguments: [String], _ words: String) async throws {
        let outcome = try await Program.run(arguments)
        #expect(outcome.complaints.contains(words), "\(outcome.complaints)")
    }

    @Test func coloursAreAskedForOrNot() async throws {
        let recorded = Program.repository.appending(path: "exercises/activite-2/recorded")
        try await inFolder { folder in
            let line = ["score", recorded.path(percentEncoded: false)]
            #expect(try await !Program.run(line, in: folder).output.contains("\u{1B}["))
            #expect(
                try await Program.run(line + ["--color", "always"], in: folder).output.contains("\u{1B}["))
            let quiet = try await Program.run(line + ["-q"], in: folder)
            #expect(quiet.lines.count == 6 && !quiet.output.contains("bascule "), "\(quiet.output)")
        }
    }
}
