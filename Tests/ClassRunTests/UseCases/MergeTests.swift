import Foundation
import GraderCore
import Reports
import Synchronization
import Testing

@testable import ClassRun

/// Runs of several rooms put together: copies of the recorded class, each with its own students and dates.
struct MergeTests {
    let recorded: RecordedClass
    let place: TestFolder

    init() throws {
        recorded = try RecordedClass()
        place = try TestFolder()
    }

    /// A run of a class of its own, judged.
    /// - Parameters:
    ///   - whose: by the student's id, whose recorded evidence it is.
    ///   - hour: of the first of December, when it was collected.
    func run(
        _ className: String, _ whose: [String: String], hour: Int, names: [String: String] = [:],
        deadlines: [String: Int] = [:], change: (inout RunManifest) -> Void = { _ in }
    ) throws -> RunFolder {
        var manifest = try RecordedClass.run.manifest()
        manifest.className = className
        manifest.title = className.uppercased()
        manifest.startedAt = moment(hour)
        manifest.deadlines = deadlines.isEmpty ? nil : deadlines.mapValues(moment)
        let known = Dictionary(uniqueKeysWithValues: manifest.students.map { ($0.id, $0.names) })
        manifest.students = whose.keys.sorted().map { id in
            StudentIdentity(id: id, names: names[id].map { [$0] } ?? known[whose[id] ?? ""] ?? [])
        }
        change(&manifest)
        let source = RunFolder(path: "\(place.path)/copies/\(className)-\(hour)")
        try AtomicFile.makeFolders(source.path)
        try source.write(manifest)
        for (id, original) in whose {
            var evidence = try RecordedClass.run.evidence(of: original)
            evidence.student = id
            evidence.startedAt = moment(hour).addingTimeInterval(10)
            try source.write(evidence, student: id)
        }
        return try rooms.scoreAgain(source, manifest, by: recorded.grader) { _ in }.run
    }

    var rooms: ReportsFolder { ReportsFolder("\(place.path)/rooms") }

    func moment(_ hour: Int) -> Date {
        Date(timeIntervalSince1970: 1_796_083_200 + Double(hour) * 3600)
    }

    func merge(
        _ runs: [RunFolder], into name: String = "merged", sharedIDs: SharedIDs? = nil,
        by grader: Grader? = nil
    ) throws -> RunOutcome {
        try ClassMerge(
            runs.map(\.path), into: ReportsFolder("\(place.path)/\(name)"), className: "sio2",
            sharedIDs: sharedIDs
        ) { _ in }.carryOut(by: grader ?? recorded.grader) { _ in }
    }

    /// Every file of a folder, by its name in it.
    func files(_ name: String) throws -> [String: Data] {
        let folder = "\(place.path)/\(name)"
        return try FileManager.default.subpathsOfDirectory(atPath: folder).reduce(into: [:]) { files, name in
            files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
        }
    }

    /// etu2 in both rooms: what etu3 had in the first, what etu1 has in the second.
    func twoRooms(deadlines: [String: Int] = [:]) throws -> [RunFolder] {
        [
            try run("room-a", ["etu1": "etu1", "etu2": "etu3"], hour: 9, names: ["etu2": "Basile C."]),
            try run(
                "room-b", ["etu2": "etu1", "etu5": "etu5"], hour: 11, names: ["etu2": "Basile C."],
                deadlines: deadlines),
        ]
    }

    @Test func inAnyOrderItIsTheSameClass() throws {
        let runs = try twoRooms()
        let first = try merge(runs, into: "one")
        let second = try merge([runs[1], runs[0], runs[1]], into: "two")
        #expect(first.results.map(\.student.id) == ["etu1", "etu2", "etu5"])
        #expect(first.results == second.results)
        let (one, two) = (try files("one"), try files("two"))
        #expect(one.count > 15 && one == two, "\(one.keys.filter { one[$0] != two[$0] })")
    }

