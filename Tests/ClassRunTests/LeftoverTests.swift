import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// A class's folder as a killed program leaves it, moment by moment.
@Suite struct LeftoverTests {
    private let folder: TestFolder
    private let reports: ReportsFolder
    private let start = Date(timeIntervalSince1970: 1_795_356_930.75)
    private var classFolder: String { folder.path + "/reports/sio" }

    init() throws {
        folder = try TestFolder()
        reports = ReportsFolder(folder.path + "/reports")
    }

    private func newRun(after seconds: Double = 0, _ students: String...) throws -> RunFolder {
        try reports.newRun(
            RunManifest(
                className: "sio", title: "SIO", exercise: "activite-2", language: .french,
                startedAt: start.addingTimeInterval(seconds),
                students: (students + ["etu1"]).map { StudentIdentity(id: $0, names: [$0]) }, questions: nil),
            at: start.addingTimeInterval(seconds))
    }

    private func make(_ name: String, _ files: String...) throws {
        try FileManager.default.createDirectory(
            atPath: "\(classFolder)/\(name)", withIntermediateDirectories: true)
        for file in files {
            let path = "\(classFolder)/\(name)/\(file)"
            try FileManager.default.createDirectory(
                atPath: FilePath.folder(of: path), withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(filePath: path))
        }
    }

