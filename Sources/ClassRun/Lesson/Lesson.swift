import Foundation
import GraderCore
import InputFiles

/// A lesson that goes on: rounds over the class, looks and drills that somebody asks for, and what is known of everybody
/// meanwhile. Whatever shows it (a board) asks for states and is told when one has changed.
///
/// A round is a run of the class like any other. A look between rounds is kept as that student's last look and replaced by
/// the next; with it every start of the board shows what the one before has seen, however that ended.
public actor Lesson {
    public nonisolated let grader: ClassGrader
    public nonisolated let plan: LessonPlan
    nonisolated let folder: BoardFolder
    nonisolated let events: AsyncStream<LessonEvent>.Continuation
    private let incoming: AsyncStream<LessonEvent>

    var records: [String: LessonRecord]
    var header: LessonHeader
    /// Students in line, the next first.
    var waiting: [String] = []
    var looking: [String: Date] = [:]
    var drilling: [String: LessonDrill] = [:]
    var tasks: [String: Task<Void, Never>] = [:]
    var lastAsked: [String: Date] = [:]
    var problems: [String: LessonProblem] = [:]
    var round: LessonState.Round?
    /// The class's runs: whoever makes one has it.
    nonisolated let runs = WaitingLine(1)
    var nextRoundAt: Date?
    var isRoundWanted = false
    var remarks: [LocalizedText] = []
    var openAnswers = 0
    var desk = LessonDesk()
    /// The reading of marks and answers that is under way, and the one that waits for its end.
    var deskReading: Task<Void, Never>?
    var nextDeskReading: Task<Void, Never>?
    private var watchers: [Int: (view: LessonView, stream: AsyncStream<LessonSignal>.Continuation)] = [:]
    private var lastWatcher = 0
    /// Files are written one after the other, and nobody waits for them.
    nonisolated let disk = DispatchQueue(label: "bascule.lesson")

    /// Takes up what an earlier start has left.
    /// - Throws: ``StoreFailure`` where the folder cannot be read or written.
    public init(_ grader: ClassGrader, plan: LessonPlan) throws {
        self.grader = grader
        self.plan = plan
        folder = try grader.reports.board(of: grader.roster.className)
        try AtomicFile.makeFolders("\(folder.path)/students")
        Sweep.removeTemporary(in: folder.path)
        Sweep.removeTemporary(in: "\(folder.path)/students")
        (incoming, events) = AsyncStream.makeStream()
        let ids = grader.roster.students.map(\.identity.id)
        (header, records, remarks) = try folder.lesson(
            of: ids, exercise: grader.collector.exercise.id, isGoingOn: plan.mostBreak)
    }

    /// Everything, until the task is cancelled; then what is under way is brought to an orderly end.
    public func run() async {
        // Not of this task: what comes while it is ended is taken in all the same.
        let taking = Task { for await event in incoming { note(event) } }
        await restoreLeftovers()
        await goRound()
        await end()
        events.finish()
        await taking.value
        disk.sync {}
    }

    private func end() async {
        for task in tasks.values { task.cancel() }
        for task in tasks.values { await task.value }
    }

    // MARK: Watching

    /// Streams about one student, or about the class, that are open at once: another one ends the oldest.
    private static let mostWatchers = 12

    /// A signal for each time that what is watched has changed; of several that nobody has fetched the newest.
    public func signals(_ view: LessonView) -> AsyncStream<LessonSignal> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: LessonSignal.self, bufferingPolicy: .bufferingNewest(1))
        lastWatcher += 1
        let number = lastWatcher
        let others = watchers.filter { $0.value.view == view }
        if others.count >= Self.mostWatchers, let oldest = others.keys.min() {
            watchers.removeValue(forKey: oldest)?.stream.finish()
        }
        watchers[number] = (view, continuation)
        continuation.onTermination = { _ in Task { await self.forget(number) } }
        return stream
    }

    private func forget(_ number: Int) { watchers[number] = nil }

    /// Tells who watches the student, and who watches the class.
    func announce(_ student: String) { announce([student]) }

    /// Tells who watches one of these students, and once who watches the class: each time a page is fetched.
    func announce(_ students: [String]) {
        let signal = LessonSignal(at: Date())
        let views = Set([.wholeClass] + students.map { LessonView.student($0) })
        for watcher in watchers.values where views.contains(watcher.view) { watcher.stream.yield(signal) }
    }

    func announceAll() {
        let signal = LessonSignal(at: Date())
        for watcher in watchers.values { watcher.stream.yield(signal) }
    }

    // MARK: States

    /// Everything, for the teacher.
    public func state() -> LessonState {
        var state = plainState()
        state.standings = grader.roster.students.map { standing(of: $0) }
        state.remarks = remarks
        state.openAnswers = openAnswers
        return state
    }

    /// What is nobody's.
    private func plainState() -> LessonState {
        let roster = grader.roster
        var state = LessonState(
            className: roster.className, title: roster.title, exerciseTitle: grader.collector.exercise.title,
            timeZone: roster.timeZone ?? .current, beganAt: header.beganAt,
            standings: [], isExam: isExam)
        state.round = round
        state.nextRoundAt = nextRoundAt
        state.until = plan.until
        state.hintLevel = header.hintLevel
        state.studentDrills = grader.collector.exercise.drills.filter { plan.studentDrills.contains($0.kind) }
            .map { LessonState.StudentDrill(kind: $0.kind, title: $0.title) }
        return state
    }

    /// What a student may see: his own standing as he is shown it, and of the class no one.
    public func state(forStudent id: String) -> (LessonState, LessonStanding)? {
        guard let student = grader.roster[id] else { return nil }
        let state = plainState()
        if isExam { return (state, standing(of: student).shownInExam()) }
        guard let rubric = grader.grader?.rubric else { return nil }
        let shown = standing(of: student).shownToStudent(at: Date(), by: rubric, hintLevel: header.hintLevel)
        return (state, shown)
    }

    /// For the teacher; nil for nobody of the class.
    public func standing(of id: String) -> LessonStanding? { grader.roster[id].map { standing(of: $0) } }

    private func standing(of student: RosterStudent) -> LessonStanding {
        let id = student.identity.id
        var standing = (records[id] ?? LessonRecord(student: id)).standing
        standing.student = student.identity
        standing.machines = grader.collector.exercise.machines
        standing.result = standing.result.map { desk.marked($0, as: student.identity) }
        (standing.problem, standing.problemForStudent) = (problems[id]?.whole, problems[id]?.forStudent)
        standing.nextLookAt = nextLook(of: id)
        if let drill = drilling[id] {
            standing.activity = .drilling(drill)
        } else if let since = looking[id] {
            standing.activity = .looking(since: since)
        } else if let place = waiting.firstIndex(of: id) {
            standing.activity = .waiting(place: place + 1)
        }
        return standing
    }

    public nonisolated var isExam: Bool { grader.roster.isExam || grader.grader?.rubric.isExam ?? false }

    func nextLook(of id: String) -> Date? {
        let now = Date()
        // Where the clock was set back nobody waits until it is there again.
        guard let last = lastAsked[id], last <= now else { return nil }
        let next = last.addingTimeInterval(plan.pause / .seconds(1))
        return next > now ? next : nil
    }
}

/// How a lesson stands, whoever is in it (`board/lesson.json`).
struct LessonHeader: Sendable, Codable {
    static let currentSchemaVersion = 1

    var schemaVersion = LessonHeader.currentSchemaVersion
    var beganAt: Date
    /// How far hints go for the class; nil: as the rubric says.
    var hintLevel: Int?
}
