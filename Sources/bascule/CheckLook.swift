import ClassRun
import Foundation
import GraderCore
import NIOPosix

/// One pair, looked at and judged without writing anything: what `check` does, once or again and again.
struct CheckLook: Sendable {
    var student: RosterStudent
    var className: String
    var exercise: any Exercise
    var rubric: Rubric
    /// Nil: all.
    var questions: Set<QuestionID>?
    var deadline: Duration
    /// On one of the nodes: this machine without SSH, the other not at all.
    var isLocal: Bool

    /// The ways to the pair, with all secrets read.
    struct Pair: Sendable {
        var access: PairCollector.Access
        /// Nil on one of the nodes.
        var factory: PairAccessFactory?
    }

    /// Runs the work with the ways to the pair; asks for passwords at most once.
    func withPair<Value: Sendable>(
        _ work: @Sendable (Pair) async throws -> Value
    ) async throws -> Value {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let pair: Pair
            if isLocal {
                let access = try await LocalAccess.access(to: student, group: group)
                pair = Pair(access: access, factory: nil)
            } else {
                let factory = try PairAccessFactory(students: [student], group: group)
                pair = Pair(access: factory.access(to: student), factory: factory)
            }
            let value = try await work(pair)
            try await group.shutdownGracefully()
            return value
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    /// Collects and judges.
    /// - Returns: what the student may see of it.
    func result(_ pair: Pair, drills: DrillRequest? = nil) async throws -> GradedResult {
        let runner = ClassRunner(
            collector: PairCollector(exercise: exercise, questions: questions, collector: basculeVersion),
            jobs: 1, pairDeadline: deadline)
        var evidence = await runner.collect(
            ClassRunner.Job(student: student.identity, lab: student.lab, access: pair.access))
        if let drills, let factory = pair.factory {
            evidence.drills = await Drilling.runner(
                exercise, settings: drills.settings, reports: drills.reports, className: className
            ).run(drills.kinds, on: Drilling.pair(student, factory), onEvent: drills.onEvent)
        }
        return try Grader(exercise: exercise, rubric: rubric, questions: questions, version: basculeVersion)
            .grade(
                evidence, className: className, student: student.identity,
                evidenceSHA256: SHA256Digest.hexadecimal(of: try EvidenceJSON.encode(evidence))
            ).shownToStudents(at: Date())
    }
}
