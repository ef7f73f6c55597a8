import Foundation
import GraderCore

/// A result for other programs, as in `result.json`.
enum ResultJSON {
    static func text(_ result: GradedResult) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return String(decoding: try encoder.encode(result), as: UTF8.self)
    }

    /// Reads what `text` wrote.
    static func result(_ data: Data) throws -> GradedResult {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(GradedResult.self, from: data)
    }
}