    private func names(_ sub: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: classFolder + sub).sorted()
    }

    private static let unique = "8E0C2E0A-7E0F-4B57-9B53-0C8B7F0C2B11"

    /// Killed before its manifest was written, as an older Bascule could be, or while it was.
    @Test(arguments: [[], ["students/etu1/.evidence.json.\(unique).tmp"], [".run.json.\(unique).tmp"]])
    func aFolderThatHoldsNothingIsNoRunAndGoes(_ files: [String]) throws {
        let run = try newRun()
        try make("2026-11-22T141600Z")
        for file in files { try make("2026-11-22T141600Z", file) }
        #expect(try reports.runs(of: "sio") == [run])
        #expect(try reports.unreadableRuns(of: "sio").isEmpty)
        let next = try newRun(after: 60)
        #expect(try names() == [run.name, next.name])
    }

    @Test func aFolderThatHoldsEvidenceIsPassedOverAndStays() throws {
        let run = try newRun()
        try make("2026-11-22T141600Z", "students/etu2/evidence.json")
        let next = try newRun(after: 60)
        #expect(try reports.runs(of: "sio") == [run, next])
        #expect(try reports.unreadableRuns(of: "sio").map(\.name) == ["2026-11-22T141600Z"])
        #expect(try names("/2026-11-22T141600Z/students/etu2") == ["evidence.json"])
        #expect(try reports.knownStudents(of: "sio").map(\.id) == ["etu1"])
        // Whoever has a folder there is no one of whom nothing stays; and it says where it was made.
        let bundle = StudentBundle(reports: reports, className: "sio", student: "etu1")
        #expect(try bundle.parts().isEmpty)
        let purge = ClassPurge(reports: reports, className: "sio", before: start.addingTimeInterval(45))
        let plan = try purge.plan()
        #expect(plan.removed.map(\.name).contains("2026-11-22T141600Z"))
        #expect(plan.students.map(\.id) == ["etu2"])
        let earlier = ClassPurge(reports: reports, className: "sio", before: start.addingTimeInterval(-1))
        #expect(try earlier.plan().students.isEmpty)
    }

    /// What `collect` made has no page yet, and is whole: to be judged, not to be cleared away.
    @Test func whatWasCollectedOfEverybodyIsNoUnfinishedRun() throws {
        let run = try newRun(after: 0, "etu2")
        try run.write("x", as: "evidence.json", student: "etu1")
        #expect(try reports.unfinishedRuns(of: "sio") == [run])
        try run.write("x", as: "evidence.json", student: "etu2")
        #expect(try reports.unfinishedRuns(of: "sio").isEmpty)
    }

    @Test func aRunIsThereWithItsManifestOrNotAtAll() throws {
        _ = try newRun()
        let before = try names()
        #expect(throws: StoreFailure.self) {
            _ = try AtomicFile.makeNewFolder(["\(classFolder)/a"]) { path throws(StoreFailure) in
                try RunFolder(path: path).write("x", as: "roster.yaml")
                // Nothing of it is to be seen yet under its name.
                #expect(!FileManager.default.fileExists(atPath: "\(classFolder)/a"))
                throw StoreFailure(LocalizedText(verbatim: "killed"))
            }
        }
        #expect(try names() == before)
        // What is there is never replaced.
        let taken = try AtomicFile.makeNewFolder(before.map { "\(classFolder)/\($0)" }) { _ in }
        #expect(taken == nil)
        #expect(try names() == before)
    }

    @Test func whatHasATemporaryNameStillGoesAndNothingElse() throws {
        let run = try newRun()
        let stays = [".hidden.tmp", ".\(Self.unique).tmp", "a.\(Self.unique).tmp", ".a.\(Self.unique).tm"]
        for file in stays + ["run.json.bak"] { try run.write("x", as: file) }
        try run.write("x", as: "report.md", student: "etu1")
        for place in ["", "/students/etu1"] {
            try make(run.name + place, ".report.md.\(Self.unique).tmp")
        }
        try make("", ".marks.yaml.\(Self.unique).tmp", ".latest.\(Self.unique).tmp")
        try make(".\(run.name).\(Self.unique).tmp", "run.json")
        try make(".2026-01-01T000000Z.\(Self.unique).gone", "run.json", "students/etu9/evidence.json")
        try reports.pointLatest(at: run)
        reports.sweep("sio")
        #expect(try names() == [run.name, "latest"])
        #expect(try names("/\(run.name)") == (stays + ["run.json", "run.json.bak", "students"]).sorted())
        #expect(try names("/\(run.name)/students/etu1") == ["report.md"])
    }

    /// Two graders at once: what one is writing is not taken away by the other.
    @Test func whatSomebodyIsWorkingOnStays() throws {
        let run = try newRun()
        let file = ".report.md.\(Self.unique).tmp"
        try make(run.name, file)
        try make("", file)
        let holds = [classFolder, run.path].map { FolderHold($0) }
        reports.sweep("sio")
        #expect(try names().contains(file) && names("/\(run.name)").contains(file))
        holds.forEach { $0.end() }
        reports.sweep("sio")
        #expect(try !names().contains(file) && !names("/\(run.name)").contains(file))
    }

    @Test func aLinkThatLeadsNowhereIsNoLatestRun() throws {
        let run = try newRun()
        try AtomicFile.link("\(classFolder)/latest", to: "2026-01-01T000000Z")
        #expect(try reports.latestRun(of: "sio") == nil)
        try reports.remove(run, of: "sio")
        #expect(try reports.runs(of: "sio").isEmpty)
    }

    @Test func theLinkLeadsToARunThatIsThereWhileItsOwnIsRemoved() throws {
        let finished = try newRun()
        try finished.write("<p>", as: "index.html")
        let cutOff = try newRun(after: 60)
        let last = try newRun(after: 120)
        try reports.pointLatest(at: last)
        try reports.remove(last, of: "sio")
        #expect(try reports.latestRun(of: "sio") == finished)
        #expect(try names() == [finished.name, cutOff.name, "latest"])
    }

    @Test func whatIsNoRunIsSaidToBeNone() throws {
        let run = try newRun()
        func sentence(_ path: String) throws -> String {
            try #require(throws: StoreFailure.self) { try RunFolder(path: path).manifest() }.message
        }
        #expect(try sentence("\(classFolder)/latest").contains("--resume"))
        #expect(try sentence("\(classFolder)/none").hasPrefix("There is no run \(classFolder)/none"))
        try FileManager.default.removeItem(atPath: run.path("run.json"))
        #expect(try sentence(run.path).contains("it has no run.json"))
    }
}
