import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The program that ships, run from outside as a person would.
enum Program {
    struct Outcome {
        var status: Int
        var output: String
        var complaints: String
        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The release build, the one that people run: `scripts/test` makes it and says where it is. Never the debug
    /// build that stands beside the test runner. `swift test` alone makes no release build: what needs one is then left
    /// out and says so; where `scripts/test` has said which program it is, a missing one is a failure.
    static var path: String {
        get throws {
            let said = ProcessInfo.processInfo.environment["BASCULE"]
            let built = repository.appending(path: ".build/release/bascule")
            let path = said ?? built.path(percentEncoded: false)
            guard !FileManager.default.isExecutableFile(atPath: path) else { return path }
            guard said == nil else { throw ProgramMissing(description: "there is no program at \(path)") }
            try Test.cancel("there is no release build: scripts/test makes it and runs this too")
        }
    }

    private struct ProgramMissing: Error, CustomStringConvertible { var description: String }

    /// Runs the program in the repository's folder; bounded, so that a hanging program fails a test instead of
    /// holding it up.
    /// - Parameter through: a program that is given this one with its arguments, as its own last arguments.
    @discardableResult
    static func run(
        _ arguments: [String], environment: [String: String] = [:], seconds: Int = 60,
        in folder: URL = repository, inputFile: String? = nil, through wrapper: [String] = []
    ) async throws -> Outcome {
        let program = try path
        var variables: [Environment.Key: String?] = ["LC_ALL": "C.UTF-8", "NO_COLOR": "1"]
        for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
        let result = try await Subprocess.run(
            .name("timeout"),
            arguments: Arguments(
                ["-k", "5", "\(seconds)"]
                    // The shell opens the file: one kind of input for the library is enough.
                    + (inputFile.map { ["sh", "-c", "exec \"$@\" < \"$0\"", $0] } ?? []) + wrapper + [program]
                    + arguments),
            environment: .inherit.updating(variables),
            workingDirectory: FilePath(folder.path(percentEncoded: false)), input: .none,
            output: .bytes(limit: 16 << 20), error: .bytes(limit: 4 << 20))
        let status =
            switch result.terminationStatus {
            case .exited(let code): Int(code)
            case .signaled(let signal): 128 + Int(signal)
            }
        return Outcome(
            status: status, output: String(decoding: result.standardOutput, as: UTF8.self),
            complaints: String(decoding: result.standardError, as: UTF8.self))
    }

    /// Runs a program of this machine, which has to end well.
    /// - Returns: what it printed.
    static func shell(_ words: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("timeout"), arguments: Arguments(["-k", "5", "60"] + words), input: .none,
            output: .bytes(limit: 16 << 20), error: .bytes(limit: 1 << 20))
        try #require(
            result.terminationStatus == .exited(0),
            "\(words): \(String(decoding: result.standardError, as: UTF8.self))")
        return String(decoding: result.standardOutput, as: UTF8.self)
    }

    /// A folder of its own for the test, taken away by the caller.
    static func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bascule-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
