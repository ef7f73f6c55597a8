import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Evidence as a folder for tests.
@Suite struct RecordingTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    private static let recorded = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "ExercisesTests/Recorded").path(percentEncoded: false)

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(folder.path)/\(path)", encoding: .utf8)
    }

    /// Whatever was printed, short or long, comes back to the byte.
    @Test(arguments: [
        "serv1\n", "", Bytes([0]), Bytes(Array(0...255)), Bytes(Array(repeating: 0xC3, count: 400)),
        Bytes(String(repeating: "<op id=\"é\"/>\r\n", count: 40)), Bytes(String(repeating: "x", count: 161)),
    ])
    func noByteIsLost(output: Bytes) throws {
        let evidence = sampleEvidence(output: output)
        try Recording.write(evidence, to: folder.path + "/solved")
        #expect(try Recording.read(folder.path + "/solved") == evidence)
        #expect(try EvidenceStore.read(folder.path + "/solved") == evidence)
    }

    /// Drills bring observations of their own; these were recorded with one each.
    @Test(arguments: ["drilled/web-monitor-missing", "trixie/solved", "lies/nothing.both-all"])
    func aRecordingOfARealPairIsWrittenAsItWasRead(name: String) throws {
        let evidence = try Recording.read("\(Self.recorded)/\(name)")
        #expect(evidence.drills?.isEmpty != true)
        try Recording.write(evidence, to: folder.path + "/again")
        #expect(try Recording.read(folder.path + "/again") == evidence)
    }

    @Test func whatIsLongIsAFileAndEachContentOne() throws {
        let page = String(repeating: "<p>a line</p>\n", count: 20)
        try Recording.write(sampleEvidence(output: Bytes(page)), to: folder.path + "/solved")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/solved").sorted()
        // The same was printed by a command, on a page and as the table of neighbours.
        #expect(files == ["net", "net/http.txt", "recording.json", "times.tsv"])
        #expect(try text("solved/net/http.txt") == page)
        let index = try text("solved/recording.json")
        #expect(index.contains("\n\"serv1/hostname\":{\"ending\":{\"exited\":0},"))
        #expect(!index.contains("a line"))
        #expect(try text("solved/times.tsv").hasPrefix("net/http\t2026-11-22T14:15:30.750Z\t0.0015\n"))
    }

    @Test func whatWasThereBeforeIsGone() throws {
        try Recording.write(
            sampleEvidence(output: Bytes(String(repeating: "x", count: 999))), to: folder.path + "/solved")
        try Recording.write(sampleEvidence(), to: folder.path + "/solved")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/solved").count == 2)
    }

    @Test(arguments: [
        ("../../../etc/passwd", "/etc/passwd"), ("/etc/passwd", "/etc/passwd"), ("..", ".."),
        ("serv1/../../x", "serv1"), ("missing.txt", "missing.txt"),
    ])
    func aFileElsewhereIsNotRead(path: String, said: String) throws {
        try Recording.write(sampleEvidence(output: "own word"), to: folder.path + "/solved")
        let index = try text("solved/recording.json").replacing(
            "\"stdout\":\"own word\"", with: "\"stdout\":{\"file\":\"\(path)\"}")
        try #require(index.contains(path))
        try folder.write(index, to: "solved/recording.json")
        let failure = try #require(throws: StoreFailure.self) { try Recording.read(folder.path + "/solved") }
        #expect(
            failure.sentence.en.contains("is damaged") && failure.sentence.en.contains(said), "\(failure)")
    }

    @Test(arguments: [
        ("recording.json", "\"schemaVersion\":1", "\"schemaVersion\":2", "newer Bascule"),
        ("recording.json", "\"schemaVersion\" : 3", "\"schemaVersion\" : 4", "newer Bascule"),
        ("times.tsv", "serv1/slow", "serv1/other", "times.tsv does not fit"),
        ("times.tsv", "2026", "last year", "times.tsv does not fit"),
    ])
    func whatDoesNotFitIsRefused(file: String, old: String, new: String, said: String) throws {
        try Recording.write(sampleEvidence(), to: folder.path + "/solved")
        let changed = try text("solved/\(file)").replacing(old, with: new)
        try #require(changed.contains(new))
        try folder.write(changed, to: "solved/\(file)")
        let failure = try #require(throws: StoreFailure.self) { try Recording.read(folder.path + "/solved") }
        #expect(failure.sentence.en.contains(said), "\(failure)")
    }
}
