import Foundation
import GraderCore
import InputFiles
import Reports

/// Takes in what the students of a class have handed in of their own machines: judges it as a new run of the class, in
/// which all others are as they were in the latest.
public struct HandInImport: Sendable {
    public var roster: Roster
    public var grader: Grader
    public var reports: ReportsFolder
    /// On this machine.
    public var session: any NodeSession
    public var theme: PageTheme?
    /// What people are called elsewhere, or their numbers on Moodle, and whose ids these are.
    public var names: [String: String] = [:]
    /// What was collected before is refused.
    public var notBefore: Date?
    /// Students whose look by the grader is replaced.
    public var replaceLive: Set<String> = []

    public init(
        _ roster: Roster, by grader: Grader, into reports: ReportsFolder, session: any NodeSession
    ) {
        self.roster = roster
        self.grader = grader
        self.reports = reports
        self.session = session
    }

    /// What became of it.
    public struct Outcome: Sendable {
        /// Nil where nothing was new.
        public var run: RunOutcome?
        /// Who was judged by what was handed in now, in the order of the class.
        public var taken: [StudentIdentity] = []
        /// How many had everything handed in before.
        public var known = 0
        /// A sentence for each file that was not taken.
        public var refusals: [LocalizedText] = []
    }

    /// - Parameter onEvent: told of those who handed in alone.
    /// - Throws: before anything is written: where a file cannot be read at all, the marks have mistakes, or somebody else
    ///   makes the class's runs (``GradingRefusal``), or the work is cut off; then where the reports folder cannot be
    ///   written.
    public func run(
        _ paths: [String], onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> Outcome {
        // Before anything of the class is begun.
        let scratch = try ScratchFolder()
        defer { scratch.end() }
        guard case .granted(let claim) = try await reports.claimGrading(of: roster.className) else {
            throw GradingClaim.refusal(of: roster.className)
        }
        defer { claim.end() }
        let owners = FileOwners(roster.students.map(\.identity), names)
        let received = try await ReceivedFiles(session: session, owners: owners, scratch: scratch.path)
            .read(paths)
        let now = Date()
        let rules = HandInRules(
            roster: roster, exercise: grader.exercise, now: now, notBefore: notBefore,
            replaceLive: replaceLive)
        let runs = try reports.runs(of: roster.className, exercise: roster.exercise)
        let last = try reports.latestRun(of: roster.className, exercise: roster.exercise)
        let sorting = try HandInSorting(received, by: rules) { try last?.latestLook(of: $0, after: runs) }
        var outcome = Outcome(known: sorting.known.count, refusals: sorting.refusals)
        let students = roster.students.filter { sorting.taken[$0.identity.id] != nil }
        outcome.taken = students.map(\.identity)
        guard !students.isEmpty else {
            // A class of which there is nothing else is not begun by it.
            if try reports.runs(of: roster.className).isEmpty {
                reports.removeGradingFiles(of: roster.className)
                try ClassPurge.removeIfEmpty(reports.folder(of: roster.className))
            }
            return outcome
        }
        outcome.run = try judge(students, sorting.taken, at: now, onEvent)
        return outcome
    }

    private func judge(
        _ students: [RosterStudent], _ taken: [String: [MachineID: HandInFile]], at now: Date,
        _ onEvent: @escaping @Sendable (RunEvent) -> Void
    ) throws -> RunOutcome {
        let order = try RunOrder.only(students, of: roster, in: reports)
        let manifest = RunManifest(order, of: roster, exercise: grader.exercise.id, startedAt: now)
        let marks = try reports.marks(
            of: roster.className, sheet: MarkableSheet(grader.rubric),
            students: roster.students.map(\.identity))
        let byID = Dictionary(students.map { ($0.identity.id, $0) }, uniquingKeysWith: { first, _ in first })
        var run = try reports.judge(
            manifest, at: now, by: grader, marks, theme: theme,
            onEvent: { event in
                switch event {
                case .graded(let result) where byID[result.student.id] == nil: return
                case .noResult(let missing) where byID[missing.student.id] == nil: return
                default: break
                }
                onEvent(event)
            },
            evidence: { id in
                guard let student = byID[id], let files = taken[id] else {
                    return try order.takenOver[id]?.evidence(of: id)
                }
                let (evidence, otherwiseAsked) = HandInEvidence(
                    exercise: grader.exercise, student: student, files: files, importedAt: now
                ).assembled()
                for (machine, count) in otherwiseAsked.sorted(by: { $0.key < $1.key }) {
                    onEvent(.remark(Self.otherwiseAsked(id, machine, count)))
                }
                return evidence
            })
        run.anomalies = try run.run.place(remark: { _ in }).anomalies(run.results)
        return run
    }

    private static func otherwiseAsked(_ student: String, _ machine: MachineID, _ count: Int) -> LocalizedText
    {
        LocalizedText(
            fr:
                "\(student)/\(machine.rawValue) : ce qui répond à autre chose que ce que cette classe demande (autres adresses ou noms donnés à check, autre barème, autre version de Bascule) ne compte pas : \(count) observation\(count.plural(.french)).",
            en:
                "\(student)/\(machine.rawValue): what answers something else than this class asks (other addresses or names given to check, another rubric, another version of Bascule) does not count: \(count) observation\(count.plural(.english))."
        )
    }
}
