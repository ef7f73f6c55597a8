import Exercises
import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Whose files are taken, and which are refused without harm to another.
struct HandInSortingTests {
    private func rules(_ change: (inout HandInRules) -> Void = { _ in }) throws -> HandInRules {
        var rules = HandInRules(
            roster: try HandInFixture.roster(), exercise: Activite2(), now: HandInFixture.now)
        change(&rules)
        return rules
    }

    /// As it is, or altered and sealed again.
    private func received(
        _ file: String, as name: String, owner: String? = nil, participant: Int? = nil,
        _ change: (inout HandInFile) -> Void = { _ in }
    ) throws -> ReceivedFile {
        var content = try HandInFixture.file(file)
        change(&content)
        let sealed = try content.sealed()
        return ReceivedFile(
            name: name, owner: owner, participant: participant,
            content: Result { () throws(HandInRefusal) in try HandInFile(sealed: sealed) })
    }

    private func sort(
        _ files: [ReceivedFile], _ latest: LatestLook? = nil, _ change: (inout HandInRules) -> Void = { _ in }
    ) throws -> HandInSorting {
        HandInSorting(files, by: try rules(change)) { _ in latest }
    }

    private func pair(_ student: String) throws -> [ReceivedFile] {
        try ["serv1", "serv2"].map {
            try received("\(student)-\($0)", as: "\(student)-\($0).zip", owner: student)
        }
    }

    private func later(_ seconds: TimeInterval) -> (inout HandInFile) -> Void {
        { file in
            file.evidence.startedAt += seconds
            file.evidence.finishedAt += seconds
        }
    }

    @Test func whatIsInOrderIsTaken() throws {
        let sorting = try sort(try pair("etu1") + pair("etu2"))
        #expect(sorting.refusals.isEmpty && Set(sorting.taken.keys) == ["etu1", "etu2"])
        #expect(sorting.taken["etu1"]?.keys.sorted() == [.serv1, .serv2])
        // By what it says itself, and from a machine that knows no roster by its name.
        let unnamed = try sort([
            received("etu1-serv1", as: "a.zip"),
            received("etu2-serv1", as: "etu2.zip", owner: "etu2") { $0.student = nil },
            received("etu3-serv1", as: "b.zip") { $0.student = nil },
        ])
        #expect(Set(unnamed.taken.keys) == ["etu1", "etu2"])
        #expect(unnamed.refusals.count == 1 && unnamed.refusals[0].en.hasPrefix("b.zip does not say which"))
    }

    @Test func whatIsAnothersIsRefused() throws {
        let others = [
            try received("etu1-serv1", as: "1", owner: "etu4"),
            try received("etu1-serv1", as: "2", owner: "etu4") { $0.student = "etu4" },
            try received("etu1-serv1", as: "3", owner: "etu4") { $0.student = "nobody" },
            try received("etu1-serv1", as: "4") { $0.student = "nobody" },
            try received("etu1-serv1", as: "5", owner: "etu1") { $0.evidence.exercise = "other" },
        ]
        let sorting = try sort(others + pair("etu2"))
        #expect(sorting.taken.keys.sorted() == ["etu2"])
        #expect(sorting.refusals.count == others.count)
        #expect(sorting.refusals[1].en.contains("172.16.4.10"))
        // The addresses edited as well: what the machine itself printed tells.
        let edited = try received("etu1-serv1", as: "6", owner: "etu4") { file in
            file.student = "etu4"
            file.evidence.lab.addresses = [.serv1: "172.16.4.10", .serv2: "172.16.4.11"]
        }
        #expect(try sort([edited]).refusals[0].en.contains("172.16.4.10"))
    }

