import Exercises
import Foundation
import GraderCore
import Testing

@testable import ClassRun

@Suite struct DrillJournalTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    private func plan(_ kind: DrillKind, name: String = "serv1") -> DrillPlan {
        DrillPlan(
            kind: kind, active: .serv1, names: [.serv1: name, .serv2: "serv2"],
            target: SamplingTarget(address: "172.16.1.12", port: 80, request: nil, acceptedStatuses: [200]),
            resources: DrillResources(vip: "vip", web: "web", group: "g", together: ["vip", "web"]),
            service: kind.stopsService
                ? WebService(unit: "apache2.service", isUnitManaged: true, server: .apache) : nil,
            power: nil, failoverBound: .seconds(30), failbackBound: .seconds(30))
    }

    private func scripts(_ kind: DrillKind, name: String = "serv1") -> DrillScripts {
        DrillScripts(
            id: "20261122t180000z-etu1-\(kind.rawValue)-1", plan: plan(kind, name: name), owner: "o",
            lease: .seconds(60))
    }

    private func opening() -> DrillJournal.Opening {
        .init(
            drill: "d1", student: "etu1", startedAt: Date(timeIntervalSince1970: 1_795_000_000),
            plan: plan(.standby), owner: "o", before: [])
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

    @Test func onlyNewFailuresAreTheDrills() {
        func difference(_ what: String, _ before: String?, _ after: String?) -> SnapshotDifference {
            SnapshotDifference(what: what, before: before, after: after)
        }
        #expect(difference("failure", nil, "serv1 serviceWeb stop").isFailure)
        #expect(difference("attribute serv1 fail-count-serviceWeb#stop_0", nil, "INFINITY").isFailure)
        #expect(!difference("failure", "serv1 serviceWeb stop", nil).isFailure)
        #expect(!difference("attribute serv1 standby", nil, "on").isFailure)
    }

    @Test func aDamagedLineInTheMiddleIsSaid() throws {
        let journal = try journal()
        try journal.write(.opened(opening()))
        var bytes = Array(try Data(contentsOf: URL(filePath: journal.path)))
        bytes += Array("{oops}\n".utf8)
        #expect(throws: StoreFailure.self) { _ = try DrillRecord(path: "j", bytes: bytes) }
        #expect(try DrillRecord(path: "j", bytes: []) == nil)
    }

    // MARK: what a drill would do

    @Test func everyPerturbationHasItsMarkOnTheNodesFirst() {
        let broken = scripts(.serviceBroken)
        let marks = broken.intents().map { ($0.node, $0.command.arguments.suffix(3)) }
        #expect(marks.map(\.0) == [.serv1, .serv2])
        #expect(Array(marks[0].1) == ["intent-failures", "intent-stop", "intent-break"])
        #expect(broken.intents()[1].command.arguments.last == "intent-failures")
        #expect(broken.perturbation().map(\.name) == ["break", "stop"])
        #expect(
            scripts(.standby).perturbation().map(\.undo) == [
                "crm_attribute --node serv1 --name standby --lifetime reboot --delete"
            ])
    }

    /// Names come from students' machines.
    @Test func hostileNamesStayOneWord() {
        let name = "x' ; touch /tmp/owned #"
        let file = scripts(.standby, name: name).planFile(for: .serv1)
        #expect(file.contains("node='x'\\'' ; touch /tmp/owned #'\n"))
        #expect(scripts(.standby, name: name).perturbation()[0].command.arguments.contains(name))
    }

    /// Gentle means only (design, section 5).
    @Test func nothingMovesBansOrReplaces() {
        for kind in DrillKind.allCases {
            let words = (scripts(kind).intents() + scripts(kind).perturbation())
                .flatMap(\.command.arguments).joined(separator: " ")
            for forbidden in [" move ", " ban ", "--replace", "load replace", "crm node standby", "cibadmin"]
            {
                #expect(!words.contains(forbidden))
            }
        }
        for forbidden in [" --move", " --ban", "--replace", "crm configure"] {
            #expect(!DrillScripts.undoText.contains(forbidden))
        }
    }

    // MARK: what is left on a node

    @Test func remainsAreReadAndNothingElse() {
        let remains = DrillRemains(
            Bytes(
                """
                lock=20261122t180000z-etu1-standby-1
                owner=root@vm pid 1 since 2026-11-22T18:04:12Z
                drill=20261122t180000z-etu1-standby-1 armed 44
                drill=../../etc armed 1
                drill=20261122t170000z-etu1-standby-2 receipt

                """))
        #expect(remains.lock == "20261122t180000z-etu1-standby-1")
        #expect(
            remains.drills == [
                .init(id: "20261122t180000z-etu1-standby-1", isArmed: true, leaseSeconds: 44),
                .init(id: "20261122t170000z-etu1-standby-2", isArmed: false, leaseSeconds: nil),
            ])
    }

    @Test func aDeadOwnerOfThisHostHoldsNothing() {
        let here = DrillOwner.line(now: Date())
        let host = here.split(separator: " ")[0]
        let then = "since 2026-11-22T18:04:12Z"
        func remains(_ owner: String, lease: Int) -> DrillRemains {
            DrillRemains(Bytes("lock=d\nowner=\(owner)\ndrill=d armed \(lease)\n"))
        }
        // Above any pid_max.
        #expect(remains("\(host) pid 99999999 \(then)", lease: 50).liveOwner(here: here) == nil)
        #expect(remains(here, lease: 50).liveOwner(here: here) == nil)
        #expect(remains("\(host) pid \(getppid()) \(then)", lease: 50).liveOwner(here: here) != nil)
        #expect(remains("root@elsewhere pid 5 \(then)", lease: 50).liveOwner(here: here) != nil)
        #expect(remains("root@elsewhere pid 5 \(then)", lease: -3).liveOwner(here: here) == nil)
        // Another machine of the same name: whether its process lives cannot be known here.
        let namesake = "\(host.prefix { $0 != "/" })/00000000 pid 99999999 \(then)"
        #expect(host.contains("/"))
        #expect(remains(namesake, lease: 50).liveOwner(here: here) != nil)
        #expect(!DrillOwner.isOtherAndAlive(namesake, here: here))
        #expect(DrillOwner.isOtherAndAlive("\(host) pid \(getppid()) \(then)", here: here))
    }
}
