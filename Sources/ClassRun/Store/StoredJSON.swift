import Foundation
import GraderCore
import InputFiles

/// The one form that Bascule's JSON files have: sorted keys, so that two runs can be compared line by line, dates
/// in ISO 8601 with milliseconds in UTC, and a `schemaVersion`.
enum StoredJSON {
    /// Two nodes' outputs are bounded to a few megabytes each; a larger file is none of Bascule's.
    static let sizeLimit = 64 << 20

    /// - Returns: the SHA-256 of the file's bytes in hexadecimal.
    @discardableResult
    static func write(_ value: some Encodable, to path: String) throws(StoreFailure) -> String {
        let bytes = try bytes(of: value, pretty: true, for: path)
        try AtomicFile.write(bytes, to: path)
        return SHA256Digest.hexadecimal(of: bytes)
    }

    /// Adds a value as a line at the end.
    static func append(_ value: some Encodable, to path: String) throws(StoreFailure) {
        try AtomicFile.append(line: try bytes(of: value, pretty: false, for: path), to: path)
    }

    /// What a file of that path would hold.
    static func bytes(
        of value: some Encodable, pretty: Bool = true, for path: String
    ) throws(StoreFailure) -> [UInt8] {
        do {
            return try encode(value, pretty: pretty)
        } catch {
            // A number that JSON has no form for; nothing that Bascule measures.
            let problem = String(describing: error)
            throw StoreFailure(
                fr: "\(path) ne peut pas s'écrire en JSON (\(problem)) : c'est un défaut de Bascule.",
                en: "\(path) cannot be written as JSON (\(problem)): this is a bug in Bascule.", .programFault
            )
        }
    }

    /// The bytes of a file of Bascule's.
    static func bytes(_ path: String) throws(StoreFailure) -> [UInt8] {
        switch BoundedFile.read(path, limit: sizeLimit) {
        case .success(let bytes): return bytes
        case .failure(let failure): throw StoreFailure(unread: path, failure)
        }
    }

    static func encode(_ value: some Encodable, pretty: Bool = true) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(StoredDate.string(date))
        }
        return Array(try encoder.encode(value))
    }

    /// - Parameter newest: the schema version that this Bascule writes; a newer one is refused. `path`: for messages.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], newest: Int, path: String
    ) throws(StoreFailure) -> Value {
        let decoder = Self.decoder
        let data = Data(bytes)
        do {
            let version = try decoder.decode(SchemaHead.self, from: data).schemaVersion
            guard version <= newest else {
                throw StoreFailure(
                    fr: """
                        \(path) vient d'un Bascule plus récent (schéma \(version), celui-ci lit jusqu'à \(newest)) : \
                        prendre celui-là.
                        """,
                    en: """
                        \(path) was written by a newer Bascule (schema \(version), this one reads up to \(newest)): \
                        use that one.
                        """)
            }
            return try decoder.decode(type, from: data)
        } catch let failure as StoreFailure {
            throw failure
        } catch let error as DecodingError {
            throw damaged(path, reason(error))
        } catch {
            throw damaged(path, LocalizedText(verbatim: "\(error)"))
        }
    }

    /// One line of a file of lines.
    static func decodeLine<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        try decoder.decode(type, from: Data(bytes))
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = StoredDate.date(try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date")
            }
            return date
        }
        return decoder
    }

    private struct SchemaHead: Decodable { var schemaVersion: Int }

    private static func damaged(_ path: String, _ reason: LocalizedText) -> StoreFailure {
        let advice =
            switch FilePath.name(of: path) {
            case "codes.json":
                LocalizedText(
                    fr: "le supprimer, le tableau donnera à tous un autre code",
                    en: "delete it, and the board gives everybody another code")
            case "result.json":
                LocalizedText(
                    fr: "« bascule score » le refait à partir des observations",
                    en: "`bascule score` makes it again from the evidence")
            default:
                LocalizedText(fr: "collecter ou noter de nouveau", en: "collect or grade again")
            }
        return StoreFailure(
            fr: "\(path) est endommagé (\(reason)) : \(advice).",
            en: "\(path) is damaged (\(reason)): \(advice).")
    }

    /// Where in the file, without the file's text.
    private static func reason(_ error: DecodingError) -> LocalizedText {
        func place(_ context: DecodingError.Context) -> LocalizedText {
            let path = String(context.codingPath.map(\.stringValue).joined(separator: ".").prefix(100))
            return path.isEmpty
                ? LocalizedText(fr: "au premier niveau", en: "at its top")
                : LocalizedText(fr: "dans \(path)", en: "at \(path)")
        }
        switch error {
        case .keyNotFound(let key, let context):
            return LocalizedText(
                fr: "pas de « \(key.stringValue) » \(place(context))",
                en: "no “\(key.stringValue)” \(place(context))")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return LocalizedText(fr: "mauvais type \(place(context))", en: "wrong type \(place(context))")
        case .dataCorrupted(let context):
            return LocalizedText(fr: "illisible \(place(context))", en: "unreadable \(place(context))")
        @unknown default: return LocalizedText(fr: "illisible", en: "unreadable")
        }
    }
}

/// Evidence as a file: all that was observed, raw, so that judging can be repeated and disputed years later. Dates are
/// rounded to the millisecond, durations to the microsecond.
public enum EvidenceStore {
    /// What an evidence file holds, in today's form.
    /// - Parameter path: of an evidence file, or the folder of a ``Recording``.
    /// - Throws: ``StoreFailure`` where there is none, it is damaged, or a newer Bascule wrote it.
    public static func read(_ path: String) throws(StoreFailure) -> Evidence {
        if Recording.isOne(path) { return try Recording.read(path) }
        return try decode(try StoredJSON.bytes(path), path: path)
    }

    /// - Parameter path: for messages.
    static func decode(_ bytes: [UInt8], path: String) throws(StoreFailure) -> Evidence {
        var evidence = try StoredJSON.decode(
            Evidence.self, from: bytes, newest: Evidence.currentSchemaVersion, path: path)
        // What is read is of today's form, and is written in it again.
        evidence.schemaVersion = Evidence.currentSchemaVersion
        return evidence
    }
}

/// `2026-11-22T14:15:30.250Z`
enum StoredDate {
    private static let style = Date.ISO8601FormatStyle()

    static func string(_ date: Date) -> String {
        // The library's own style cuts fractions off, and the binary form of .123 is a little less.
        rounded(date).addingTimeInterval(0.000_1)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// With or without a fraction of up to three digits.
    static func date(_ text: String) -> Date? {
        guard text.hasSuffix("Z"), text.utf8.count <= 32 else { return nil }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        // The library reads more than this form (years of six digits, 31 November), and writes some of it otherwise.
        guard parts.count <= 2, let whole = try? Date("\(parts[0])Z", strategy: style),
            parts[0].utf8.count == 19, whole.formatted(style) == "\(parts[0])Z"
        else { return nil }
        guard parts.count == 2 else { return whole }
        guard 1...3 ~= parts[1].count, let digits = decimal(parts[1]) else { return nil }
        let milliseconds = digits * [1: 100, 2: 10, 3: 1][parts[1].count, default: 1]
        return Date(timeIntervalSince1970: (whole.timeIntervalSince1970 * 1000 + Double(milliseconds)) / 1000)
    }

    /// To the millisecond, as it will be read back.
    static func rounded(_ date: Date) -> Date {
        Date(timeIntervalSince1970: (date.timeIntervalSince1970 * 1000).rounded() / 1000)
    }
}
