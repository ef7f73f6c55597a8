import Foundation
import GraderCore
import InputFiles

/// Evidence as a file: all that was observed, raw, so that judging can be repeated and disputed years later.
public enum EvidenceJSON {
    /// Two nodes' outputs are bounded to a few megabytes each; a larger file is no evidence of Bascule's.
    public static let sizeLimit = 64 << 20

    /// The bytes of the file. Dates are rounded to the millisecond, durations to the microsecond.
    public static func encode(_ evidence: Evidence) throws -> [UInt8] {
        try StoredJSON.encode(evidence)
    }

    /// - Parameter path: for messages.
    public static func decode(_ bytes: [UInt8], path: String) throws(StoreFailure) -> Evidence {
        var evidence = try StoredJSON.decode(
            Evidence.self, from: bytes, newest: Evidence.currentSchemaVersion, path: path)
        // What is read is of today's form, and is written in it again.
        evidence.schemaVersion = Evidence.currentSchemaVersion
        return evidence
    }
}

/// Reads and writes evidence files.
public enum EvidenceStore {
    /// - Returns: the SHA-256 of the file's bytes in hexadecimal.
    @discardableResult
    public static func write(_ evidence: Evidence, to path: String) throws(StoreFailure) -> String {
        try StoredFile.write(evidence, to: path)
    }

    public static func read(_ path: String) throws(StoreFailure) -> Evidence {
        try EvidenceJSON.decode(try StoredFile.read(path, limit: EvidenceJSON.sizeLimit), path: path)
    }
}

/// A stored value's way to and from the disk.
enum StoredFile {
    /// - Returns: the SHA-256 of the file's bytes in hexadecimal.
    @discardableResult
    static func write(_ value: some Encodable, to path: String) throws(StoreFailure) -> String {
        let bytes: [UInt8]
        do {
            bytes = try StoredJSON.encode(value)
        } catch {
            // A number that JSON has no form for; nothing that Bascule measures.
            throw StoreFailure("\(path) cannot be written as JSON (\(error)): this is a bug in Bascule.")
        }
        try AtomicFile.write(bytes, to: path)
        return SHA256Digest.hexadecimal(of: bytes)
    }

    static func read(_ path: String, limit: Int) throws(StoreFailure) -> [UInt8] {
        switch BoundedFile.read(path, limit: limit) {
        case .success(let bytes): return bytes
        case .failure(.unreadable(let reason)):
            throw StoreFailure("\(path) cannot be read (\(reason)): check the path.")
        case .failure(.notAFile):
            throw StoreFailure("\(path) is not a regular file: check the path.")
        case .failure(.tooLarge(let size)):
            throw StoreFailure(
                "\(path) has \(size) bytes, more than the \(limit) that Bascule writes: check the path.")
        }
    }
}
