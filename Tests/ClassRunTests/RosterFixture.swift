import Exercises
import Foundation
import GraderCore
import InputFiles
import TestSheets
import Testing

@testable import ClassRun

/// A folder of its own for a test, gone when the test is over.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "bascule-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @discardableResult
    func write(_ text: String, to name: String, mode: Int = 0o600) throws -> String {
        try write(Array(text.utf8), to: name, mode: mode)
    }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String, mode: Int = 0o600) throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }

    func roster(_ text: String) throws -> Roster {
        try Roster.read(file: write(text, to: "class.yaml"), exercises: exercises(text))
    }

    /// Most rosters here are for a sheet `e` with the keys of `activite-2`.
    private func exercises(_ text: String) -> [any Exercise] {
        text.contains("exercise: e\n") || text.contains("exercise: e\r\n")
            ? [TestSheet(id: "e", labKeys: Activite2().labKeys)] : [Activite2()]
    }

    /// What is wrong with a roster, as `line:column: message`; empty where it is read.
    func mistakes(_ text: String) throws -> [String] {
        do {
            _ = try roster(text)
            return []
        } catch let errors as InputErrors {
            return errors.mistakes.map { "\($0.line):\($0.column): \($0.message.en)" }
        }
    }
}

/// A file recorded beside the tests.
func fixture(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/ClassRun/\(name)").path
}

/// A class of one, with further lines for the student.
func oneStudent(_ lines: String..., defaults: String = "") -> String {
    """
    class: c
    exercise: e
    \(defaults)
    students:
      - id: etu1
        name: Un
        serv1: 172.16.1.10
        serv2: 172.16.1.11
        vip: 172.16.1.12
    \(lines.map { "    \($0)" }.joined(separator: "\n"))
    """
}
