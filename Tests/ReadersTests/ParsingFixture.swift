import Foundation
import GraderCore
import LinuxFacts
import Pacemaker
import Testing

/// Recorded output in `Fixtures`.
enum ParsingFixture {
    /// The states in a folder, by name, of files with that ending.
    static func names(in folder: String, ending: String) throws -> [String] {
        let root = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/\(folder)")
        return try FileManager.default.contentsOfDirectory(atPath: root.path)
            .filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        let root = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures")
        return Array(try Data(contentsOf: root.appendingPathComponent(path)))
    }

    static func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    static func facts(_ path: String) throws -> FactsValue {
        try JSONDecoder().decode(FactsValue.self, from: Data(try bytes(path)))
    }
}
