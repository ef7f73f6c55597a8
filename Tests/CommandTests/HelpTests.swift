import Testing

/// What `bascule --help` says first: which command is for whom.
struct HelpTests {
    @Test func theCommandsAreGroupedByWhoNeedsThem() async throws {
        let outcome = try await Program.run(["--help"])
        #expect(outcome.status == 0)
        var groups: [String: [String]] = [:]
        var group: String?
        for line in outcome.lines {
            if let match = line.wholeMatch(of: /(\w+) SUBCOMMANDS:/) { group = String(match.1) }
            if let group, let match = line.firstMatch(of: /^  ([a-z-]+)( |$)/) {
                groups[group, default: []].append(String(match.1))
            }
        }
        #expect(Set(groups.keys) == ["TEACHER", "STUDENT", "TOOLS"], "\(outcome.output)")
        #expect(groups["STUDENT"] == ["check"])
        #expect(groups["TEACHER"]?.contains("grade-all") == true)
        #expect(groups["TOOLS"]?.contains("lab") == true)
        #expect(groups.values.joined().count == 31, "\(groups)")
    }

    /// What only a maintainer uses is not in what ships.
    @Test func theVirtualClassHasNothingOfAMaintainers() async throws {
        let outcome = try await Program.run(["lab", "--help"])
        let commands = outcome.lines.compactMap {
            $0.firstMatch(of: /^ {2}([a-z]+) {2}/).map { String($0.1) }
        }
        #expect(
            commands == ["up", "down", "status", "shell", "apply", "reset", "power", "prepare", "check"],
            "\(outcome.output)")
    }
}
