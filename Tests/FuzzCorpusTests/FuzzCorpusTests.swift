import Foundation
import Testing

/// Every input that `scripts/fuzz` found worth keeping, and each that broke something once, through the reader that it
/// is for: none crashes, and what has to hold of every input holds of them. Found by libFuzzer, tried here without it.
struct FuzzCorpusTests {
    private static let folder = Repository.path("Tests/FuzzCorpusTests/Corpus")

    private static func inputs(_ target: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = "\(folder)/\(target)"
        return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            (name, Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))))
        }
    }

    @Test(arguments: FuzzTarget.all.map(\.name))
    func nothingBreaks(_ name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let inputs = try Self.inputs(name)
        #expect(!inputs.isEmpty, "\(name) has no corpus")
        for input in inputs {
            do {
                try target.attempt(Array(input.bytes.prefix(target.maxLength)))
            } catch {
                Issue.record("\(name)/\(input.name): \(error)")
            }
        }
    }

    @Test func everyCorpusHasItsTarget() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.folder)
        #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
    }
}