    @Test func theLastLookCountsAndIsSaid() throws {
        let runs = try twoRooms()
        let outcome = try merge(runs)
        let result = try #require(outcome.results.first { $0.student.id == "etu2" })
        #expect(try result.score == runs[1].result(of: "etu2").score)
        #expect(result.origin?.standing.className == "room-b")
        #expect(result.origin?.others.map(\.look.className) == ["room-a"])
        #expect(result.origin?.others.map(\.reason) == [.earlier])
        // Of who was looked at once it is said where.
        #expect(outcome.results[0].origin?.standing.run == runs[0].name)
        let page = try String(contentsOfFile: outcome.run.path("index.html"), encoding: .utf8)
        #expect(page.contains("D’où viennent ces relevés") && page.contains("etu1 · room-a"))
        #expect(page.contains("Ce qui compte est le dernier relevé\u{A0}: room-b"))
        try outcome.run.place { _ in }.writeProjectorPage(outcome)
        let projector = try String(contentsOfFile: outcome.run.path("projector.html"), encoding: .utf8)
        #expect(!projector.contains("room-a"))
        let report = try String(
            contentsOfFile: outcome.run.path("report.md", student: "etu2"), encoding: .utf8)
        #expect(report.contains("Relevé plusieurs fois") && report.contains("room-b/\(runs[1].name)"))
    }

    /// The second room's look came after its deadline: the first one's stands, as in one class.
    @Test func aLateLookNeverReplacesOneInTime() throws {
        let runs = try twoRooms(deadlines: ["etu2": 10])
        let outcome = try merge(runs)
        let result = try #require(outcome.results.first { $0.student.id == "etu2" })
        #expect(try result.score == runs[0].result(of: "etu2").score)
        #expect(result.origin?.others.map(\.reason) == [.late])
        #expect(result.lateness == nil)
        // Both rooms' were late: the last is all there is, and late.
        let late = try run(
            "room-c", ["etu2": "etu1"], hour: 12, names: ["etu2": "Basile C."], deadlines: ["etu2": 10])
        let alone = try merge([late, runs[1]], into: "late")
        #expect(alone.results.first?.isLate == true && alone.results.first?.lateness?.standing == nil)
    }

    /// Two graders with one roster, each in his own room: the other room's machines do not answer him.
    @Test func whoeverSawTheMachinesCounts() throws {
        let here = try run("room", ["etu1": "etu1", "etu2": "etu3"], hour: 9)
        let there = try run("room", ["etu1": "etu1", "etu2": "etu3"], hour: 11)
        for (run, student) in [(here, "etu2"), (there, "etu1")] {
            var evidence = try run.evidence(of: student)
            evidence.observations = []
            evidence.unreachable = Dictionary(
                uniqueKeysWithValues: evidence.machines.map {
                    ($0, TransportFailure(.timedOut, LocalizedText(verbatim: "no answer")))
                }
            )
            try run.write(evidence, student: student)
        }
        // The same evidence in both would be one look.
        var later = try there.evidence(of: "etu2")
        later.nonce = "later"
        try there.write(later, student: "etu2")
        let outcome = try merge([there, here])
        #expect(outcome.results.allSatisfy { $0.unreachable.isEmpty && $0.score.decided > .zero })
        #expect(outcome.results.map(\.origin?.standing.run) == [here.name, there.name])
        #expect(outcome.results.allSatisfy { $0.origin?.others.isEmpty == true })
    }

    /// What a student collected himself is worth less than any look of a grader's, whenever that was.
    @Test func aHandInNeverReplacesALook() throws {
        let live = try run("room-a", ["etu1": "etu3"], hour: 9, names: ["etu1": "Alizée"])
        let home = try run("room-b", ["etu1": "etu1"], hour: 11, names: ["etu1": "Alizée"])
        var evidence = try home.evidence(of: "etu1")
        evidence.handIn = HandIn(
            parts: [MachineID("serv1"): HandIn.Part(collectedAt: evidence.startedAt, sha256: "0")],
            importedAt: moment(12))
        try home.write(evidence, student: "etu1")
        let result = try #require(try merge([home, live]).results.first)
        #expect(result.handIn == nil)
        #expect(try result.score == live.result(of: "etu1").score)
        #expect(result.origin?.others.map(\.reason) == [.notVerified])
        let other = try run("room-c", ["etu2": "etu2"], hour: 9)
        let alone = try #require(try merge([home, other], into: "alone").results.first)
        #expect(alone.handIn == evidence.handIn)
    }

