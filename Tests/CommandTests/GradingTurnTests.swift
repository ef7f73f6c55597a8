import ClassRun
import Exercises
import Foundation
import GraderCore
import Testing

/// Two who want to grade a class: the program that ships, beside another of its kind and beside a board, which is this
/// test. The machines are ports of the loopback that nothing listens on.
struct GradingTurnTests {
    private let folder: URL
    private let roster: String
    private var path: String { folder.path(percentEncoded: false) }
    private var reports: ReportsFolder { ReportsFolder("\(path)/reports") }

    init() throws {
        folder = try Program.temporaryFolder()
        roster = folder.appending(path: "class.yaml").path(percentEncoded: false)
        let text = """
            class: demo
            exercise: activite-2
            defaults:
              ssh: {user: root, agent: false, passwordEnvironment: BASCULE_TEST_PASSWORD}
              network: tunnel
            students:
              - id: etu1
                name: Étudiant
                serv1: {address: 172.16.1.10, login: "127.0.0.1:1"}
                serv2: {address: 172.16.1.11, login: "127.0.0.1:2"}
                vip: 172.16.1.12/24

            """
        try Data(text.utf8).write(to: URL(filePath: roster))
    }

    private var words: [String] { ["grade-all", roster, "--reports", reports.path] }

    private func grade(_ options: String..., password: String? = "x") async throws -> Program.Outcome {
        try await Program.run(
            words + options, environment: password.map { ["BASCULE_TEST_PASSWORD": $0] } ?? [:])
    }

    private func claim() async throws -> FileLock {
        guard case .granted(let lock) = try await reports.claimGrading(of: "demo") else {
            throw CocoaError(.fileLocking)
        }
        return lock
    }

    /// As a board would: everybody's machines are off.
    private func board() throws -> ClassGrader {
        let exercise = try #require(Catalog(folders: []).exercise("activite-2"))
        let rubric = Program.repository.appending(path: "rubrics/activite-2.yaml").path(percentEncoded: false)
        let grader = Grader(
            exercise: exercise, rubric: try RubricFile.read(file: rubric, exercise: exercise), version: "test"
        )
        let transports = Transports { _ in
            { _ in
                PairCollector.Access(
                    connect: { _ throws(TransportFailure) in
                        throw TransportFailure(.timedOut, LocalizedText(verbatim: "off"))
                    },
                    directProber: nil, prober: { _ in fatalError("nobody is logged in to") })
            }
        }
        return ClassGrader(
            try Roster.read(file: roster, exercises: [exercise]), collector: grader.collector, grader: grader,
            reports: reports, transports: transports)
    }

    private func serving<Value>(
        _ work: @escaping GradingServer.Work, _ body: () async throws -> Value
    ) async throws -> Value {
        let lock = try await claim()
        defer { lock.end() }
        let server = try GradingServer(of: "demo", in: reports, work: work)
        let serving = Task { await server.run() }
        let value: Value
        do { value = try await body() } catch {
            serving.cancel()
            throw error
        }
        // Who lets go of the class listens no more.
        serving.cancel()
        await serving.value
        return value
    }

    private func end() { try? FileManager.default.removeItem(at: folder) }

    @Test func besideAnotherItIsRefused() async throws {
        defer { end() }
        let lock = try await claim()
        for (language, words) in [("fr", "est en cours de notation"), ("en", "is being graded by another")] {
            let outcome = try await grade("--lang", language)
            #expect(outcome.status == 75, "\(outcome.complaints)")
            #expect(outcome.complaints.contains(words) && outcome.output.isEmpty, "\(outcome.complaints)")
            #expect(outcome.complaints.split(separator: "\n").count == 1, "\(outcome.complaints)")
        }
        // A lesson goes on to its next round.
        let rounds = try await grade("--every", "10s", "--runs", "1", "--lang", "en")
        #expect(rounds.status == 2 && rounds.complaints.contains("is being graded"), "\(rounds.complaints)")
        #expect(try reports.runs(of: "demo").isEmpty)
        lock.end()
        #expect(try await grade().status == 2)
        #expect(try reports.runs(of: "demo").count == 1)
    }

