import Foundation
import GraderCore

extension ClassGrader {
    /// A run over the class: everybody is looked at, judged where there is a rubric, and written as it comes; then the
    /// drills that were asked for; then the class page. Runs to the end, whatever happens to single pairs.
    /// - Throws: where the reports folder cannot be written, the ways to the machines cannot be opened, or the task is
    ///   cancelled while another run is made: before any machine is touched.
    public nonisolated func grade(
        _ order: RunOrder, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> RunOutcome {
        // Whoever gives up while another's run is made has asked for none.
        guard await runs.enter() else {
            throw StoreFailure(
                fr: "Le passage a été interrompu avant d'avoir commencé.",
                en: "The run was interrupted before it had begun.", .interrupted)
        }
        defer { runs.leave() }
        return try await run(order, onEvent)
    }

    private nonisolated func run(
        _ order: RunOrder, _ onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> RunOutcome {
        let grader = grader?.asking(order.questions)
        let ways = try await transports.open(order.lookedAt)
        // The marks are read before any machine is touched: a mistake in them is found now or never.
        let marks = try grader.flatMap { grader in
            try reports.marks(
                of: roster.className, sheet: MarkableSheet(grader.rubric),
                students: roster.students.map(\.identity) + order.notSeen.map(\.student))
        }
        let manifest = manifest(order)
        let folder = try reports.newRun(manifest, at: manifest.startedAt, rosterText: order.rosterText)
        let remark: @Sendable (LocalizedText) -> Void = { onEvent(.remark($0)) }
        let lag = LagWatch(transports.loops)
        let place = RunPlace(folder: folder, manifest: manifest, theme: theme, remark: remark)
        let writer = grader.map { reports.writer(place, by: $0, marks) }
        var outcome = RunOutcome(run: folder)
        if let writer {
            for student in order.students.map(\.identity) {
                guard let run = order.takenOver[student.id] else { continue }
                // Nobody waits for these: they are kept without an event.
                outcome.note(
                    RunEvent.finishing(student) {
                        let evidence = try run.evidence(of: student.id)
                        try evidence.refuseOther(than: manifest.exercise, of: student.id)
                        return .graded(try writer.finish(evidence, student: student))
                    })
            }
        }
        for event in await lookAtAll(order, ways, folder, writer, onEvent) { outcome.note(event) }
        for student in order.notSeen {
            outcome.note(.noResult(student))
            onEvent(.noResult(student))
        }
        if let drills = order.drills, let writer, !Task.isCancelled {
            for event in await drill(drills, order.lookedAt, ways, writer, onEvent) { outcome.note(event) }
        }
        outcome.completeWithNotReached(order.lookedAt.map(\.identity))
        outcome.sort(as: manifest.students)
        outcome.worstLag = lag.worst
        if var writer {
            writer.place = try noting(passwordsSharedBy: order.lookedAt, outcome, writer.place)
            try reports.finish(&outcome, writer)
            outcome.anomalies = writer.place.anomalies(outcome.results)
        } else {
            try reports.withLock(on: manifest.className) {
                if try !reports.stands(besides: outcome, place) { try reports.pointLatest(at: folder) }
            }
        }
        return outcome
    }

    /// Looks at the students side by side, in their order, and keeps what came of each.
    /// - Returns: what was told of those whose look came to its end.
    private nonisolated func lookAtAll(
        _ order: RunOrder, _ ways: @escaping Transports.Ways, _ folder: RunFolder,
        _ writer: ResultWriter?, _ onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async -> [RunEvent] {
        await withTaskGroup(of: RunEvent.self) { group in
            for student in order.lookedAt {
                // Those under way end soon where the run is cancelled, so that this wait does.
                await places.line.enterAnyway()
                guard !Task.isCancelled else {
                    // It may be one that was lent, and whose owner needs it to end.
                    places.line.leave()
                    break
                }
                group.addTask {
                    onEvent(.started(student.identity))
                    let way = ways(student).without(order.refused[student.identity.id] ?? [:])
                    let evidence = await self.look(at: student, way, asking: order.questions)
                    let isInterrupted = Task.isCancelled
                    let event = await JudgingLine.shared.run {
                        RunEvent.finishing(student.identity) {
                            try self.keep(evidence, of: student.identity, folder, writer, isInterrupted)
                        }
                    }
                    onEvent(event)
                    self.places.line.leave()
                    return event
                }
            }
            var events: [RunEvent] = []
            for await event in group { events.append(event) }
            return events
        }
    }

    private nonisolated func keep(
        _ evidence: Evidence, of student: StudentIdentity, _ folder: RunFolder, _ writer: ResultWriter?,
        _ isInterrupted: Bool
    ) throws -> RunEvent {
        // What an interruption cut short is not kept: `--resume` looks again.
        if isInterrupted {
            throw StoreFailure(
                fr: "Le passage a été interrompu : grade-all --resume le reprend.",
                en: "The run was interrupted: grade-all --resume goes on.", .interrupted)
        }
        if let writer { return .graded(try writer.finish(evidence, student: student)) }
        try folder.write(evidence, student: student.id)
        if let fault = evidence.fault { throw fault }
        return .collected(student, evidence)
    }

    private nonisolated func manifest(_ order: RunOrder) -> RunManifest {
        var manifest = RunManifest(
            order, of: roster, exercise: collector.exercise.id, startedAt: Date())
        manifest.questions = collector.asking(order.questions).questions.map { $0.sorted() }
        return manifest
    }

    /// The run with the passwords that several students have in common noted in its manifest.
    private nonisolated func noting(
        passwordsSharedBy students: [RosterStudent], _ outcome: RunOutcome, _ place: RunPlace
    ) throws -> RunPlace {
        let unreachable = Dictionary(
            outcome.results.map { ($0.student.id, $0.unreachable) }, uniquingKeysWith: { first, _ in first })
        let shared = transports.sharedPasswords(students) { student, node in
            unreachable[student].map { $0[node] == nil } ?? false
        }
        guard !shared.isEmpty else { return place }
        var place = place
        place.manifest.sharedPasswords = shared
        try place.folder.write(place.manifest)
        return place
    }
}
