import Exercises
import Foundation
import GraderCore
import Testing

@testable import ClassRun

@Suite struct DrillJournalTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    private var plan: DrillPlan {
        DrillPlan(
            kind: "standby", active: .serv1, witness: .serv2,
            names: [.serv1: "serv1", .serv2: "serv2"],
            target: SamplingTarget(address: "172.16.1.12", port: 80, request: nil, acceptedStatuses: [200]),
            subjects: ["vip": ["vip"]], failoverBound: .seconds(30), failbackBound: .seconds(30))
    }

    private func opening() -> DrillJournal.Opening {
        .init(
            drill: "d1", student: "etu1", startedAt: Date(timeIntervalSince1970: 1_795_000_000),
            plan: plan, owner: "o", before: [])
    }

    private func journal() throws -> DrillJournal {
        try DrillJournal(folder: folder.path, drill: "d1")
    }

    private func read(_ journal: DrillJournal, cutting count: Int = 0) throws -> DrillRecord? {
        let data = try Data(contentsOf: URL(filePath: journal.path))
        return try DrillRecord(path: journal.path, bytes: Array(data.dropLast(count)))
    }

    @Test func whatWasBegunIsReadAgainAndUndoneBackwards() throws {
        let journal = try journal()
        try journal.write(.opened(opening()))
        try journal.write(.step(name: "break", node: .serv1, command: "c", undo: "rm file"))
        try journal.write(.step(name: "intent", node: .serv2, command: "c", undo: ""))
        try journal.write(
            .step(name: "stop", node: .serv1, command: "c", undo: "crm resource cleanup web serv1"))
        let record = try #require(try read(journal))
        #expect(record.isOpen)
        #expect(record.undoCommands.map(\.command) == ["crm resource cleanup web serv1", "rm file"])
        try journal.write(.closed(outcome: "as before", differences: []))
        #expect(try read(journal)?.isOpen == false)
        let mode = try FileManager.default.attributesOfItem(atPath: journal.path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    /// The power went while a line was written: what it announced was not done.
    @Test func aTornLastLineIsLeftOut() throws {
        let journal = try journal()
        try journal.write(.opened(opening()))
        try journal.write(.step(name: "standby", node: .serv1, command: "c", undo: "u"))
        #expect(try read(journal, cutting: 5)?.steps.isEmpty == true)
        #expect(try read(journal)?.steps.count == 1)
    }

    /// `restore` closes the journal of a grader that was killed in mid-line.
    @Test func aTornJournalIsClosedAllTheSame() throws {
        let journal = try journal()
        try journal.write(.opened(opening()))
        try journal.write(.step(name: "standby", node: .serv1, command: "c", undo: "u"))
        let size = try Data(contentsOf: URL(filePath: journal.path)).count
        try #require(truncate(journal.path, off_t(size - 5)) == 0)
        try DrillJournal(existing: journal.path).write(.closed(outcome: "restored", differences: []))
        let record = try #require(try read(journal))
        #expect(!record.isOpen && record.steps.isEmpty)
    }

    /// What could not be given back stays somebody's business until `restore` has said what it is.
    @Test func aDrillThatLeftSomethingStaysOpen() throws {
        let journal = try journal()
        try journal.write(.opened(opening()))
        try journal.write(.stage("disarming"))
        #expect(try read(journal)?.endedDifferent == false)
        try journal.write(.stage(DrillRecord.differentStage))
        let record = try #require(try read(journal))
        #expect(record.isOpen && record.endedDifferent)
        try journal.write(.closed(outcome: "different", differences: []))
        #expect(try read(journal)?.isOpen == false)
    }

    /// What cannot be read announced a step that may have been taken: said with file and line, never passed over.
    @Test(arguments: ["{oops}", "{}", #"{"entry":"leap"}"#, #"{"entry":"step","name":"x"}"#, #"{"step":{}}"#])
    func aDamagedLineInTheMiddleIsSaid(_ line: String) throws {
        let journal = try journal()
        try journal.write(.opened(opening()))
        try journal.write(.step(name: "standby", node: .serv1, command: "c", undo: "u"))
        var lines = try String(contentsOfFile: journal.path, encoding: .utf8).split(separator: "\n").map(
            String.init)
        lines.insert(line, at: 1)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: journal.path))
        let (records, damaged) = DrillRecord.all(in: folder.path)
        // What is before and behind it is kept.
        #expect(records.map(\.isOpen) == [true] && records.first?.steps.map(\.undo) == ["u"])
        let said = try #require(damaged.first?.message)
        #expect(damaged.count == 1 && said.contains("\(journal.path), line 2,"), "\(said)")
        #expect(try DrillRecord(path: "j", bytes: []) == nil)
    }

    @Test func aJournalOfANewerProgramIsRefused() throws {
        let journal = try journal()
        var opening = opening()
        opening.schemaVersion += 1
        try journal.write(.opened(opening))
        #expect(DrillRecord.all(in: folder.path).damaged.map { $0.sentence.en.contains("newer") } == [true])
    }

    // MARK: the stored form

    /// Every kind of entry is told by a word of its own, and comes back.
    @Test func entriesSpellThemselvesOut() throws {
        let difference = SnapshotDifference(what: "attribute serv1 standby", before: nil, after: "on")
        let entries: [DrillJournal.Entry] = [
            .opened(opening()), .step(name: "standby", node: .serv1, command: "c", undo: "u"),
            .step(name: "power-on", node: nil, command: "c", undo: ""), .stage("watching"),
            .closed(outcome: "different", differences: [difference]),
        ]
        for entry in entries {
            let line = try StoredJSON.encode(entry, pretty: false)
            #expect(String(decoding: line, as: UTF8.self).contains(#""entry":""#))
            #expect(try StoredJSON.decodeLine(DrillJournal.Entry.self, from: line) == entry)
        }
    }

    /// Recorded with Bascule as it was before: graders that were killed in the middle of a drill.
    @Test func oldJournalsAreRead() throws {
        let journals = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Fixtures/journals").path(percentEncoded: false)
        let (records, damaged) = DrillRecord.all(in: journals)
        #expect(damaged.isEmpty, "\(damaged.map(\.message))")
        let broken = try #require(records.first { $0.opening.plan.kind == "service-broken" })
        #expect(broken.isOpen && broken.opening.student == "etu2")
        #expect(broken.steps.map(\.name) == ["intent", "intent", "break", "stop"])
        #expect(broken.stages == ["arming", "watching"])
        #expect(broken.undoCommands.map(\.node) == [.serv1, .serv1])
        #expect(broken.undoCommands.first?.command == "crm resource cleanup serviceWeb serv1")
        #expect(broken.opening.plan.active == .serv1 && broken.opening.plan.witness == .serv2)
        #expect(broken.opening.plan.subjects["together"] == ["IPFailover", "serviceWeb"])
        #expect(!broken.opening.plan.goesDown && broken.opening.before.count == 3)
        let standby = try #require(records.first { $0.opening.plan.kind == "standby" })
        #expect(
            standby.undoCommands.map(\.command) == [
                "crm_attribute --node serv1 --name standby --lifetime reboot --delete"
            ])
        let cut = try #require(records.first { $0.opening.plan.kind == "power-loss" })
        #expect(cut.opening.plan.goesDown && cut.opening.plan.powerOn?.suffix(2) == ["etu1/serv1", "on"])
        #expect(cut.undoCommands.map(\.node) == [nil])
        // And the last of one that ended.
        let closed =
            #"{"closed":{"differences":[{"what":"attribute serv1 standby","after":"on"}],"outcome":"different"}}"#
        #expect(
            try StoredJSON.decodeLine(DrillJournal.Entry.self, from: Array(closed.utf8))
                == .closed(
                    outcome: "different",
                    differences: [.init(what: "attribute serv1 standby", before: nil, after: "on")]))
    }

    @Test func outcomesOfBothFormsAreRead() throws {
        let refusal = DrillRefusal(.inUse, LocalizedText(fr: "pris", en: "held"))
        let outcomes: [(DrillOutcome, String)] = [
            (.performed, #"{"performed":{}}"#),
            (.refused(refusal), #"{"refused":{"_0":{"kind":"inUse","sentence":{"fr":"pris","en":"held"}}}}"#),
            (.abandoned(refusal.sentence), #"{"abandoned":{"_0":{"fr":"pris","en":"held"}}}"#),
        ]
        for (outcome, old) in outcomes {
            #expect(try StoredJSON.decodeLine(DrillOutcome.self, from: Array(old.utf8)) == outcome)
            let line = try StoredJSON.encode(outcome, pretty: false)
            #expect(String(decoding: line, as: UTF8.self).contains(#""ending":""#))
            #expect(try StoredJSON.decodeLine(DrillOutcome.self, from: line) == outcome)
        }
    }

    // MARK: what is left on a node

    @Test func leftoversAreReadAndNothingElse() {
        let leftovers = DrillLeftovers(
            Bytes(
                """
                lock=20261122t180000z-etu1-standby-1
                owner=root@vm pid 1 since 2026-11-22T18:04:12Z
                drill=20261122t180000z-etu1-standby-1 armed 44
                drill=../../etc armed 1
                drill=20261122t170000z-etu1-standby-2 receipt

                """))
        #expect(leftovers.lock == "20261122t180000z-etu1-standby-1")
        #expect(
            leftovers.drills == [
                .init(id: "20261122t180000z-etu1-standby-1", isArmed: true, leaseSeconds: 44),
                .init(id: "20261122t170000z-etu1-standby-2", isArmed: false, leaseSeconds: nil),
            ])
    }

    @Test func aDeadOwnerOfThisHostHoldsNothing() {
        let here = DrillOwner.line(now: Date())
        let host = here.split(separator: " ")[0]
        let then = "since 2026-11-22T18:04:12Z"
        func leftovers(_ owner: String, lease: Int) -> DrillLeftovers {
            DrillLeftovers(Bytes("lock=d\nowner=\(owner)\ndrill=d armed \(lease)\n"))
        }
        // Above any pid_max.
        #expect(leftovers("\(host) pid 99999999 \(then)", lease: 50).liveOwner(here: here) == nil)
        #expect(leftovers(here, lease: 50).liveOwner(here: here) == nil)
        #expect(leftovers("\(host) pid \(getppid()) \(then)", lease: 50).liveOwner(here: here) != nil)
        #expect(leftovers("root@elsewhere pid 5 \(then)", lease: 50).liveOwner(here: here) != nil)
        #expect(leftovers("root@elsewhere pid 5 \(then)", lease: -3).liveOwner(here: here) == nil)
        // Another machine of the same name: whether its process lives cannot be known here.
        let namesake = "\(host.prefix { $0 != "/" })/00000000 pid 99999999 \(then)"
        #expect(host.contains("/"))
        #expect(leftovers(namesake, lease: 50).liveOwner(here: here) != nil)
        #expect(!DrillOwner.isOtherAndAlive(namesake, here: here))
        #expect(DrillOwner.isOtherAndAlive("\(host) pid \(getppid()) \(then)", here: here))
    }
}
