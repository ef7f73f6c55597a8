import Foundation

@testable import ClassRun
@testable import Exercises

/// A stand-in for a node in this machine's own shell: a `/var/lib/bascule` and `/etc/systemd/system`, and the tools it has.
struct ArmedNode {
    private let folder = Folder()
    var root: String { folder.path }
    var base: String { "\(root)/lib" }
    let id = "20261122t180000z-etu1-stop-1"

    /// Gone with the test.
    private final class Folder: Sendable {
        let path = "\(NSTemporaryDirectory())/drill-\(UInt64.random(in: 0...UInt64.max))"
        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    /// `undo.sh` with the exercise's lines in their place.
    static func undoText() throws -> String {
        DrillScripts(id: "x", plan: try SampleDrill.plan(.serviceStop), owner: "o", lease: .seconds(60))
            .undoText
    }

    init() throws {
        for folder in ["lib", "units", "bin"] {
            try FileManager.default.createDirectory(
                atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        for name in ["crm_attribute", "crm_resource", "cibadmin", "systemctl", "logger", "sync"] {
            try tool(name, "exit 0")
        }
        try tool("crm_failcount", "echo 'scope=status name=fail-count-web value=0'")
    }

    func tool(_ name: String, _ body: String) throws {
        let path = "\(root)/bin/\(name)"
        // A disk that is full for the undo is not for what stands in for a cluster.
        let room = "ulimit -S -f unlimited 2>/dev/null"
        try Data("#!/bin/sh\n\(room)\necho \"\(name) $*\" >>\"\(root)/log\"\n\(body)\n".utf8).write(
            to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    /// A script as it is, but for where it works.
    func placed(_ script: String) -> String {
        script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix("PATH=") ? "PATH=\(root)/bin:/usr/bin:/bin" : String(line)
        }.joined(separator: "\n")
            .replacingOccurrences(of: "/var/lib/bascule", with: base)
            .replacingOccurrences(of: "/etc/systemd/system", with: "\(root)/units")
            .replacingOccurrences(of: "/run/systemd/system", with: root)
    }

    /// The folder of an armed drill.
    func arm(intents: [String], plan: String) throws {
        let folder = "\(base)/\(id)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let files = ["undo": placed(try Self.undoText()), "plan": plan]
            .merging(intents.map { ("intent-\($0)", "") }, uniquingKeysWith: { first, _ in first })
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
    }

    @discardableResult
    func run(_ words: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["PATH=\(root)/bin:/usr/bin:/bin"] + words
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    func undo(_ words: String...) throws -> Int32 {
        try run(["sh", "\(base)/\(id)/undo"] + words).status
    }

    var log: String { (try? String(contentsOfFile: "\(root)/log", encoding: .utf8)) ?? "" }
    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(base)/\(name)") }
}
