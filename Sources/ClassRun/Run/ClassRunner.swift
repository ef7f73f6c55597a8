import Foundation
import GraderCore

/// What happens in the run of a class, as it happens.
public enum RunEvent: Sendable {
    case started(StudentIdentity)
    /// The evidence is kept; nobody asked for a judgement.
    case collected(StudentIdentity, Evidence)
    case graded(GradedResult)
    /// The result could not be kept; the sentence says where and why.
    case notStored(StudentIdentity, String)
    /// The program itself went wrong: the evidence is kept, and nobody is judged by it.
    case faulty(StudentIdentity, ProgramFault)
    /// Nobody looked at the student's machines; the sentence says why.
    case notSeen(StudentIdentity, LocalizedText)

    /// Who has no result, and why.
    public var failure: (student: StudentIdentity, sentence: LocalizedText)? {
        switch self {
        case .started, .collected, .graded: nil
        case .notStored(let student, let sentence): (student, LocalizedText(verbatim: sentence))
        case .faulty(let student, let fault): (student, LocalizedText(verbatim: fault.description))
        case .notSeen(let student, let sentence): (student, sentence)
        }
    }

    /// What came of a student's evidence.
    public static func finishing(_ student: StudentIdentity, _ finish: () throws -> RunEvent) -> RunEvent {
        do {
            return try finish()
        } catch let fault as ProgramFault {
            return .faulty(student, fault)
        } catch {
            return .notStored(student, String(describing: error))
        }
    }
}

/// Collects and grades the pairs of a class side by side, each for itself: what one pair does or fails to do
/// changes nothing for another.
public struct ClassRunner: Sendable {
    /// One pair to be looked at.
    public struct Job: Sendable {
        public var student: StudentIdentity
        public var lab: LabValues
        public var access: PairCollector.Access

        public init(student: StudentIdentity, lab: LabValues, access: PairCollector.Access) {
            self.student = student
            self.lab = lab
            self.access = access
        }
    }

    public var collector: PairCollector
    /// How many pairs are looked at at once; those whose machines do not answer yet do not count.
    public var jobs: Int
    /// A pair that takes longer is given up; what it has shown by then is judged, the rest is not assessed.
    public var pairDeadline: Duration

    public init(collector: PairCollector, jobs: Int, pairDeadline: Duration) {
        self.collector = collector
        self.jobs = max(1, jobs)
        self.pairDeadline = pairDeadline
    }

    /// Runs all jobs, at most `jobs` at once, in their order. `finish` keeps a pair's evidence, and judges it where
    /// that is wanted; it is called once for each job, as soon as its evidence is complete, and says what came of
    /// it.
    public func run(
        _ jobs: [Job], finish: @escaping @Sendable (Job, Evidence) throws -> RunEvent,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async {
        let slots = JobSlots(self.jobs)
        await withDiscardingTaskGroup { group in
            for job in jobs {
                // Those under way end soon where the run is cancelled, so that this wait does.
                await slots.enter()
                guard !Task.isCancelled else {
                    // It may be one that was lent, and whose owner needs it to end.
                    await slots.leave()
                    return
                }
                group.addTask {
                    onEvent(.started(job.student))
                    let evidence = await JobSlot.$current.withValue(JobSlot(of: slots)) { await collect(job) }
                    onEvent(.finishing(job.student) { try finish(job, evidence) })
                    await slots.leave()
                }
            }
        }
    }

    /// Collecting under the pair's deadline: cancelled, it ends with what it has.
    public func collect(_ job: Job) async -> Evidence {
        let work = Task {
            await collector.collect(student: job.student.id, lab: job.lab, access: job.access)
        }
        let timer = Task {
            try await Task.sleep(for: pairDeadline)
            work.cancel()
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
    }
}
