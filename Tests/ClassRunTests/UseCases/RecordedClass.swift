import Exercises
import Foundation
import GraderCore
import Synchronization
import Testing

@testable import ClassRun

/// The recorded class of activite-2 as a roster whose machines answer as they did then, and a folder for reports.
struct RecordedClass {
    static let run = RunFolder(
        path: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "exercises/activite-2/recorded").path(percentEncoded: false))
    static let rubric = URL(filePath: run.path).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "rubrics/activite-2.yaml").path(percentEncoded: false)

    private let place: TestFolder
    var reports: ReportsFolder
    let grader: Grader
    var roster: Roster
    let evidence: [String: Evidence]

    private static let everybody = ["etu1", "etu2", "etu3", "etu4", "etu5"]
    private static let master = Result { () throws -> RecordedClass in
        let recorded = try RecordedClass()
        try recorded.score()
        return recorded
    }

    /// The whole class with one run in its folder: the recorded one, judged once for all tests and copied.
    static func judged() throws -> (recorded: RecordedClass, run: RunFolder) {
        let recorded = try RecordedClass(students: everybody)
        try FileManager.default.copyItem(
            atPath: try master.get().reports.path, toPath: recorded.reports.path)
        return (recorded, try #require(try recorded.reports.latestRun(of: "demo")))
    }

    /// - Parameter ids: of them only, in this order.
    init(_ ids: String...) throws { try self.init(students: ids) }

    private init(students ids: [String]) throws {
        place = try TestFolder()
        reports = ReportsFolder("\(place.path)/reports")
        let exercise = try #require(Catalog(folders: []).exercise("activite-2"))
        grader = Grader(
            exercise: exercise, rubric: try RubricFile.read(file: Self.rubric, exercise: exercise),
            version: "test")
        let manifest = try Self.run.manifest()
        var evidence: [String: Evidence] = [:]
        for id in ids { evidence[id] = try Self.run.evidence(of: id) }
        roster = Roster(
            className: "demo", exercise: exercise.id, title: "Demo", language: .french,
            students: ids.compactMap { id in
                guard let identity = manifest.students.first(where: { $0.id == id }),
                    let lab = evidence[id]?.lab
                else { return nil }
                return RosterStudent(
                    identity: identity, lab: lab, logins: [:], usesTunnel: false)
            })
        self.evidence = evidence
    }

    /// A class grader whose looks see what was seen then.
    /// - Parameters:
    ///   - lendsPlaces: false where a test counts, and a busy machine is not to pass for pairs that do not answer.
    ///   - visitors: told of every log-in.
    ///   - secrets: what the roster's passwords are.
    func classGrader(
        jobs: Int = 16, lendsPlaces: Bool = true, visitors: Visitors = Visitors(),
        secrets: [SecretSource: Secret] = [:]
    ) -> ClassGrader {
        let evidence = evidence
        var collector = grader.collector
        collector.pauseBetweenAttempts = .zero
        if let nonce = roster.students.first.flatMap({ evidence[$0.identity.id]?.nonce }) {
            collector.makeNonce = { nonce }
        }
        let transports = Transports(secrets: secrets) { _ in
            { student in
                guard let seen = evidence[student.identity.id] else { return .nobody }
                return visitors.watching(.replaying(seen), at: student.identity.id)
            }
        }
        return ClassGrader(
            roster, collector: collector, grader: grader, reports: reports, transports: transports,
            jobs: jobs, lendsPlaces: lendsPlaces)
    }

    /// The recorded class itself, judged into the reports folder.
    @discardableResult
    func score() throws -> RunOutcome {
        try reports.scoreAgain(Self.run, try Self.run.manifest(), by: grader) { _ in }
    }
}

extension RecordedClass {
    /// A run of etu1 alone, judged into the reports folder, whose evidence was collected so many days later than it was.
    /// - Parameter whose: whose recorded evidence it is.
    func score(_ whose: String, day: Double, deadline: Date) throws -> RunFolder {
        let folder = try TestFolder()
        let copy = RunFolder(path: folder.path)
        var manifest = try Self.run.manifest()
        manifest.students = manifest.students.filter { $0.id == "etu1" }
        var evidence = try #require(evidence[whose])
        evidence.student = "etu1"
        evidence.startedAt = evidence.startedAt.addingTimeInterval(day * 86_400)
        manifest.startedAt = evidence.startedAt
        manifest.deadlines = ["etu1": deadline]
        try copy.write(manifest)
        try copy.write(evidence, student: "etu1")
        return try withExtendedLifetime(folder) {
            try reports.scoreAgain(copy, manifest, by: grader) { _ in }.run
        }
    }

    /// Half a day after etu1's recorded look.
    var halfADayLater: Date {
        get throws { try #require(evidence["etu1"]).startedAt.addingTimeInterval(43_200) }
    }
}

extension PairCollector.Access {
    /// Machines that are off.
    static var nobody: PairCollector.Access {
        PairCollector.Access(
            connect: { role throws(TransportFailure) in
                throw TransportFailure(.timedOut, LocalizedText(verbatim: "\(role.rawValue): off"))
            },
            directProber: nil, prober: { _ in ReplayProber(sampleEvidence()) })
    }
}

/// Who is logged in where, and how many at once there ever were.
final class Visitors: Sendable {
    private struct State {
        var now: [String: Int] = [:]
        var most: [String: Int] = [:]
        var mostPairs = 0
    }
    private let state = Mutex(State())

    /// The most looks at this pair that there were at once.
    func most(at student: String) -> Int { state.withLock { $0.most[student] ?? 0 } }
    /// The most pairs that were looked at at once.
    var mostPairs: Int { state.withLock(\.mostPairs) }

    func watching(_ access: PairCollector.Access, at student: String) -> PairCollector.Access {
        var watched = access
        watched.connect = { role throws(TransportFailure) in
            let session = try await access.connect(role)
            guard role == .serv1 else { return session }
            return VisitedSession(
                session: session, onEntering: { self.enter(student) }, onClose: { self.leave(student) })
        }
        return watched
    }

    private func enter(_ student: String) {
        state.withLock { state in
            state.now[student, default: 0] += 1
            state.most[student] = max(state.most[student] ?? 0, state.now[student] ?? 0)
            state.mostPairs = max(state.mostPairs, state.now.values.count { $0 > 0 })
        }
    }

    private func leave(_ student: String) { state.withLock { $0.now[student, default: 0] -= 1 } }
}

/// A look begins with the first command: while a pair is logged in to, its place is lent to another.
private final class VisitedSession: NodeSession {
    let session: any NodeSession
    let onEntering: @Sendable () -> Void
    let onClose: @Sendable () -> Void
    private let hasEntered = Mutex(false)

    init(
        session: any NodeSession, onEntering: @escaping @Sendable () -> Void,
        onClose: @escaping @Sendable () -> Void
    ) {
        self.session = session
        self.onEntering = onEntering
        self.onClose = onClose
    }

    private func enter() async {
        let isFirst = hasEntered.withLock { entered in
            defer { entered = true }
            return !entered
        }
        guard isFirst else { return }
        onEntering()
        // Long enough for somebody else to come, if he may.
        try? await Task.sleep(for: .milliseconds(30))
    }

    var dialer: any StreamDialer { session.dialer }
    var hostKey: String? { session.hostKey }
    func run(_ command: RemoteCommand) async throws(TransportFailure) -> CommandResult {
        await enter()
        return try await session.run(command)
    }
    func close() async {
        await session.close()
        if hasEntered.withLock({ $0 }) { onClose() }
    }
}
