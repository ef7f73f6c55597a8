import Foundation
import GraderCore
import InputFiles
import Synchronization
import TestSheets

@testable import Board
@testable import ClassRun

/// A class of a small sheet on machines of the test's own, in a folder that goes with it, with a lesson and its board.
final class LessonClass: Sendable {
    let folder = NSTemporaryDirectory() + "bascule-lesson-\(UUID().uuidString)"
    let grader: ClassGrader
    let machines = Machines()
    static let web = MachineID("web")

    /// - Parameter hidden: the visibility of `Q1.alone-web`, as the rubric writes it.
    init(_ students: [String] = ["etu1", "etu2", "etu3"], isExam: Bool = false, show: String = "full") throws
    {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let sheet = ListeningSheet(machines: [Self.web])
        let entries = students.enumerated().map { index, id in
            """
              - id: \(id)
                name: "Name of \(id)"
                web: 172.16.1.\(10 + index)
                port: 8080
                ssh: {user: root, agent: true}
            """
        }
        let roster = try Roster.read(
            InputText(
                text: """
                    class: lesson
                    exercise: listening
                    language: fr
                    exam: \(isExam)
                    students:
                    \(entries.joined(separator: "\n"))

                    """, file: "class.yaml"), exercises: [sheet])
        let rubric = try RubricFile.read(
            InputText(
                text: """
                    exercise: listening
                    title: {fr: Écoute, en: Listening}
                    total: 4
                    questions:
                      - id: Q1
                        title: {fr: Le service, en: The service}
                        checks:
                          Q1.listens-web: 2
                          Q1.alone-web: {points: 1, show: \(show)}
                      - id: Q2
                        title: {fr: Pourquoi, en: Why}
                        checks:
                          Q2.written:
                            points: 1
                            by: teacher
                            title: {fr: Réponse écrite, en: Written answer}

                    """, file: "rubric.yaml"), exercise: sheet)
        let judge = Grader(exercise: sheet, rubric: rubric, version: "test")
        let machines = machines
        grader = ClassGrader(
            roster, collector: judge.collector, grader: judge, reports: ReportsFolder("\(folder)/reports"),
            transports: Transports { _ in { machines.access(of: $0.identity.id) } })
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func lesson(_ plan: LessonPlan = LessonPlan()) throws -> Lesson { try Lesson(grader, plan: plan) }

    func board(_ lesson: Lesson) throws -> Board {
        try Board(lesson, settings: BoardSettings(address: "127.0.0.1", port: 8080, language: .french)) { _ in
            nil
        }
    }

    /// Of whoever has this code, with the token of his session.
    func request(
        _ board: Board, _ method: BoardRequest.Method, _ path: String, code: String,
        _ form: [(String, String)] = []
    ) throws -> BoardRequest {
        var request = BoardRequest(method, path)
        request.host = "127.0.0.1:8080"
        request.origin = "http://127.0.0.1:8080"
        request.cookies = [board.sessions.cookieName: try board.sessions.cookie(forCode: code) ?? ""]
        let token = try board.sessions.session(cookies: request.cookies)?.token ?? ""
        request.form = ([("token", token)] + form).map { URLQueryItem(name: $0.0, value: $0.1) }
        return request
    }

    var codes: AccessCodes {
        get throws {
            try grader.reports.board(of: "lesson").codes(for: grader.roster.students.map(\.identity.id))
        }
    }

    /// Runs the lesson while something is done with it.
    func during<Value: Sendable>(
        _ lesson: Lesson, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let running = Task { await lesson.run() }
        defer { running.cancel() }
        let value = try await work()
        running.cancel()
        await running.value
        return value
    }
}

/// What the students' machines answer.
final class Machines: Sendable {
    enum State: Sendable { case listening([Int]), refusing(TransportFailure.Kind) }
    private struct Held {
        var states: [String: State] = [:]
        var logins: [String: Int] = [:]
        var gate: AsyncStream<Void>?
    }
    private let held = Mutex(Held())

    subscript(student: String) -> State {
        get { held.withLock { $0.states[student] ?? .listening([8080]) } }
        set { held.withLock { $0.states[student] = newValue } }
    }

    func set(_ student: String, _ state: State) { held.withLock { $0.states[student] = state } }

    func logins(at student: String) -> Int { held.withLock { $0.logins[student] ?? 0 } }

    /// Nobody gets in until the answer is called.
    func close() -> @Sendable () -> Void {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        held.withLock { $0.gate = stream }
        return {
            self.held.withLock { $0.gate = nil }
            continuation.finish()
        }
    }

    func access(of student: String) -> PairCollector.Access {
        PairCollector.Access(
            connect: { machine throws(TransportFailure) in
                let gate = self.held.withLock { held in
                    held.logins[student, default: 0] += 1
                    return held.gate
                }
                if let gate { for await _ in gate {} }
                switch self[student] {
                case .listening(let ports): return ListeningMachine(ports: ports)
                case .refusing(let kind):
                    throw TransportFailure(kind, LocalizedText(verbatim: "\(student): refused."))
                }
            }, directProber: nil, prober: { _ in NoProber() })
    }
}

private struct NoProber: NetworkProber {
    private var nothing: Observation.Outcome {
        .failed(TransportFailure(.unreachable, LocalizedText(verbatim: "nowhere")))
    }
    func port(address: String, port: Int, timeLimit: Duration) async -> Observation.Outcome { nothing }
    func http(_ request: HTTPProbeRequest, timeLimit: Duration, bodyLimit: Int) async -> Observation.Outcome {
        nothing
    }
    func dns(_ request: DNSProbeRequest, timeLimit: Duration) async -> Observation.Outcome { nothing }
    func neighbours() async -> Bytes? { nil }
}
