import Exercises
import Foundation
import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// A journal that the grader's disk has damaged: what can be read of it is given back and compared all the same.
@Suite struct DamagedJournalTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    private func opening() -> DrillJournal.Opening {
        .init(
            drill: "d1", student: "etu1", startedAt: Date(timeIntervalSince1970: 1_795_000_000),
            plan: .shutdown, owner: "root@elsewhere/1 pid 5 since 2026-11-22T18:04:12Z", before: [])
    }

    private func add(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// The disk fills in the middle of a line, and has room again: the next line stands by itself.
    @Test func halfALineIsTakenBack() throws {
        let journal = try DrillJournal(folder: folder.path, drill: "d1")
        let half = #"{"entry":"step","na"#
        func fill() -> StoreFailure? {
            #expect(throws: StoreFailure.self) {
                try journal.write { () throws(StoreFailure) in
                    do {
                        if !FileManager.default.fileExists(atPath: journal.path) {
                            try Data().write(to: URL(filePath: journal.path))
                        }
                        try add(half, to: journal.path)
                    } catch {
                        Issue.record(error)
                    }
                    throw StoreFailure(writing: journal.path, ENOSPC)
                }
            }
        }
        // Also the first one.
        #expect(fill()?.cause == .notWritten)
        #expect(try text(journal.path).isEmpty)
        try journal.write(.opened(opening()))
        let whole = try text(journal.path)
        #expect(fill()?.cause == .notWritten)
        #expect(try text(journal.path) == whole)
        try journal.write(.closed(outcome: "as before", differences: []))
        let (records, damaged) = DrillRecord.all(in: folder.path)
        #expect(damaged.isEmpty && records.map(\.closed) == ["as before"])
    }

    /// What lies behind a link is nobody's journal.
    @Test func nothingIsCutBehindALink() throws {
        let other = try folder.write("somebody's\n", to: "other")
        let journal = try DrillJournal(folder: "\(folder.path)/journal", drill: "d1")
        try FileManager.default.createSymbolicLink(
            atPath: journal.path, withDestinationPath: "../\(FilePath.name(of: other))")
        #expect(throws: StoreFailure.self) { try journal.write(.opened(opening())) }
        #expect(try text(other) == "somebody's\n")
    }

    @Test func withoutItsOpeningNothingIsLeftOfIt() throws {
        let journal = try DrillJournal(folder: folder.path, drill: "d1")
        try Data("{oops}\n".utf8).write(to: URL(filePath: journal.path))
        try journal.write(.stage("restoring"))
        let (records, damaged) = DrillRecord.all(in: folder.path)
        #expect(records.isEmpty && damaged.lost(beside: records).count == 1)
        #expect(damaged.first?.message.contains("but not compared with before") == true)
    }

    /// The line that cannot be read may have announced that the machine was taken down: it is switched on, compared, and
    /// the journal closed behind that line.
    @Test func whatIsLeftOfItIsRestored() async throws {
        let recorded = try RecordedClass("etu1")
        let place = recorded.reports.journalFolder(of: "demo")
        let journal = try DrillJournal(folder: place, drill: "d1")
        try journal.write(.opened(opening()))
        try journal.write(.step(name: "intent", node: .serv1, command: "c", undo: ""))
        try add(#"{"entry":"step","na"#, to: journal.path)
        try journal.write(.stage("restoring"))
        #expect(try text(journal.path).split(separator: "\n").count == 3)
        // Told once, as any drill that did not come to its end.
        let open = recorded.reports.openDrills(of: "demo")
        #expect(open.count == 1 && open.first?.en.contains("d1 did not come to its end") == true, "\(open)")
        #expect(recorded.reports.studentsOfOpenDrills("demo") == ["etu1"])

        let machine = SwitchedOff()
        let sheet = { () -> TestSheet in
            var sheet = TestSheet()
            sheet.drills = [AskedDrill("shutdown", [""], tell: { _ in })]
            return sheet
        }()
        let access = PairCollector.Access(
            connect: { _ in machine }, directProber: nil,
            prober: { _ in fatalError("nothing is asked of the service") })
        let means = DrillMeans(
            sampler: NodeSampler(connection: PairConnection(access), node: .serv1),
            runHere: { words, _ in
                machine.hear(words)
                return HookResult(.exited(0))
            }, runIfWeDie: { _ in {} })
        let grader = ClassGrader(
            recorded.roster, collector: PairCollector(exercise: sheet, collector: "test"), grader: nil,
            reports: recorded.reports, transports: Transports(drills: means) { _ in { _ in access } })
        var damaged: [StoreFailure] = []
        var reports: [DrillRestorer.Report] = []
        let isClean = try await grader.restore(
            recorded.roster.students, isForced: false, onDamaged: { damaged = $0 },
            onReport: { reports.append($0) })
        #expect(isClean && reports.map(\.isClean) == [true] && reports.map(\.wasCompared) == [true])
        #expect(damaged.map(\.message).first?.contains("\(journal.path), line 3, cannot be read") == true)
        #expect(damaged.count == 1 && damaged.first?.message.contains("compares with before") == true)
        #expect(machine.heard == [["on"]])
        // Over and done with.
        let (records, stillDamaged) = DrillRecord.all(in: place)
        #expect(records.map(\.closed) == ["restored"] && stillDamaged.isEmpty)
        #expect(recorded.reports.openDrills(of: "demo").isEmpty)
    }
}

/// A machine that is off until a hook has run, and then has nothing to say.
private final class SwitchedOff: NodeSession {
    private let words = Mutex<[[String]]>([])
    var heard: [[String]] { words.withLock { $0 } }
    func hear(_ new: [String]) { words.withLock { $0.append(new) } }

    var hostKey: String? { nil }
    var dialer: any StreamDialer { NoDialer() }
    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        if heard.isEmpty, command == DrillProbes.boot {
            throw TransportFailure(.unreachable, LocalizedText(verbatim: "switched off"))
        }
        return CommandResult(
            answering: command.arguments, ending: .exited(0), standardOutput: "", standardError: "",
            duration: .zero)
    }
    func close() async {}
}
