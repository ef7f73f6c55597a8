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

    private static func fixture(_ schema: Int) -> String {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/evidence-schema-\(schema).json").path(percentEncoded: false)
    }

    /// One of each that there has been, of real pairs on which nothing was done yet.
    @Test(arguments: [1, 2, 3])
    func everySchemaIsRead(schema: Int) throws {
        let file = Self.fixture(schema)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text.replacing(" ", with: "").contains("\"schemaVersion\":\(schema)"))
        let evidence = try EvidenceStore.read(file)
        #expect(evidence.schemaVersion == Evidence.currentSchemaVersion)
        for node in MachineID.pair {
            let opening = try #require(evidence.result(of: "cib", on: node))
            #expect(opening.standardOutput.text.contains("<cib "))
            var closing = try #require(evidence.result(of: "cib-closing", on: node))
            closing.duration = opening.duration
            #expect(closing == opening)
        }
    }

    /// The third is the second, written again: who reads either sees the same, and it is smaller by what it repeats.
    @Test func whatAMachineAnswersAgainIsNotWrittenAgain() throws {
        let second = try EvidenceStore.read(Self.fixture(2))
        #expect(try EvidenceStore.read(Self.fixture(3)) == second)
        let bytes = try StoredJSON.encode(second)
        #expect(bytes == Array(try Data(contentsOf: URL(filePath: Self.fixture(3)))))
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"repeats\" : \"serv1/cib\"") && text.contains("\"repeats\" : \"serv2/cib\""))
        // What the other node says is its own word, and a clock never says the same.
        #expect(!text.contains("\"repeats\" : \"serv1/clock\""))
        #expect(
            second.result(of: "cib", on: .serv1)?.standardOutput
                == second.result(of: "cib", on: .serv2)?.standardOutput)
    }

    /// Only what is the same in everything but its times: another machine, command, ending or word is written out.
    @Test func onlyTheSameAnswerIsARepetition() throws {
        let answer = CommandResult(
            answering: ["id"], ending: .exited(0), standardOutput: "0", standardError: "", duration: .zero)
        func observation(
            _ id: String, on node: MachineID = .serv1, _ change: (inout CommandResult) -> Void
        ) -> Observation {
            var changed = answer
            change(&changed)
            return Observation(
                id: ProbeID(id), vantage: .node(node), startedAt: Date(timeIntervalSince1970: 0),
                duration: .seconds(1), outcome: .command(changed))
        }
        var evidence = sampleEvidence()
        evidence.observations = [
            observation("a") { _ in }, observation("a") { $0.standardOutput = "twice" },
            observation("b") { $0.duration = .seconds(2) }, observation("c", on: .serv2) { _ in },
            observation("d") { $0.arguments = ["id", "-u"] }, observation("e") { $0.ending = .unknown },
            observation("f") { $0.standardError = "no" }, observation("g") { $0.outputTruncated = true },
            observation("h") { $0.errorTruncated = true }, observation("i") { $0.standardOutput = "twice" },
        ]
        let bytes = try StoredJSON.encode(evidence, pretty: false)
        #expect(try EvidenceStore.decode(bytes, path: "e") == evidence)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.split(separator: "\"repeats\"").count == 2)
        #expect(text.contains("{\"command\":{\"duration\":2,\"repeats\":\"a\"}}"))
        let astray = text.replacing("\"repeats\":\"a\"", with: "\"repeats\":\"c\"")
        let failure = try #require(throws: StoreFailure.self) {
            try EvidenceStore.decode(Array(astray.utf8), path: "e.json")
        }
        #expect(failure.message.hasPrefix("e.json is damaged"))
    }

    @Test func aNewerSchemaIsRefused() throws {
        let text = String(decoding: try StoredJSON.encode(sampleEvidence()), as: UTF8.self)
            .replacing("\"schemaVersion\" : 3", with: "\"schemaVersion\" : 4")
        let path = try folder.write(text, to: "evidence.json")
        let failure = try #require(throws: StoreFailure.self) { try EvidenceStore.read(path) }
        #expect(failure.message.hasPrefix("\(path) was written by a newer Bascule (schema 4"))
    }

    @Test(arguments: [
        ("{", "is damaged"), ("[]", "is damaged"), ("{}", "no “schemaVersion”"),
        ("{\"schemaVersion\": 1}", "is damaged"),
        ("{\"schemaVersion\": \"1\"}", "wrong type at schemaVersion"),
    ])
    func damagedEvidenceIsRefusedInASentence(text: String, problem: String) throws {
        let path = try folder.write(text, to: "evidence.json")
        let failure = try #require(throws: StoreFailure.self) { try EvidenceStore.read(path) }
        #expect(failure.sentence.en.contains(problem), "\(failure)")
        #expect(failure.sentence.en.contains(path))
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
        #expect(failure.sentence.en.contains("too many to be read"))
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
            "202612-02-01T18:42:17.631Z", "20261-2-02-01T8:42:17Z", "2026-11-31T14:15:30Z",
        ] {
            #expect(StoredDate.date(text) == nil, "\(text)")
        }
    }
}
