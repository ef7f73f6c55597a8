import Foundation
import GraderCore
import Testing

@testable import ClassRun

@Suite struct EvidenceStoreTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    @Test func evidenceComesBackAsItWas() throws {
        let evidence = sampleEvidence()
        let path = folder.path + "/evidence.json"
        let checksum = try StoredJSON.write(evidence, to: path)
        #expect(try EvidenceStore.read(path) == evidence)
        let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(checksum == SHA256Digest.hexadecimal(of: bytes))
        #expect(bytes == (try StoredJSON.encode(evidence)))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"startedAt\" : \"2026-11-22T14:15:30.250Z\""))
    }

    @Test func noByteIsLost() throws {
        let awkward: [[UInt8]] =
            [
                Array(0...255), [0], [0xEF, 0xBB, 0xBF, 0x41],
                Array("a\r\nb\u{2028}\u{7F}\u{FFFE}\u{FFFD}".utf8),
            ]
            + [[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], []]
            + (0...255).map { [UInt8($0)] }
        for bytes in awkward {
            let evidence = sampleEvidence(output: Bytes(bytes))
            let decoded = try EvidenceStore.decode(StoredJSON.encode(evidence), path: "evidence.json")
            #expect(decoded == evidence, "\(bytes)")
        }
        var generator = SplitMix64(state: 3)
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let evidence = sampleEvidence(output: Bytes(bytes))
            #expect(
                try EvidenceStore.decode(StoredJSON.encode(evidence), path: "e").observations
                    == evidence.observations)
        }
    }

    @Test func aNewerSchemaIsRefused() throws {
        let text = String(decoding: try StoredJSON.encode(sampleEvidence()), as: UTF8.self)
            .replacing("\"schemaVersion\" : 2", with: "\"schemaVersion\" : 3")
        let path = try folder.write(text, to: "evidence.json")
        let failure = try #require(throws: StoreFailure.self) { try EvidenceStore.read(path) }
        #expect(failure.message.hasPrefix("\(path) was written by a newer Bascule (schema 3"))
    }

    @Test(arguments: [
        ("{", "is damaged"), ("[]", "is damaged"), ("{}", "no “schemaVersion”"),
        ("{\"schemaVersion\": 1}", "is damaged"),
        ("{\"schemaVersion\": \"1\"}", "wrong type at schemaVersion"),
    ])
    func damagedEvidenceIsRefusedInASentence(text: String, problem: String) throws {
        let path = try folder.write(text, to: "evidence.json")
        let failure = try #require(throws: StoreFailure.self) { try EvidenceStore.read(path) }
        #expect(failure.message.contains(problem), "\(failure)")
        #expect(failure.message.contains(path))
        #expect(failure.message.utf8.count < 500)
    }

    @Test func deepNestingIsRefused() throws {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        let failure = try #require(throws: StoreFailure.self) {
            try EvidenceStore.decode(bytes, path: "e.json")
        }
        #expect(failure.message.hasPrefix("e.json is damaged"))
        #expect(failure.message.utf8.count < 500)
    }

    @Test func whatIsTooLargeIsNotRead() throws {
        let path = folder.path + "/evidence.json"
        try #require(FileManager.default.createFile(atPath: path, contents: nil))
        // Sparse: takes no room.
        try #require(truncate(path, off_t(StoredJSON.sizeLimit) + 1) == 0)
        let failure = try #require(throws: StoreFailure.self) { try EvidenceStore.read(path) }
        #expect(failure.message.contains("more than"))
        #expect(throws: StoreFailure.self) { try EvidenceStore.read("/dev/zero") }
        #expect(throws: StoreFailure.self) { try EvidenceStore.read(folder.path + "/none") }
    }

    @Test(arguments: [
        0, 1_795_356_930.001, 1_795_356_930.999, 1_795_356_929.9999, -0.001, -1.5, 253_402_300_799.5,
    ])
    func datesKeepTheirMilliseconds(seconds: Double) throws {
        let date = Date(timeIntervalSince1970: seconds)
        let text = StoredDate.string(date)
        #expect(text.count == 24)
        #expect(StoredDate.date(text) == StoredDate.rounded(date), "\(text)")
    }

    @Test func datesOfOtherFormsAreReadOrRefused() {
        #expect(StoredDate.date("2026-11-22T14:15:30Z") == Date(timeIntervalSince1970: 1_795_356_930))
        #expect(StoredDate.date("2026-11-22T14:15:30.5Z") == Date(timeIntervalSince1970: 1_795_356_930.5))
        for text in [
            "", "Z", "2026-11-22", "2026-11-22T14:15:30.1234Z", "2026-11-22T14:15:30.Z",
            "2026-11-22T14:15:30.+1Z",
        ] {
            #expect(StoredDate.date(text) == nil, "\(text)")
        }
    }
}
