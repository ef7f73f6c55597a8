import Foundation
import Testing

/// Python's own readers, as somebody else's view of what Bascule writes.
enum PythonReader {
    static let script = folder.appending(path: "../Readers/read_back.py").standardized
    static let junitSchema = folder.appending(path: "../Readers/junit.xsd").standardized
    static let jsonSchemas = folder.appending(path: "../../../docs/schema").standardized
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

    static let isPresent = canImport("csv")
    static let hasJSONSchema = canImport("jsonschema")
    static let hasLXML = canImport("lxml")

    /// What the script prints for these arguments, the last of which is a file that holds `text`.
    static func read(_ text: String, _ arguments: [String]) throws -> Any {
        let file = FileManager.default.temporaryDirectory.appending(path: "bascule-\(UUID().uuidString)")
        try text.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let (status, output) = try run([script.path] + arguments + [file.path])
        try #require(status == 0)
        return try JSONSerialization.jsonObject(with: output)
    }

    static func csv(_ text: String, separator: String, encoding: String = "utf-8") throws -> [[String]] {
        try #require(try read(text, ["csv", separator, encoding]) as? [[String]])
    }

    private static func canImport(_ module: String) -> Bool {
        (try? run(["-c", "import \(module)"]).status) == 0
    }

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let output = Pipe()
        process.standardOutput = output
        if arguments.first == "-c" { process.standardError = FileHandle.nullDevice }
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, data)
    }
}
