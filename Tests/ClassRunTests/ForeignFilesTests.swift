import Foundation
import GraderCore
import InputFiles
import Testing

@testable import ClassRun

/// Files and clocks that say any number, and a run that names a student twice: each ended the program.
@Suite struct ForeignFilesTests {
    private let folder: TestFolder
    init() throws { folder = try TestFolder() }

    /// By whoever makes `date` print it, in the middle of a drill.
    @Test(arguments: ["inf", "nan", "1e300", "-1e300", "1e20", "", "x"])
    func aClockThatNoMachineHasIsNotTaken(_ printed: String) {
        #expect(ClockOffset(printed: printed + "\n", middle: 1_795_348_800, trip: 0.1) == nil)
    }

    @Test func aClockIsTaken() throws {
        let found = try #require(
            ClockOffset(printed: "1795348803.500000000\n", middle: 1_795_348_800, trip: 0.5))
        #expect(found.offset == .milliseconds(3500) && found.uncertainty == .milliseconds(250))
    }

    @Test(arguments: ["1e300", "9223372036854775808", "-1e30", "nan"])
    func aTimeOfARecordingBeyondAllIsNone(_ seconds: String) {
        #expect(RecordedTimes(["2026-11-22T14:15:30.250Z", seconds]) == nil)
        #expect(RecordedTimes(["2026-11-22T14:15:30.250Z", "1", seconds]) == nil)
    }

    @Test func evidenceWithADurationBeyondAllIsDamaged() throws {
        let text = String(decoding: try StoredJSON.encode(sampleEvidence()), as: UTF8.self)
        let changed = text.replacing(/"duration" : [0-9.]+/, with: "\"duration\" : 1e300")
        #expect(changed != text)
        #expect(throws: StoreFailure.self) {
            try EvidenceStore.decode(Array(changed.utf8), path: "evidence.json")
        }
    }

    @Test func aStudentWhoIsTwiceInARunIsReadOnce() throws {
        let reports = ReportsFolder(folder.path + "/reports")
        let one = StudentIdentity(id: "etu1", names: ["Un"])
        let run = try reports.newRun(
            RunManifest(
                className: "sio", title: "SIO", exercise: "activite-2", language: .french, startedAt: .now,
                students: [one, one], questions: [QuestionID("Q1")]), at: .now)
        #expect(try run.manifest().students.count == 2)
        _ = try reports.runs(of: "sio")
    }

    /// A digit of another script was no digit of a number, so that the hour was the day's last.
    @Test(arguments: [
        "2026-11-22 ٠١:00", "٢٠٢٦-11-22", "2026-11-22 12:00:0", "2026-11-22Z", "2026-11-22 12:00+1:00",
    ])
    func whatIsNoMoment(_ text: String) {
        #expect(RosterDate.parse(text, zone: .gmt) == nil)
    }

    /// Of `{n:0兆}` a billion noughts came.
    @Test func aNumberIsFilledUpToNinePlaces() {
        #expect(throws: InputErrors.self) {
            try folder.roster(
                """
                class: c
                exercise: activite-2
                defaults: {ssh: {user: root, agent: true}}
                pattern: {n: 1..2, id: "etu{n:0兆}", name: N, serv1: 172.16.1.10, serv2: 172.16.1.11, vip: 172.16.1.12, dns: none}
                """)
        }
    }
}
