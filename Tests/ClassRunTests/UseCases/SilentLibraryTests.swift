import Foundation
import Testing

/// The library of use cases tells events and returns values: a command prints, ends the program and hears signals.
struct SilentLibraryTests {
    /// Of these, what asks a person for a secret or reads the environment's is called by the command itself.
    private static let asking = ["SecretReader.swift", "HiddenPrompt.swift"]

    @Test(arguments: ["ClassRun", "GraderCore", "Reports", "History", "Exercises"])
    func nothingPrintsExitsOrReadsTheEnvironment(_ target: String) throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/\(target)")
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources.path(percentEncoded: false))
            .filter { $0.hasSuffix(".swift") && !Self.asking.contains(URL(filePath: $0).lastPathComponent) }
        #expect(files.count > 1)
        let forbidden =
            #/\b(print|exit|_exit|signal|sigaction|getenv|readLine)\(|FileHandle\.standard|ProcessInfo/#
        for file in files {
            let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") where line.firstMatch(of: forbidden) != nil {
                Issue.record("\(target)/\(file): \(line.trimmingCharacters(in: .whitespaces))")
            }
        }
    }
}