    /// As with several runs of one class: what was met once stays so, where the rubric says so.
    @Test func theBestLookCountsWhereTheRubricSaysSo() throws {
        let runs = [
            try run("room-a", ["etu2": "etu1"], hour: 9),
            try run("room-b", ["etu2": "etu2"], hour: 11, names: ["etu2": "X"]),
        ]
        var grader = recorded.grader
        for index in grader.rubric.questions.indices
        where grader.rubric.questions[index].id == QuestionID("Q1") {
            grader.rubric.questions[index].counted = .best
        }
        let result = try #require(try merge(runs, sharedIDs: .same, by: grader).results.first)
        let (good, poor) = (try runs[0].result(of: "etu2"), try runs[1].result(of: "etu2"))
        func earned(_ result: GradedResult, _ id: String) -> Points? {
            result.questions.first { $0.id.rawValue == id }?.score.earned
        }
        #expect(earned(good, "Q1") != earned(poor, "Q1") && earned(good, "Q2") != earned(poor, "Q2"))
        #expect(earned(result, "Q1") == earned(good, "Q1"))
        #expect(earned(result, "Q2") == earned(poor, "Q2"))
        #expect(result.origin?.takingBest == [QuestionID("Q1")])
        // Judged again, it is the same: what was found earlier is in the class's history.
        let reports = ReportsFolder("\(place.path)/merged")
        let latest = try #require(try reports.latestRun(of: "sio2"))
        let again = try reports.scoreAgain(latest, latest.manifest(), by: grader) { _ in }
        #expect(again.results.first?.questions == result.questions)
        #expect(again.results.first?.origin == result.origin)
    }

    @Test func oneIdMayBeTwoStudents() throws {
        let runs = [
            try run("room-a", ["etu1": "etu1"], hour: 9, names: ["etu1": "Alizée M."]),
            try run("room-b", ["etu1": "etu3"], hour: 11, names: ["etu1": "Garance G."]),
        ]
        let error = #expect(throws: StoreFailure.self) { try merge(runs) }
        #expect(error?.sentence.en.contains("etu1 (room-a: Alizée M.; room-b: Garance G.)") == true)
        #expect(!FileManager.default.fileExists(atPath: "\(place.path)/merged"))
        let apart = try merge(runs, sharedIDs: .perClass)
        #expect(apart.results.map(\.student.id) == ["room-a-etu1", "room-b-etu1"])
        #expect(try apart.results[1].score == runs[1].result(of: "etu1").score)
        let one = try merge(runs, into: "same", sharedIDs: .same)
        #expect(one.results.map(\.student.id) == ["etu1"])
    }

    /// Two runs of one class are of one student, also where another class has the id.
    @Test func twoRunsOfAClassAreOfOneStudent() throws {
        let runs = [
            try run("room-a", ["etu1": "etu1"], hour: 9), try run("room-b", ["etu1": "etu3"], hour: 10),
            try run("room-b", ["etu1": "etu4"], hour: 11),
        ]
        let apart = try merge(runs, sharedIDs: .perClass)
        #expect(apart.results.map(\.student.id) == ["room-a-etu1", "room-b-etu1"])
        #expect(try apart.results.map(\.score) == [runs[0], runs[2]].map { try $0.result(of: "etu1").score })
        #expect(apart.results[1].origin?.others.map(\.look.run) == [runs[1].name])
    }

    /// The late look alone would count without a word.
    @Test func aMarkInTimeThatIsNotThereIsSaid() throws {
        let inTime = try run("room-a", ["etu1": "etu3"], hour: 9, deadlines: ["etu1": 10])
        let late = try run("room-a", ["etu1": "etu1"], hour: 11, deadlines: ["etu1": 10])
        let other = try run("room-b", ["etu2": "etu2"], hour: 9)
        try FileManager.default.removeItem(atPath: inTime.path)
        let said = Mutex<[String]>([])
        _ = try ClassMerge(
            [late.path, other.path], into: ReportsFolder("\(place.path)/merged"), className: "sio2"
        ) { text in said.withLock { $0.append(text.en) } }
        #expect(said.withLock { $0.count == 1 && $0[0].hasPrefix("etu1") && $0[0].contains(inTime.name) })
    }

    @Test func whatDoesNotGoTogetherIsRefused() throws {
        let first = try run("room-a", ["etu1": "etu1"], hour: 9)
        let other = try run("room-b", ["etu2": "etu2"], hour: 10) { $0.questions = [QuestionID("Q1")] }
        #expect(throws: StoreFailure.self) { try merge([first, other]) }
        #expect(throws: StoreFailure.self) { try merge([first, first]) }
        #expect(throws: StoreFailure.self) { try merge([first, RunFolder(path: "\(place.path)/none")]) }
        #expect(!FileManager.default.fileExists(atPath: "\(place.path)/merged"))
    }
}
