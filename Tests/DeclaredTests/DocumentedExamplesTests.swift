import Foundation
import GraderCore
import InputFiles
import Testing

@testable import Exercises

/// What `docs/exercises.md` shows is what can be written.
@Suite struct DocumentedExamplesTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func examples() throws -> [String] {
        let text = try String(contentsOf: repository.appending(path: "docs/exercises.md"), encoding: .utf8)
        return text.split(separator: "```yaml\n").dropFirst().compactMap { part in
            part.range(of: "\n```").map { String(part[..<$0.lowerBound]) }
        }
    }

    @Test func everyExampleIsSound() throws {
        let examples = try Self.examples()
        #expect(examples.count >= 6)
        for example in examples {
            let mistakes: [InputMistake]
            if example.hasPrefix("exercise:") {
                mistakes = try Self.mistakes(example)
            } else if example.hasPrefix("Q") {
                let question = example.prefix { $0 != "." }
                let lines = example.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
                mistakes = try Self.mistakes(
                    """
                    exercise: example
                    title: Example
                    machines: [web, db]
                    lab: {site: {kind: text}}
                    questions:
                      - id: \(question)
                        title: One
                        checks:
                    \(lines)
                    """)
            } else if example.hasPrefix("class:") {
                // A roster: scripts/manual-check has it linted by the program.
                continue
            } else {
                let machines = [MachineID("files")]
                #expect(throws: Never.self) {
                    try DeclaredLab.read(InputText(text: example, file: "lab.yaml"), machines: machines)
                }
                continue
            }
            #expect(mistakes.isEmpty, "\(example)\n\(mistakes.map(\.description).joined(separator: "\n"))")
        }
    }

    /// Every look that there is, and every fact of it.
    @Test func everyLookAndFactIsDocumented() throws {
        let text = try String(
            contentsOf: Self.repository.appending(path: "docs/exercises.md"), encoding: .utf8)
        for key in Look.Kind.keys { #expect(text.contains("`\(key):"), "\(key)") }
        for (key, facts) in Fact.all where key != "script" && key != "shell" {
            let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("| `\(key):") })
            for fact in facts { #expect(row.contains(fact.name), "\(key): \(fact.name)") }
        }
    }

    private static func mistakes(_ text: String) throws -> [InputMistake] {
        let file = URL(filePath: NSTemporaryDirectory()).appending(path: "\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        return Declaration.exercise(file: file.path(percentEncoded: false)).mistakes
    }
}
