import Foundation
import GraderCore
import Synchronization
import TestSheets
import Testing

@testable import ClassRun

/// Looks, checks and runs with machines of the test's own.
struct ClassGraderTests {
    // MARK: what comes of a class

    /// By check; but for the one whose command the recorded class was not asked yet.
    private func verdicts(_ result: GradedResult) -> [CheckID: Verdict] {
        let all = result.allChecks.map { ($0.result.id, $0.result.verdict) }
        return Dictionary(all, uniquingKeysWith: { first, _ in first }).filter {
            $0.key.rawValue != "H0.site"
        }
    }

    @Test func aClassOfTwoWithOneWhoseMachinesAreOff() async throws {
        let recorded = try RecordedClass("etu1", "etu5")
        let told = Mutex<[String]>([])
        let outcome = try await recorded.classGrader().grade(RunOrder(recorded.roster.students)) { event in
            switch event {
            case .started(let student): told.withLock { $0.append("started \(student.id)") }
            case .graded(let result): told.withLock { $0.append("graded \(result.student.id)") }
            default: told.withLock { $0.append("\(event)") }
            }
        }
        #expect(
            told.withLock { $0.sorted() } == ["graded etu1", "graded etu5", "started etu1", "started etu5"])
        #expect(outcome.results.map(\.student.id) == ["etu1", "etu5"] && outcome.missing.isEmpty)
        #expect(outcome.isIncomplete(of: ["etu5"]) && outcome.isIncomplete(of: ["etu1", "etu5"]))
        // As the evidence of then is judged.
        for result in outcome.results {
            let evidence = try #require(recorded.evidence[result.student.id])
            let expected = try recorded.grader.grade(
                evidence, className: "demo", student: result.student, evidenceSHA256: "")
            #expect(verdicts(result) == verdicts(expected), "\(result.student.id)")
            #expect(result.unreachable == expected.unreachable)
            for file in ["evidence.json", "result.json", "report.html", "report.md"] {
                let path = try outcome.run.path(file, student: result.student.id)
                #expect(FileManager.default.fileExists(atPath: path), "\(path)")
            }
            #expect(try outcome.run.result(of: result.student.id).score == result.score)
        }
        for file in ["run.json", "index.html", "grades.csv", "moodle.csv", "anomalies.json"] {
            #expect(FileManager.default.fileExists(atPath: outcome.run.path(file)), "\(file)")
        }
        #expect(try recorded.reports.latestRun(of: "demo")?.name == outcome.run.name)
    }

    @Test func aCheckWritesNothingAndShowsWhatTheStudentMaySee() async throws {
        let recorded = try RecordedClass("etu1")
        let student = try #require(recorded.roster["etu1"])
        let result = try await recorded.classGrader().check(student)
        let whole = try recorded.grader.grade(
            try #require(recorded.evidence["etu1"]), className: "demo", student: student.identity,
            evidenceSHA256: ""
        ).shownToStudents(at: Date())
        #expect(verdicts(result) == verdicts(whole) && verdicts(result).count > 30)
        #expect(!FileManager.default.fileExists(atPath: recorded.reports.path))
    }

    @Test func evidenceIsCollectedWithoutARubric() async throws {
        let recorded = try RecordedClass("etu1", "etu5")
        let ways = Transports { _ in { recorded.evidence[$0.identity.id].map { .replaying($0) } ?? .nobody } }
        let outcome = try await ClassGrader(
            recorded.roster, collector: recorded.grader.collector, grader: nil, reports: recorded.reports,
            transports: ways
        ).grade(RunOrder(recorded.roster.students)) { _ in }
        #expect(outcome.collected.map(\.student) == ["etu1", "etu5"] && outcome.results.isEmpty)
        #expect(outcome.run.hasEvidence(of: "etu5") && !outcome.run.hasResult(of: "etu1"))
    }

    /// By one password of the roster's, which is named nowhere.
    @Test func whoSharesAPasswordIsSaid() async throws {
        var recorded = try RecordedClass("etu1", "etu2", "etu5")
        let source = SecretSource.file("/secret")
        for index in recorded.roster.students.indices {
            recorded.roster.students[index].logins = try TestFolder().roster(
                oneStudent("ssh: {user: root, passwordEnvironment: X, agent: false}")
            ).students[0].logins.mapValues { login in
                var login = login
                login.password = source
                return login
            }
        }
        let outcome = try await recorded.classGrader(secrets: [source: Secret("hunter2")]).grade(
            RunOrder(recorded.roster.students)
        ) { _ in }
        // Nobody knows whether it would have opened what is off.
        #expect(try outcome.run.manifest().sharedPasswords == [["etu1", "etu2"]])
        #expect(outcome.anomalies.contains { $0.kind == "password" })
    }

    // MARK: who waits for whom

    private final class Told: Sendable {
        private let all = Mutex<[Int]>([])
        func add(_ number: Int) { all.withLock { $0.append(number) } }
        var numbers: [Int] { all.withLock { $0 } }
    }

    @Test(.timeLimit(.minutes(1))) func onePairIsLookedAtByOneAtATime() async throws {
        let recorded = try RecordedClass("etu1", "etu2")
        let visitors = Visitors()
        let grader = recorded.classGrader(visitors: visitors)
        try await withThrowingTaskGroup(of: Void.self) { group in
            // The run of the class, and people at a page who ask for a look of their own meanwhile.
            group.addTask { _ = try await grader.grade(RunOrder(recorded.roster.students)) { _ in } }
            for student in recorded.roster.students + recorded.roster.students {
                group.addTask { _ = try await grader.check(student) }
            }
            try await group.waitForAll()
        }
        #expect(visitors.most(at: "etu1") == 1 && visitors.most(at: "etu2") == 1)
        #expect(visitors.mostPairs == 2)
    }

    @Test(.timeLimit(.minutes(1))) func noMorePairsThanPlaces() async throws {
        let recorded = try RecordedClass("etu1", "etu2", "etu3")
        let visitors = Visitors()
        _ = try await recorded.classGrader(jobs: 1, lendsPlaces: false, visitors: visitors).grade(
            RunOrder(recorded.roster.students)
        ) { _ in }
        #expect(visitors.mostPairs == 1)
    }

    @Test(.timeLimit(.minutes(1))) func theRunsOfAClassAreMadeOneAfterTheOther() async throws {
        let recorded = try RecordedClass("etu1", "etu2")
        let grader = recorded.classGrader()
        let told = Told()
        let runs = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...2 {
                group.addTask {
                    try await grader.grade(RunOrder(recorded.roster.students)) { _ in
                        told.add(number)
                    }.run.name
                }
            }
            var names: Set<String> = []
            for try await name in group { names.insert(name) }
            return names
        }
        let order = told.numbers
        // Never one's event between two of the other's.
        #expect(order.count == 8 && Set(order.prefix(4)).count == 1 && Set(order.suffix(4)).count == 1)
        #expect(try runs == Set(recorded.reports.runs(of: "demo").map(\.name)) && runs.count == 2)
    }

    /// Cut off while the first pair had lent its place to the second: the first needs it back to end.
    @Test(.timeLimit(.minutes(1))) func anInterruptionLeavesNobodyWaitingForAPlace() async throws {
        let recorded = try RecordedClass("etu1", "etu2", "etu3")
        let transports = Transports { _ in
            { _ in
                var access = PairCollector.Access.nobody
                access.connect = { _ throws(TransportFailure) in
                    // Does not hear of the interruption before its place is lent.
                    await Task { try? await Task.sleep(for: .milliseconds(400)) }.value
                    throw TransportFailure(.timedOut, LocalizedText(verbatim: "silent"))
                }
                return access
            }
        }
        let grader = ClassGrader(
            recorded.roster, collector: recorded.grader.collector, grader: recorded.grader,
            reports: recorded.reports, transports: transports, jobs: 1)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let work = Task {
            try await grader.grade(RunOrder(recorded.roster.students)) { _ in begin.yield() }
        }
        for await _ in begun { break }
        work.cancel()
        let outcome = try await work.value
        // What was cut short is not kept, and those whose turn did not come are named.
        #expect(outcome.results.isEmpty && outcome.missing.map(\.student.id) == ["etu1", "etu2", "etu3"])
        #expect(outcome.missing.dropFirst().allSatisfy { $0.reason == .notReached })
        #expect(FileManager.default.fileExists(atPath: outcome.run.path("index.html")))
    }

    @Test(.timeLimit(.minutes(1))) func whoIsWatchedIsAskedLessOftenWhileNothingAnswers() async throws {
        let recorded = try RecordedClass("etu1", "etu5")
        for (id, expected) in [("etu1", [2, 2, nil]), ("etu5", [4, 8, nil])] {
            let student = try #require(recorded.roster[id])
            var pauses: [Int?] = []
            var before: [Bool] = []
            let last = try await recorded.classGrader().watch(
                student, pause: .milliseconds(2), looks: 3
            ) { _, earlier, next in
                pauses.append(next.map { Int($0 / .milliseconds(1)) })
                before.append(earlier != nil)
            }
            #expect(pauses == expected && before == [false, true, true], "\(id)")
            #expect(last?.student.id == id)
        }
    }

    @Test(.timeLimit(.minutes(1))) func whoCanBeLoggedInToIsSaidMachineByMachine() async throws {
        let recorded = try RecordedClass("etu1", "etu5")
        var answers: [String] = []
        try await Transports { _ in { recorded.evidence[$0.identity.id].map { .replaying($0) } ?? .nobody } }
            .tryLogins(recorded.roster.students) { login in
                answers.append("\(login.student.id)/\(login.node.rawValue) \(login.failure == nil)")
            }
        #expect(
            answers.sorted() == [
                "etu1/serv1 true", "etu1/serv2 true", "etu5/serv1 false", "etu5/serv2 false",
            ])
    }
}