    @Test func aKilledOneIsInNobodysWay() async throws {
        defer { end() }
        try await claim().end()
        let file = "\(reports.path)/demo/.grading"
        let other = Process()
        other.executableURL = URL(filePath: "/usr/bin/flock")
        other.arguments = ["--no-fork", file, "sleep", "600"]
        try other.run()
        while case .had(let lock) = FileLock.attempt(file: file) {
            lock.end()
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try await grade().status == 75)
        kill(other.processIdentifier, SIGKILL)
        other.waitUntilExit()
        #expect(try await grade().status == 2)
    }

    @Test func besideABoardItIsTheBoardsRun() async throws {
        defer { end() }
        let board = try board()
        let work: GradingServer.Work = { try await board.grade($0.order(for: board), onEvent: $1) }
        try await serving(work) {
            // The board has the passwords.
            let json = try await grade("--json", "--events", "\(path)/events", password: nil)
            #expect(json.status == 2 && json.complaints.isEmpty, "\(json.complaints)")
            let kinds = json.lines.map { $0.contains("\"event\":\"started\"") ? "started" : "other" }
            #expect(
                kinds == ["started", "other"] && json.output.contains("\"event\":\"graded\""),
                "\(json.output)")
            let events = try String(contentsOfFile: "\(path)/events", encoding: .utf8)
            #expect(events.contains("\"event\":\"ended\""), "\(events)")
            let plain = try await grade("--lang", "en", "--only-failed", "--question", "Q3", password: nil)
            #expect(plain.status == 2 && plain.output.contains("1 of 1 students seen"), "\(plain.output)")
            let runs = try reports.runs(of: "demo")
            let last = try #require(runs.last).name
            #expect(runs.count == 2 && plain.output.contains("\(last)/index.html"), "\(plain.output)")
            #expect(try runs.last?.manifest().questions == [QuestionID("Q3")])
            let rounds = try await grade("--every", "10s", "--runs", "1", password: nil)
            #expect(rounds.status == 2 && rounds.complaints.isEmpty, "\(rounds.complaints)")
            // Another roster than the board's.
            try Data((try String(contentsOfFile: roster, encoding: .utf8) + "\n").utf8).write(
                to: URL(filePath: roster))
            let other = try await grade("--lang", "en", password: nil)
            #expect(other.status == 65 && other.complaints.contains("another roster"), "\(other.complaints)")
            #expect(try reports.runs(of: "demo").count == 3)
        }
    }

    /// Each with the status that it would have had.
    @Test func whatEndsTheBoardsRunEndsTheCommand() async throws {
        defer { end() }
        for (cause, status) in [
            (FailureCause.unusable, 65), (.notWritten, 74), (.busy, 75), (.unavailable, 69),
            (.programFault, 70),
        ] {
            try await serving({ _, _ in
                throw StoreFailure(LocalizedText(verbatim: "said by the board"), cause)
            }) {
                let outcome = try await grade(password: nil)
                #expect(outcome.status == status, "\(outcome.complaints)")
                #expect(outcome.complaints == "said by the board\n")
            }
        }
    }

    @Test(.timeLimit(.minutes(2)), arguments: [SIGINT, SIGKILL]) func goneInMidRun(_ signal: Int32)
        async throws
    {
        defer { end() }
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        let board = try board()
        let work: GradingServer.Work = { request, onEvent in
            begin.yield()
            try? await Task.sleep(for: .seconds(3600))
            end.yield()
            return try await board.grade(request.order(for: board), onEvent: onEvent)
        }
        try await serving(work) {
            let program = Process()
            program.executableURL = URL(filePath: try Program.path)
            program.currentDirectoryURL = Program.repository
            program.arguments = words
            program.standardOutput = FileHandle.nullDevice
            let complaints = Pipe()
            program.standardError = complaints
            try program.run()
            for await _ in begun { break }
            kill(program.processIdentifier, signal)
            for await _ in ended { break }
            program.waitUntilExit()
            #expect(program.terminationStatus == (signal == SIGINT ? 130 : SIGKILL))
            // Given up before it had begun: there is no run of it.
            #expect(try reports.runs(of: "demo").isEmpty)
        }
    }
}
