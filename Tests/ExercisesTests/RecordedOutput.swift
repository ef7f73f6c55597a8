import Foundation

/// Recorded output that is kept beside the tests: drills' evidence here, single commands' output with the readers.
enum RecordedOutput {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()

    static func drill(_ file: String) throws -> Data {
        try Data(contentsOf: here.appending(path: "RecordedDrills/\(file)"))
    }

    static var drills: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(
                atPath: here.appending(path: "RecordedDrills").path(percentEncoded: false)
            ).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
        }
    }

    static func text(_ path: String) throws -> String {
        let file = here.deletingLastPathComponent().appending(path: "ReadersTests/Fixtures/\(path)")
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
}