    @Test func anotherDaysIsRefused() throws {
        #expect(try sort([received("etu1-serv1", as: "1", later(86_400))]).refusals[0].en.contains("future"))
        #expect(try sort([received("etu1-serv1", as: "1", later(300))]).refusals.isEmpty)
        let old = try received("etu1-serv1", as: "1", later(-86_400))
        #expect(try sort([old]).refusals.isEmpty)
        #expect(
            try sort([old]) { $0.notBefore = HandInFixture.now.addingTimeInterval(-3_600) }
                .refusals[0].en.contains("too old"))
    }

    @Test func theNewerOfTwoIsTaken() throws {
        let newer = try received("etu1-serv1", as: "z", owner: "etu1", later(60))
        let sorting = try sort(try pair("etu1") + [newer, received("etu1-serv1", as: "same", owner: "etu1")])
        #expect(sorting.refusals.isEmpty)
        #expect(try sorting.taken["etu1"]?[.serv1]?.sha256 == newer.content.get().sha256)
        // Of two machines under one name neither is.
        let twin = try received("etu2-serv1", as: "twin", owner: "etu1") { file in
            file.student = "etu1"
            file.evidence.lab.addresses[.serv1] = "172.16.1.10"
            file.evidence.observations.removeAll { ["ip-addr-json", "ip-addr"].contains($0.id.name) }
        }
        let contested = try sort(try pair("etu1") + [twin])
        #expect(contested.taken["etu1"]?.keys.sorted() == [.serv2])
        #expect(contested.refusals.count == 1 && contested.refusals[0].en.contains("two different machines"))
    }

    /// A file that only says itself whose it is takes nothing from whom others are named after.
    @Test func anUnnamedFileReplacesNoNamedOne() throws {
        let forged = try received("etu1-serv1", as: "x.zip", later(60))
        let sorting = try sort(try pair("etu1") + [forged])
        #expect(try sorting.taken["etu1"]?[.serv1]?.sha256 == HandInFixture.file("etu1-serv1").sha256)
        #expect(sorting.refusals.count == 1 && sorting.refusals[0].en.hasPrefix("x.zip says it is etu1's"))
    }

    @Test func severalPeopleOfOneNameAreNobody() throws {
        let sorting = try sort([
            received("etu1-serv1", as: "1", owner: "etu1", participant: 11),
            received("etu1-serv2", as: "2", owner: "etu1", participant: 12),
        ])
        #expect(sorting.taken.isEmpty && sorting.refusals.count == 2)
        #expect(sorting.refusals[0].en.contains("11, 12"))
    }

    @Test func whatIsThereAlreadyCounts() throws {
        let files = try HandInFixture.pair("etu1")
        let parts = files.mapValues { HandIn.Part(collectedAt: $0.evidence.startedAt, sha256: $0.sha256) }
        let again = try sort(try pair("etu1"), .handedIn(parts))
        #expect(again.taken.isEmpty && again.refusals.isEmpty && again.known == ["etu1"])
        let older = parts.mapValues { HandIn.Part(collectedAt: $0.collectedAt + 60, sha256: "") }
        #expect(try sort(try pair("etu1"), .handedIn(older)).refusals.count == 2)
        let newer = parts.mapValues { HandIn.Part(collectedAt: $0.collectedAt - 60, sha256: "") }
        #expect(try sort(try pair("etu1"), .handedIn(newer)).taken["etu1"]?.count == 2)
        // One machine's alone would show less than there is.
        let part = try sort(try pair("etu1").filter { $0.name.contains("serv1") }, .handedIn(newer))
        #expect(part.taken.isEmpty && part.refusals.count == 1)
        // A grader's look is worth more, unless the teacher says so.
        let live = try sort(try pair("etu1") + pair("etu2"), .byGrader) { $0.replaceLive = ["etu2"] }
        #expect(live.taken.keys.sorted() == ["etu2"] && live.refusals.count == 2)
    }

    @Test func whoseAFileIsItsNameSays() throws {
        let owners = FileOwners(try HandInFixture.roster().students.map(\.identity), [:])
        #expect(owners.ownerByBeginning(["etu1-serv1.zip"]).student == "etu1")
        #expect(owners.ownerByBeginning(["rendus", "etu1.zip"]).student == "etu1")
        #expect(owners.ownerByBeginning(["etu1", "etu2-serv1.zip"]).student == "etu1", "the outer name")
        #expect(owners.ownerByBeginning(["etu11-serv1.zip"]).student == nil)
        #expect(owners.ownerByBeginning(["Mésange Alizée", "serv1.zip"]).student == "etu1")
        let moodle = owners.ownerByBeginning(["Alizée MÉSANGE_203_assignsubmission_file_etu2-serv1.zip"])
        #expect(moodle.student == "etu1" && moodle.participant == 203)
        let unknown = owners.ownerByBeginning(["Quelqu'un_204_assignsubmission_file_", "etu2-serv1.zip"])
        #expect(unknown.student == nil && unknown.participant == 204)
    }
}
