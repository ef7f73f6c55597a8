import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// Which looks are due, by the deadlines of a roster and by what the class's runs have seen. No clock is read.
struct DeadlinesTests {
    private let recorded: RecordedClass
    private let latest: RunFolder
    private let noon = Date(timeIntervalSince1970: 1_795_780_800)

    init() throws { (recorded, latest) = try RecordedClass.judged() }

    /// Of the recorded class: deadlines in seconds after noon, by the student's number.
    private func students(_ deadlines: [Int: TimeInterval]) -> [RosterStudent] {
        recorded.roster.students.enumerated().map { index, student in
            var student = student
            student.deadline = deadlines[index + 1].map { noon.addingTimeInterval($0) }
            return student
        }
    }

    private func ids(_ next: Deadlines.Next) -> [String]? {
        switch next {
        case .look(let look): look.students.map(\.identity.id)
        case .waiting, .over: nil
        }
    }

    @Test func eachDeadlineIsALookOfItsOwn() {
        let deadlines = Deadlines(students([1: 3600, 2: 600, 3: 3600, 5: 5400]), jobs: 16)
        #expect(
            deadlines.looks.map { $0.students.map(\.identity.id) } == [["etu2"], ["etu1", "etu3"], ["etu5"]])
        #expect(deadlines.looks.map(\.begins) == [540, 3540, 5340].map { noon.addingTimeInterval($0) })
        #expect(deadlines.withoutDeadline.map(\.id) == ["etu4"])
    }

    /// One place looks at four students in a minute; who says how long it takes is believed.
    @Test func aLargeClassIsBegunEarlier() {
        let five = students([1: 600, 2: 600, 3: 600, 4: 600, 5: 600])
        #expect(Deadlines(five, jobs: 1).looks.map(\.begins) == [noon.addingTimeInterval(480)])
        #expect(Deadlines(five, jobs: 2).looks.map(\.begins) == [noon.addingTimeInterval(540)])
        #expect(
            Deadlines(five, lead: .seconds(30), jobs: 1).looks.map(\.begins) == [noon.addingTimeInterval(570)]
        )
    }

    @Test func aLookIsMadeOnceAndInTime() {
        let deadlines = Deadlines(students([1: 600, 2: 600, 3: 3600]), jobs: 16)
        func next(_ seconds: TimeInterval, seen: [String: TimeInterval] = [:]) -> Deadlines.Next {
            deadlines.next(
                at: noon.addingTimeInterval(seconds), seen: seen.mapValues { noon.addingTimeInterval($0) })
        }
        #expect(next(0) == .waiting(deadlines.looks[0]))
        #expect(ids(next(540)) == ["etu1", "etu2"])
        // What was seen earlier is not what there is at the deadline; what was seen since is.
        #expect(ids(next(545, seen: ["etu1": 0, "etu2": 541])) == ["etu1"])
        #expect(next(560, seen: ["etu1": 541, "etu2": 541]) == .waiting(deadlines.looks[1]))
        #expect(next(3590, seen: ["etu1": 541, "etu2": 541, "etu3": 3541]) == .over)
    }

    /// Nobody was there at the deadline.
    @Test func aMissedLookIsMadeAllTheSame() {
        let deadlines = Deadlines(students([1: 600, 2: 3600]), jobs: 16)
        #expect(ids(deadlines.next(at: noon.addingTimeInterval(900), seen: [:])) == ["etu1"])
        #expect(
            deadlines.next(
                at: noon.addingTimeInterval(900), seen: ["etu1": noon.addingTimeInterval(700)])
                == .waiting(deadlines.looks[1]))
        // One that can still be in time comes first, and is not kept waiting by one that cannot.
        #expect(ids(deadlines.next(at: noon.addingTimeInterval(3550), seen: [:])) == ["etu2"])
        #expect(
            deadlines.next(at: noon.addingTimeInterval(3540 - 60), seen: [:])
                == .waiting(deadlines.looks[1]))
        #expect(
            ids(
                deadlines.next(
                    at: noon.addingTimeInterval(3660), seen: ["etu2": noon.addingTimeInterval(3550)]))
                == ["etu1"])
    }

    /// Of whoever was looked at for the deadline, once, and of nobody else.
    @Test func machinesAreKeptAfterTheLook() {
        var students = students([1: 600, 2: 600, 3: 3600, 4: 600])
        for index in [0, 1, 2] { students[index].hooks.snapshot = ["snapshot"] }
        let deadlines = Deadlines(students, jobs: 16)
        func due(seen: [String: TimeInterval], taken: [String: TimeInterval] = [:]) -> [String] {
            deadlines.snapshotsDue(
                seen: seen.mapValues { noon.addingTimeInterval($0) },
                taken: taken.mapValues { noon.addingTimeInterval($0) }
            ).map(\.identity.id)
        }
        #expect(due(seen: [:]) == [])
        let seen: [String: TimeInterval] = ["etu1": 541, "etu2": 0, "etu3": 541, "etu4": 541]
        #expect(due(seen: seen) == ["etu1"])
        // Those of an earlier deadline are not those of this one.
        #expect(due(seen: seen, taken: ["etu1": 0]) == ["etu1"])
        #expect(due(seen: seen, taken: ["etu1": 541]) == [])
    }

    @Test func whatBecameOfSnapshotsStandsInTheRun() throws {
        let failure = SnapshotOutcome.failed(reason: LocalizedText(fr: "non", en: "no"))
        try recorded.reports.note(
            ["etu1": .taken(name: "bascule-1")], of: "demo", exercise: "activite-2")
        try recorded.reports.note(["etu2": failure], of: "demo", exercise: "activite-2")
        let manifest = try latest.manifest()
        #expect(manifest.snapshots == ["etu1": .taken(name: "bascule-1"), "etu2": failure])
        #expect(
            try recorded.reports.lastSnapshots(of: "demo")
                == ["etu1": manifest.startedAt, "etu2": manifest.startedAt])
        // In a run for another sheet nobody would look for them.
        #expect(throws: StoreFailure.self) {
            try recorded.reports.note(["etu2": failure], of: "demo", exercise: "activite-1")
        }
    }

    /// A run that was killed after it had looked at one, and before it became the latest.
    private func killed(lookingAt student: String, carrying carried: [String: String]) throws -> RunFolder {
        var manifest = try latest.manifest()
        manifest.startedAt = Date()
        manifest.carried = carried
        let run = try recorded.reports.newRun(manifest, at: manifest.startedAt)
        for id in [student] + carried.keys {
            try run.write(try latest.evidence(of: id), student: id)
        }
        return run
    }

    @Test func whatARunTookOverItHasNotLookedAt() throws {
        let run = try killed(lookingAt: "etu3", carrying: ["etu1": latest.name])
        let seen = try recorded.reports.lastLooks(of: "demo", exercise: "activite-2")
        let begun = try run.manifest().startedAt
        #expect(seen["etu3"] == begun)
        #expect(try seen["etu1"] == latest.manifest().startedAt)
        #expect(try recorded.reports.isLastRunCutOff(of: "demo", exercise: "activite-2"))
    }

    /// Somebody's damaged file keeps nobody from being looked at in time.
    @Test func aRunThatCannotBeReadIsPassedOver() throws {
        let run = try killed(lookingAt: "etu3", carrying: [:])
        try run.write("{", as: "run.json")
        let seen = try recorded.reports.lastLooks(of: "demo", exercise: "activite-2")
        #expect(try seen["etu3"] == latest.manifest().startedAt)
    }

    /// The others of the class stay in the run, with what was seen of them last, also by the run that was killed.
    @Test func theOthersAreTakenOverFromTheirLastLook() async throws {
        let run = try killed(lookingAt: "etu3", carrying: ["etu1": latest.name])
        let two = recorded.roster.students.filter { ["etu2", "etu4"].contains($0.identity.id) }
        let order = try RunOrder.due(two, of: recorded.roster, in: recorded.reports)
        #expect(order.lookedAt.map(\.identity.id) == ["etu2", "etu4"])
        #expect(
            order.takenOver.mapValues(\.name) == ["etu1": run.name, "etu3": run.name, "etu5": latest.name])

        let outcome = try await recorded.classGrader().grade(order) { _ in }
        #expect(outcome.results.map(\.student.id) == ["etu1", "etu2", "etu3", "etu4", "etu5"])
        #expect(try !recorded.reports.isLastRunCutOff(of: "demo", exercise: "activite-2"))
    }

    /// A class does several sheets, and its runs lie together.
    @Test func aLookForAnotherExerciseIsNone() throws {
        _ = try killed(lookingAt: "etu3", carrying: [:])
        var other = recorded.roster
        other.exercise = "activite-1"
        #expect(try recorded.reports.lastLooks(of: "demo", exercise: "activite-1").isEmpty)
        #expect(try recorded.reports.cutOffLooks(of: "demo", exercise: "activite-1").isEmpty)
        #expect(try !recorded.reports.isLastRunCutOff(of: "demo", exercise: "activite-1"))
        let order = try RunOrder.due([other.students[0]], of: other, in: recorded.reports)
        #expect(order.takenOver.isEmpty && order.students.map(\.identity.id) == ["etu1"])
    }

    @Test func whoWasNeverSeenIsNotInTheRun() throws {
        let empty = try RecordedClass("etu1", "etu2")
        let order = try RunOrder.due([empty.roster.students[0]], of: empty.roster, in: empty.reports)
        #expect(order.students.map(\.identity.id) == ["etu1"] && order.takenOver.isEmpty)
    }
}
