import Foundation
import GraderCore

/// What a student hands in of one machine: what `check --local` saw there. Whoever made it is root of the machine: the
/// checksum in it shows that a file was cut off or edited by the way, and proves nothing.
public struct HandInFile: Sendable {
    static let currentSchemaVersion = 1
    /// The one member of the zip.
    public static let memberName = "bascule-hand-in.json"
    /// Of the member, in bytes: a machine's observations are bounded to less.
    static let contentLimit = 16 << 20

    /// As the roster on the machine calls the student; nil where there was none.
    public var student: String?
    public var machine: MachineID
    /// Bascule's version there.
    public var bascule: String
    /// Of this machine alone, its times by its own clock.
    public var evidence: Evidence
    /// Of the content, in hexadecimal; empty where it was not read from a file.
    public internal(set) var sha256 = ""

    public init(student: String?, machine: MachineID, bascule: String, evidence: Evidence) {
        self.student = student
        self.machine = machine
        self.bascule = bascule
        self.evidence = evidence
    }

    /// As a zip for the student to hand in.
    /// - Throws: where the evidence has no form in JSON; nothing that is measured has none.
    public func zip() throws -> [UInt8] {
        try StoredZip.bytes(name: Self.memberName, content: sealed())
    }

    /// Whether a file is such a zip, by its head; another's is not to be overwritten.
    public static func isOne(_ head: [UInt8]) -> Bool {
        StoredZip.begins(head, withMember: memberName)
    }
}

// The content: the checksum first, of all that follows it.
extension HandInFile {
    private struct Content: Codable {
        var schemaVersion = HandInFile.currentSchemaVersion
        var student: String?
        var machine: MachineID
        var exercise: String
        var bascule: String
        var startedAt: Date
        var finishedAt: Date
        var evidence: Evidence
    }

    private struct Head: Decodable {
        struct Inner: Decodable { var schemaVersion: Int }
        var schemaVersion: Int
        var evidence: Inner
    }

    private static let opening = Array(#"{"sha256":""#.utf8)
    private static let middle = Array(#"","#.utf8)

    func sealed() throws -> [UInt8] {
        let content = Content(
            student: student, machine: machine, exercise: evidence.exercise, bascule: bascule,
            startedAt: evidence.startedAt, finishedAt: evidence.finishedAt, evidence: evidence)
        let bytes = try StoredJSON.encode(content, pretty: false)
        let checksum = SHA256Digest.hexadecimal(of: bytes)
        return Self.opening + Array(checksum.utf8) + Self.middle + bytes.dropFirst()
    }

    /// What a file holds is foreign: nothing of it is believed beyond its form.
    /// - Throws: why it cannot be used, as the end of a sentence that begins with the file.
    init(sealed bytes: [UInt8]) throws(HandInRefusal) {
        let checksumEnd = Self.opening.count + 64
        let contentStart = checksumEnd + Self.middle.count
        guard bytes.starts(with: Self.opening), bytes.count > contentStart,
            bytes[checksumEnd...].starts(with: Self.middle)
        else { throw .damaged }
        let content = [UInt8(ascii: "{")] + bytes[contentStart...]
        let checksum = SHA256Digest.hexadecimal(of: content)
        guard bytes[Self.opening.count..<checksumEnd].elementsEqual(checksum.utf8) else { throw .altered }
        guard let head = try? StoredJSON.decodeLine(Head.self, from: content) else { throw .damaged }
        guard head.schemaVersion <= Self.currentSchemaVersion,
            head.evidence.schemaVersion <= Evidence.currentSchemaVersion
        else { throw .newer }
        guard let read = try? StoredJSON.decodeLine(Content.self, from: content) else { throw .damaged }
        let evidence = read.evidence
        // What says two things of itself is none of Bascule's.
        guard read.exercise == evidence.exercise, read.startedAt == evidence.startedAt,
            read.finishedAt == evidence.finishedAt, evidence.startedAt <= evidence.finishedAt,
            evidence.reached == [read.machine], evidence.fault == nil, evidence.handIn == nil
        else { throw .damaged }
        self.init(
            student: read.student, machine: read.machine, bascule: read.bascule, evidence: evidence)
        sha256 = checksum
    }
}
