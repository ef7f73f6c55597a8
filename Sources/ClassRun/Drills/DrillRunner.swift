import Foundation
import GraderCore

/// Drills that a run, or a student's look, was asked for, and how they are run.
public struct DrillRequest: Sendable, Hashable, Codable {
    public var kinds: Set<DrillKind>
    var connectsPerSecond = 100
    var requestsPerSecond = 10
    /// How long the service is asked before anything is perturbed.
    var baseline: Duration = .seconds(5)
    /// For how long everything must be well before a failover counts as over.
    var steadyTime: Duration = .seconds(3)
    /// A configuration changed more recently than this is somebody's work under way.
    var quietTime: Duration = .seconds(180)
    /// The machine whose snapshot failed last time: tried before the others, of which each further try would leave one more.
    var snapshotFirst: MachineID?
    /// How long a pair may take to come to rest after a snapshot.
    var restBound: Duration = .seconds(60)
    /// Goes on although somebody works on the pair.
    public var isForced = false
    /// How long a node waits for a sign of the grader's before it gives everything back by itself: longer than a
    /// node takes to come back where that is part of the drill. Nil: by the drill's own bounds.
    public var lease: Duration?

    public init(_ kinds: Set<DrillKind> = []) { self.kinds = kinds }
}

/// What a drill tells while it goes on.
public enum DrillEvent: Sendable, Codable {
    case began(student: String, DrillKind)
    /// A stage in a word: `baseline`, `perturbing`, `watching`, `restoring`, `comparing`.
    case stage(student: String, DrillKind, String)
    /// What a client has seen of the service since the last event of this kind, half a second each
    /// (``LessonDrill/moment``).
    case seen(student: String, DrillKind, [ServiceMoment])
    case ended(student: String, DrillEvidence)
    /// Something that a person should know now, in a sentence.
    case notice(student: String, LocalizedText)
    /// The same for the teacher alone: of his own host and hypervisor.
    case remark(student: String, LocalizedText)
    /// This machine's snapshot was not taken.
    case notKept(student: String, MachineID)
}

/// Performs drills on one pair, one after the other. Built like a transaction: whatever happens, the pair is given
/// back, by this process or by the nodes' own timers.
struct DrillRunner: Sendable {
    var exercise: any Exercise
    var request: DrillRequest
    var means: DrillMeans
    /// The class's journals.
    var journalFolder: String
    /// Who holds the pairs: user, host and process, one line.
    var owner: String
    var collector: String

    /// A pair to be drilled.
    struct Pair: Sendable {
        var student: String
        var lab: LabValues
        var access: PairCollector.Access
        var hooks: PowerHooks
        /// Of its machines before the first drill; nil: none was taken. Where there is one none is taken any more.
        var snapshot: String?
        /// The machines of everybody else in the class.
        var others: Set<IPAddress> = []

        /// In the order of their names.
        var machines: [MachineID] { lab.machines }
    }

    /// The drills asked for, in the exercise's own order, none without the snapshot that the roster wants before them.
    /// After one that could not be given back whole none is begun. Cancelled, it gives back what is perturbed and
    /// returns.
    func run(
        on pair: Pair, onEvent: @escaping @Sendable (DrillEvent) -> Void
    ) async -> [DrillEvidence] {
        var results: [DrillEvidence] = []
        var ownChange: String?
        var pair = pair
        let drills = exercise.drills.filter { request.kinds.contains($0.kind) }
        switch await keep(pair, before: drills, onEvent: onEvent) {
        case .ready(let snapshot): pair.snapshot = snapshot
        case .refused(let refused):
            for evidence in refused { onEvent(.ended(student: pair.student, evidence)) }
            return refused
        }
        for drill in drills {
            let kind = drill.kind
            if Task.isCancelled { break }
            let evidence: DrillEvidence
            if let broken = results.first(where: \.leftSomething) {
                var refused = DrillEvidence(id: "", kind: kind, plan: nil, startedAt: Date())
                refused.outcome = .refused(DrillEndings.earlierLeftSomething(broken.kind))
                evidence = refused
            } else {
                onEvent(.began(student: pair.student, kind))
                let execution = DrillExecution(drill, self, pair, ownChange: ownChange, onEvent: onEvent)
                evidence = await execution.perform()
                if case .performed = evidence.outcome {
                    // A clean-up is written into the configuration too.
                    ownChange = drill.version(evidence.observations, stage: .after)
                }
            }
            onEvent(.ended(student: pair.student, evidence))
            results.append(evidence)
        }
        return results
    }

    /// A name for one drill: usable as a folder's, as a unit's, in a log.
    func identifier(_ kind: DrillKind, student: String) -> String {
        let stamp = Date().formatted(
            Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
        let safe = student.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(24)
        let nonce = String(UInt16.random(in: UInt16.min...UInt16.max), radix: 16)
        return "\(stamp.lowercased())-\(safe)-\(kind.rawValue)-\(nonce)"
    }
}

extension DrillEvidence {
    /// Whether the pair is not known to be as it was: something is different, or the end of the way back was not seen.
    var leftSomething: Bool {
        if case .abandoned = outcome, time(.settled) == nil { return true }
        return !differences.isEmpty
    }
}
