import Foundation
import GraderCore
import InputFiles
import Synchronization
import Testing

@testable import ClassRun

/// A board that has a class, as far as `grade-all` sees it: over a real socket, below a path that no address holds.
struct HandingOverTests {
    var recorded: RecordedClass
    let lock: FileLock

    init() async throws {
        recorded = try RecordedClass("etu1", "etu5")
        recorded.roster.checksum = "of the roster"
        recorded.reports.path += "/" + String(repeating: "a-long-name-", count: 20)
        guard case .granted(let lock) = try await recorded.reports.claimGrading(of: "demo") else {
            throw CocoaError(.fileLocking)
        }
        self.lock = lock
    }

    var everybody: GradingRequest {
        GradingRequest(RunOrder(recorded.roster.students), of: recorded.roster, by: recorded.grader)
    }

    func client() async throws -> GradingClient {
        guard case .board(let client) = try await recorded.reports.claimGrading(of: "demo") else {
            throw CocoaError(.fileLocking)
        }
        return client
    }

    /// What `grade-all` gets from a board that does this.
    func ask(
        _ request: GradingRequest? = nil, onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in },
        _ work: @escaping GradingServer.Work
    ) async throws -> RunOutcome {
        let server = try GradingServer(of: "demo", in: recorded.reports, work: work)
        let serving = Task { await server.run() }
        let answer: Result<RunOutcome, any Error>
        do {
            answer = .success(
                try await client().grade(
                    request ?? everybody, of: "demo", in: recorded.reports, onEvent: onEvent))
        } catch { answer = .failure(error) }
        // The next one's socket has the same path.
        serving.cancel()
        await serving.value
        return try answer.get()
    }

    func failure(
        _ request: GradingRequest? = nil, _ work: @escaping GradingServer.Work
    ) async -> (any Error)? {
        do { _ = try await ask(request, work) } catch { return error }
        return nil
    }

    /// Short enough for a message of a test's that fails.
    func line(_ event: RunEvent) -> String {
        let bytes = (try? StoredJSON.encode(event, pretty: false)) ?? []
        return String(decoding: bytes.prefix(60), as: UTF8.self) + SHA256Digest.hexadecimal(of: bytes)
    }

    /// What the board's own grader does with a request.
    var board: GradingServer.Work {
        let grader = recorded.classGrader()
        return { try await grader.grade($0.order(for: grader), onEvent: $1) }
    }

    // MARK: what is made of a request

    @Test(.timeLimit(.minutes(1))) func whatTheBoardMakesIsWhatOneWouldHaveMade() async throws {
        let there = Mutex<[String]>([])
        let here = Mutex<[String]>([])
        let made = Mutex<RunOutcome?>(nil)
        let board = board
        let outcome = try await ask { event in
            let line = line(event)
            here.withLock { $0.append(line) }
        } _: { request, onEvent in
            let outcome = try await board(request) { event in
                // One after the other, as they go on their way.
                there.withLock {
                    $0.append(line(event))
                    onEvent(event)
                }
            }
            made.withLock { $0 = outcome }
            return outcome
        }
        #expect(here.withLock { $0 } == there.withLock { $0 } && here.withLock { $0.count } == 4)
        let own = try #require(made.withLock { $0 })
        #expect(outcome.run == own.run && outcome.missing == own.missing)
        #expect(outcome.anomalies == own.anomalies)
        #expect(outcome.results.map(\.student.id) == ["etu1", "etu5"])
        #expect(outcome.results.map(\.score) == own.results.map(\.score))
        #expect(outcome.isIncomplete(of: ["etu5"]) == own.isIncomplete(of: ["etu5"]))
    }

    @Test(.timeLimit(.minutes(1))) func someStudentsAndOneQuestion() async throws {
        let first = try await ask(nil, board)
        var order = try RunOrder.only(
            [try #require(recorded.roster["etu5"])], of: recorded.roster, in: recorded.reports)
        order.questions = [QuestionID("Q3")]
        let looked = Mutex<[String]>([])
        let request = GradingRequest(order, of: recorded.roster, by: recorded.grader)
        let second = try await ask(request) { event in
            if case .started(let student) = event { looked.withLock { $0.append(student.id) } }
        } _: {
            try await board($0, $1)
        }
        #expect(looked.withLock { $0 } == ["etu5"])
        let manifest = try second.run.manifest()
        #expect(manifest.questions == [QuestionID("Q3")] && manifest.carried == ["etu1": first.run.name])
        #expect(second.results.map(\.student.id) == ["etu1", "etu5"])
    }

    /// Every kind of event, and what the exit status hangs on.
    @Test(.timeLimit(.minutes(1))) func nothingIsLostOnTheWay() async throws {
        let student = StudentIdentity(id: "etu1", names: ["A"])
        let missing = [
            NoResult(student, .notStored(StoreFailure(LocalizedText(verbatim: "full"), .notWritten))),
            NoResult(student, .programFault(ProgramFault(LocalizedText(verbatim: "wrong")))),
            NoResult(student, .notReached),
            NoResult(student, .notSeen(LocalizedText(fr: "non", en: "no"))), NoResult(student, .notJudged),
        ]
        let evidence = DrillEvidence(
            id: "x", kind: "standby", plan: nil, startedAt: Date(timeIntervalSince1970: 1))
        let events: [RunEvent] =
            [
                .started(student), .remark(LocalizedText(fr: "é", en: "e")),
                .collected(student, try #require(recorded.evidence["etu1"])),
                .drill(.began(student: "etu1", "standby")), .drill(.ended(student: "etu1", evidence)),
                .drill(.stage(student: "etu1", "standby", "baseline")),
                .drill(.notice(student: "etu1", LocalizedText(verbatim: "look"))),
            ] + missing.map { .noResult($0) }
        let run = try recorded.reports.newRun(
            RunManifest(
                className: "demo", title: "", exercise: "activite-2", language: .french, startedAt: Date(),
                students: [student]), at: Date())
        let heard = Mutex<[String]>([])
        let outcome = try await ask { event in
            heard.withLock { $0.append(line(event)) }
        } _: { _, onEvent in
            events.forEach(onEvent)
            var outcome = RunOutcome(run: run)
            outcome.missing = missing
            return outcome
        }
        #expect(heard.withLock { $0 } == events.map(line))
        #expect(outcome.missing == missing && outcome.hasFault && outcome.isUnwritten)
    }

    @Test(.timeLimit(.minutes(1))) func whatIsNotTheBoardsIsRefused() async throws {
        let grader = recorded.classGrader()
        var requests = [everybody, everybody, everybody, everybody, everybody]
        requests[0].rosterSHA256 = "of another"
        requests[1].rubricSHA256 = "of another"
        requests[2].students.append("etu9")
        requests[3].takenOver = ["etu1": "../demo"]
        requests[4].schemaVersion += 1
        var sentences: Set<String> = []
        for request in requests {
            let error = await failure(request) { try await grader.grade($0.order(for: grader), onEvent: $1) }
            let refusal = try #require(error as? GradingRefusal)
            #expect(refusal.cause == .unusable || refusal.cause == .unavailable)
            sentences.insert(refusal.sentence[.french] + refusal.sentence[.english])
        }
        #expect(sentences.count == 4)
        #expect(try recorded.reports.runs(of: "demo").isEmpty)
    }

    /// The sentence and the status are those that the command would have had.
    @Test(.timeLimit(.minutes(1)), arguments: FailureCause.allCases)
    func whatEndsARunEndsTheCommand(_ cause: FailureCause) async throws {
        let error = await failure { _, _ in throw StoreFailure(LocalizedText(verbatim: "a\nb"), cause) }
        #expect(error as? StoreFailure == StoreFailure(LocalizedText(verbatim: "a\nb"), cause))
        let exam = GradingRefusal(LocalizedText(fr: "examen", en: "exam"), cause)
        #expect(await failure { _, _ in throw exam } as? GradingRefusal == exam)
        let fault =
            await failure { _, _ in throw ProgramFault(LocalizedText(verbatim: "odd")) } as? StoreFailure
        #expect(fault == StoreFailure(LocalizedText(verbatim: "odd"), .programFault))
        let mistakes = InputErrors([
            InputMistake(
                file: "marks.yaml", line: 2, column: 7, message: LocalizedText(fr: "plein", en: "full"))
        ])
        #expect(await failure { _, _ in throw mistakes } as? InputErrors == mistakes)
    }

    // MARK: who goes away

    @Test(.timeLimit(.minutes(1))) func aBoardThatIsLostOrSpeaksOtherwise() async throws {
        let listener = try SocketListener(folder: try recorded.reports.board(of: "demo").path)
        defer { listener.end() }
        var connections = listener.connections().makeAsyncIterator()
        for (answer, expected) in [(nil, GradingRefusal.lost()), ("what?", .otherVersion)] {
            let client = try await client()
            let socket = try #require(await connections.next())
            let asking = Task { try await client.grade(everybody, of: "demo", in: recorded.reports) { _ in } }
            for await _ in socket.lines(limit: GradingRequest.sizeLimit) { break }
            if let answer { socket.send(answer) }
            await socket.flush()
            socket.end()
            do {
                _ = try await asking.value
                Issue.record("a run came of \(answer ?? "nothing")")
            } catch { #expect(error as? GradingRefusal == expected) }
        }
    }

    @Test(.timeLimit(.minutes(1))) func aLineThatDoesNotEndIsNotRead() async throws {
        let server = try GradingServer(of: "demo", in: recorded.reports) { _, _ in throw CancellationError() }
        let serving = Task { await server.run() }
        defer { serving.cancel() }
        let socket = try #require(LineSocket(connectingTo: try recorded.reports.board(of: "demo").path))
        socket.send(String(repeating: "x", count: GradingRequest.sizeLimit + (1 << 20)))
        var lines: [[UInt8]] = []
        for await line in socket.lines(limit: 1000) { lines.append(line) }
        #expect(lines.isEmpty)
    }
}
