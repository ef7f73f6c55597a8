import Foundation

/// Recorded output of single commands, kept with the tests of what reads it.
enum RecordedOutput {
    static func text(_ path: String) throws -> String {
        let file = RecordedEvidence.repository.appending(path: "Tests/ReadersTests/Fixtures/\(path)")
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
}
