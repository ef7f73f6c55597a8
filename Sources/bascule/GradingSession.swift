import ClassRun
import Foundation
import GraderCore
import NIOPosix
import Reports

/// One run over some students of a roster: collect, judge where there is a rubric, write, tell.
struct GradingSession: Sendable {
    var roster: Roster
    var students: [RosterStudent]
    var exercise: any Exercise
    /// Nil: the evidence is collected and nothing judged.
    var rubric: Rubric?
    var asked: Set<QuestionID>?
    var reports: ReportsFolder
    var jobs: Int
    var pairDeadline: Duration
    /// Of the reports.
    var language: Language
    var theme: PageTheme?
    /// Nil: nothing is perturbed.
    var drills: DrillRequest?
    /// Read before, for runs that are repeated; nil: read at the start.
    var secrets: [SecretSource: Secret]?

    /// The roster's text where no file of the teacher's holds it: it is kept in the run's folder.
    var rosterText: String?

    /// Who belongs to the class and cannot be looked at, since nobody knows the machines, and why.
    var notSeen: [(student: StudentIdentity, reason: LocalizedText)] = []

    /// Who of `students` is not looked at again.
    var carried = CarriedOver()

    /// Who is.
    var lookedAt: [RosterStudent] { students.filter { carried.runs[$0.identity.id] == nil } }

    /// Whose lines are waited for.
    var expected: [StudentIdentity] { lookedAt.map(\.identity) + notSeen.map(\.student) }

    /// What a run left behind.
    struct Outcome: Sendable {
        var run: RunFolder
        /// In roster order.
        var results: [GradedResult]
        /// Of a run that only collects.
        var collected: [Evidence]
        /// Who has no result at all, and why.
        var failures: [(student: StudentIdentity, sentence: LocalizedText)]
        /// Whether one of them is a bug of ours.
        var hasFault = false
        /// What students have in common that should be each one's own.
        var anomalies: [ClassAnomaly] = []
    }

    /// Runs to the end, whatever happens to single pairs.
    /// - Throws: where the reports folder cannot be written, or a secret cannot be had, before any machine is
    ///   touched.
    func run(onEvent: @escaping @Sendable (RunEvent) -> Void) async throws -> Outcome {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        do {
            let outcome = try await run(on: group, onEvent: onEvent)
            try await group.shutdownGracefully()
            return outcome
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    private func run(
        on group: MultiThreadedEventLoopGroup, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> Outcome {
        let accesses = try PairAccessFactory(students: lookedAt, group: group, secrets: secrets)
        // The marks are read before any machine is touched: a mistake in them is found now or never.
        let marks = try rubric.flatMap { rubric in
            try reports.marks(
                of: roster.className, sheet: MarkableSheet(rubric),
                students: roster.students.map(\.identity) + notSeen.map(\.student))
        }
        let startedAt = Date()
        var manifest = RunManifest(
            className: roster.className, title: roster.title, exercise: exercise.id, language: language,
            startedAt: startedAt, students: students.map(\.identity) + notSeen.map(\.student),
            questions: asked.map { $0.sorted() })
        if !notSeen.isEmpty {
            manifest.notSeen = Dictionary(
                notSeen.map { ($0.student.id, $0.reason) }, uniquingKeysWith: { first, _ in first })
        }
        let deadlines = students.compactMap { student in
            student.deadline.map { (student.identity.id, $0) }
        }
        if !deadlines.isEmpty {
            manifest.deadlines = Dictionary(deadlines, uniquingKeysWith: { first, _ in first })
        }
        manifest.carried = carried.names
        let folder = try reports.newRun(manifest, at: startedAt, rosterText: rosterText)

        let writer = rubric.map { rubric in
            ResultWriter(
                place: RunPlace(folder: folder, manifest: manifest, theme: theme),
                grader: Grader(exercise: exercise, rubric: rubric, questions: asked, version: basculeVersion),
                marks: marks, history: reports.history(of: roster.className))
        }
        writer?.place.complainOfAnswers()
        let runner = ClassRunner(
            collector: PairCollector(exercise: exercise, questions: asked, collector: basculeVersion),
            jobs: jobs, pairDeadline: pairDeadline)
        let gathered = RunGathering()
        if let writer {
            for student in students.map(\.identity) {
                guard let run = carried.runs[student.id] else { continue }
                // Nobody waits for these: they are kept without a line.
                let event = RunEvent.graded(
                    try writer.finish(try run.evidence(of: student.id), student: student))
                gathered.note(event)
            }
        }
        await runner.run(
            lookedAt.map {
                ClassRunner.Job(student: $0.identity, lab: $0.lab, access: accesses.access(to: $0))
            },
            finish: { job, evidence in
                // What an interruption cut short is not kept: `--resume` looks again.
                if Task.isCancelled {
                    throw StoreFailure("The run was interrupted: grade-all --resume goes on.")
                }
                if let writer { return .graded(try writer.finish(evidence, student: job.student)) }
                _ = try folder.write(evidence, student: job.student.id)
                if let fault = evidence.fault { throw fault }
                return .collected(job.student, evidence)
            },
            onEvent: { event in
                gathered.note(event)
                onEvent(event)
            })
        for (student, reason) in notSeen {
            gathered.note(.notSeen(student, reason))
            onEvent(.notSeen(student, reason))
        }
        if let drills, let writer, !Task.isCancelled {
            await drill(drills, accesses: accesses, folder: folder, writer: writer) { event in
                gathered.note(event)
                onEvent(event)
            }
        }
        // Those whose turn did not come are no less of the class.
        for student in lookedAt.map(\.identity) where !gathered.has(student.id) {
            gathered.note(.notSeen(student, Absence.notReached))
        }
        var outcome = gathered.outcome(folder, order: manifest.students.map(\.id))
        if let writer {
            outcome.anomalies = try writeClassPage(outcome, by: writer, accesses)
        }
        try reports.pointLatest(at: folder)
        return outcome
    }

    /// - Returns: what students have in common that should be each one's own.
    private func writeClassPage(
        _ outcome: Outcome, by writer: ResultWriter, _ accesses: PairAccessFactory
    ) throws -> [ClassAnomaly] {
        let unreachable = Dictionary(
            outcome.results.map { ($0.student.id, $0.unreachable) }, uniquingKeysWith: { first, _ in first })
        let shared = accesses.sharedPasswords(lookedAt) { student, node in
            unreachable[student].map { $0[node] == nil } ?? false
        }
        var place = writer.place
        if !shared.isEmpty {
            place.manifest.sharedPasswords = shared
            try place.folder.write(place.manifest)
        }
        try place.writeClassPage(outcome.results, failures: outcome.failures)
        return place.anomalies(outcome.results)
    }
}
