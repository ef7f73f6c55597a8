import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// The file that a student hands in, and what becomes of one that is no such file.
struct HandInFileTests {
    private func refusal(_ bytes: [UInt8]) -> HandInRefusal? {
        do throws(HandInRefusal) {
            _ = try HandInFile(sealed: bytes)
            return nil
        } catch {
            return error
        }
    }

    /// Content under a checksum of its own, as anybody can make it.
    private func mended(_ content: String) -> [UInt8] {
        let bytes = Array(content.utf8)
        return Array(#"{"sha256":"\#(SHA256Digest.hexadecimal(of: bytes))","#.utf8) + bytes.dropFirst()
    }

    private func edited(_ name: String, _ old: String, _ new: String) throws -> [UInt8] {
        let text = String(decoding: try HandInFixture.content(name), as: UTF8.self)
        let content = "{" + text.dropFirst(#"{"sha256":"","#.count + 64)
        #expect(content.contains(old))
        return mended(content.replacing(old, with: new))
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let file = try HandInFixture.file("etu1-serv1")
        #expect(file.student == "etu1" && file.machine == .serv1 && file.evidence.reached == [.serv1])
        let again = try HandInFile(sealed: file.sealed())
        #expect(again.evidence == file.evidence && again.sha256 == file.sha256)
        #expect(try HandInFile.isOne(file.zip()))
        #expect(!HandInFile.isOne(Array("PK\u{3}\u{4}another".utf8)) && !HandInFile.isOne([]))
    }

    @Test func whatIsCutOffOrEditedIsNoticed() throws {
        let whole = try HandInFixture.content("etu1-serv1")
        for count in [0, 1, 20, 75, 76, 100, whole.count / 2, whole.count - 1] {
            #expect([.damaged, .altered].contains(refusal(Array(whole.prefix(count)))))
        }
        for place in stride(from: 0, to: whole.count, by: 4_001) {
            var other = whole
            other[place] ^= 1
            #expect([.damaged, .altered].contains(refusal(other)), "byte \(place)")
        }
    }

    @Test func aMendedChecksumMakesNoHandInOfAnything() throws {
        #expect(refusal(mended("{}")) == .damaged)
        #expect(refusal(mended(#"{"schemaVersion":2,"evidence":{"schemaVersion":3}}"#)) == .newer)
        #expect(refusal(mended(#"{"schemaVersion":1,"evidence":{"schemaVersion":99}}"#)) == .newer)
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(refusal(mended(#"{"schemaVersion":1,"evidence":\#(deep)}"#)) == .damaged)
        let nested =
            String(repeating: #"{"a":"#, count: 100_000) + "1" + String(repeating: "}", count: 100_000)
        #expect(refusal(mended(#"{"schemaVersion":1,"evidence":\#(nested)}"#)) == .damaged)
        // The other machine was reached too, it is of a machine that it did not reach, it says two times.
        #expect(
            try refusal(edited("etu1-serv1", #""unreachable":{"serv2":"#, #""unreachable":{"serv3":"#))
                == .damaged)
        #expect(try refusal(edited("etu1-serv1", #""machine":"serv1""#, #""machine":"serv2""#)) == .damaged)
        let (time, another) = (
            #""schemaVersion":1,"startedAt":"2026"#, #""schemaVersion":1,"startedAt":"2025"#
        )
        #expect(try refusal(edited("etu1-serv1", time, another)) == .damaged)
        // A bug of ours would end the whole import.
        #expect(
            try refusal(edited("etu1-serv1", #""kind":"outOfSight""#, #""kind":"programFault""#)) == .damaged)
    }

    @Test func theZipIsOneThatUnzipReads() throws {
        // CRC-32's check value.
        #expect(StoredZip.checksum(Array("123456789".utf8)) == 0xcbf4_3926)
        let zip = try HandInFixture.file("etu1-serv1").zip()
        #expect(zip == Array(try Data(contentsOf: URL(filePath: "\(HandInFixture.folder)/etu1-serv1.zip"))))
    }
}
