import Foundation
import GraderCore
import Testing

@testable import ClassRun

@Suite struct ReportsFolderTests {
    private let folder: TestFolder
    private let reports: ReportsFolder
    private let start = Date(timeIntervalSince1970: 1_795_356_930.75)

    init() throws {
        folder = try TestFolder()
        reports = ReportsFolder(folder.path + "/reports")
    }

    private func mode(_ path: String) throws -> UInt32 {
        var status = stat()
        try #require(lstat(path, &status) == 0, "\(path)")
        return status.st_mode & 0o7777
    }

    private func manifest(_ className: String = "sio") -> RunManifest {
        RunManifest(
            className: className, title: "SIO", exercise: "activite-2", language: .french,
            startedAt: StoredDate.rounded(start), students: [StudentIdentity(id: "etu1", names: ["Un"])],
            questions: [QuestionID("Q1")])
    }

    @Test func aRunIsLaidOutAsDesignedAndPrivate() throws {
        let previous = umask(0)
        defer { umask(previous) }
        let run = try reports.newRun(manifest(), at: start)
        #expect(run.path == folder.path + "/reports/sio/2026-11-22T141530Z")
        try run.write("<p>", as: "index.html")
        let checksum = try run.write(sampleEvidence(), student: "etu1")
        try run.write("# Bonjour", as: "report.md", student: "etu1")
        let files = ["run.json", "index.html", "students/etu1/evidence.json", "students/etu1/report.md"]
        for file in files { #expect(try mode(run.path(file)) == 0o600, "\(file)") }
        for path in ["", "/students", "/students/etu1"] { #expect(try mode(run.path + path) == 0o700) }
        #expect(try mode(folder.path + "/reports") == 0o700)
        let left = try FileManager.default.subpathsOfDirectory(atPath: run.path).sorted()
        #expect(left == (files + ["students", "students/etu1"]).sorted())

        #expect(try run.manifest() == manifest())
        #expect(try run.evidence(of: "etu1") == sampleEvidence())
        #expect(checksum.count == 64)
    }

    @Test func runsOfOneSecondDoNotMeet() throws {
        let names = try (1...3).map { _ in try reports.newRun(manifest(), at: start).path }
        #expect(names.map { $0.suffix(3) } == ["30Z", "Z-2", "Z-3"])
        for _ in 4...11 { _ = try reports.newRun(manifest(), at: start) }
        let ordered = try reports.runs(of: "sio").map(\.name.count)
        #expect(ordered == [18] + Array(repeating: 20, count: 8) + [21, 21])
    }

    @Test func runsOfOneSecondKeepTheirOrder() {
        let second = "2026-11-22T141530Z"
        let names = [second, "\(second)-2", "\(second)-10", "2026-11-22T141531Z"]
        #expect(names.reversed().sorted { RunFolder.order($0) < RunFolder.order($1) } == names)
    }

    @Test func latestFollowsTheRuns() throws {
        #expect(try reports.latestRun(of: "sio") == nil)
        for seconds in [0.0, 60] {
            let run = try reports.newRun(manifest(), at: start.addingTimeInterval(seconds))
            try reports.pointLatest(at: run)
            #expect(try reports.latestRun(of: "sio") == run)
        }
        let link = folder.path + "/reports/sio/latest"
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "2026-11-22T141630Z")
    }

    @Test func whatIsThereIsReplacedWhole() throws {
        let run = try reports.newRun(manifest(), at: start)
        try run.write(String(repeating: "long", count: 1000), as: "index.html")
        try run.write("short", as: "index.html")
        #expect(try String(contentsOfFile: run.path("index.html"), encoding: .utf8) == "short")
    }

    @Test(arguments: ["..", ".", "", "a/b", "../etu1", ".hidden", "a\u{0}b", "é"])
    func namesThatLeadElsewhereAreRefused(name: String) throws {
        let run = try reports.newRun(manifest(), at: start)
        #expect(throws: StoreFailure.self) { try run.write("x", as: "report.md", student: name) }
        #expect(throws: StoreFailure.self) { try run.evidence(of: name) }
        #expect(throws: StoreFailure.self) { try reports.newRun(manifest(name), at: start) }
    }

    @Test func whatCannotBeWrittenIsOneSentenceWithThePath() throws {
        let file = try folder.write("", to: "file")
        let failure = try #require(throws: StoreFailure.self) {
            try ReportsFolder(file + "/reports").newRun(manifest(), at: start)
        }
        #expect(failure.sentence.en.contains(file))
        // Not even root makes a folder there.
        #expect(throws: StoreFailure.self) {
            try ReportsFolder("/proc/reports").newRun(manifest(), at: start)
        }
    }

    @Test func aFullDiskIsSaidSo() throws {
        let full = open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        defer { close(full) }
        let failure = try #require(throws: StoreFailure.self) {
            try AtomicFile.write([1, 2, 3], to: full, of: "/reports/index.html")
        }
        #expect(failure.message.hasPrefix("The disk is full"))
        #expect(failure.sentence.en.contains("/reports/index.html"))
    }

    @Test func aFailureLeavesNothingBehind() throws {
        let run = try reports.newRun(manifest(), at: start)
        // A folder of that name cannot be replaced by a file.
        try FileManager.default.createDirectory(
            atPath: run.path("index.html"), withIntermediateDirectories: true)
        #expect(throws: StoreFailure.self) { try run.write("x", as: "index.html") }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: run.path).sorted()
                == ["index.html", "run.json"])
    }
}
