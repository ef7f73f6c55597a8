import Foundation
import GraderCore
import Reports

/// A class at hand: its roster, the ways to its machines, and who is being looked at. One student's look is the unit:
/// `grade` makes one of everybody and keeps them as a run, `check` makes one and keeps nothing.
///
/// So many pairs are looked at at once as there are places, each for itself: what one does or fails to do changes
/// nothing for another. One pair is looked at by one at a time and the class's runs are made one after the other,
/// whoever asks. Nothing here prints, ends the program or hears of signals: events tell what happens, and where the
/// task is cancelled, what is finished is kept.
public actor ClassGrader {
    public nonisolated let roster: Roster
    public nonisolated let collector: PairCollector
    /// Nil: evidence is collected and nothing judged.
    public nonisolated let grader: Grader?
    public nonisolated let reports: ReportsFolder
    nonisolated let transports: Transports
    nonisolated let theme: PageTheme?
    /// A pair that takes longer is given up; what it has shown by then is judged, the rest is not assessed.
    nonisolated let pairDeadline: Duration
    /// Pairs that are looked at at once; those whose machines do not answer yet do not count.
    nonisolated let places: JobSlots
    /// The class's lock: whoever makes a run has it.
    nonisolated let runs = WaitingLine(1)
    /// By student: whoever looks has it.
    private var turns: [String: WaitingLine] = [:]

    public init(
        _ roster: Roster, collector: PairCollector, grader: Grader?, reports: ReportsFolder,
        transports: Transports, theme: PageTheme? = nil, jobs: Int = 16, lendsPlaces: Bool = true,
        pairDeadline: Duration = .seconds(90)
    ) {
        self.roster = roster
        self.collector = collector
        self.grader = grader
        self.reports = reports
        self.transports = transports
        self.theme = theme
        self.pairDeadline = pairDeadline
        places = JobSlots(jobs, areLent: lendsPlaces)
    }

    /// One student's look, judged as the student may see it; nothing is written.
    /// - Throws: where the ways to the machines cannot be opened, or the program itself went wrong.
    public nonisolated func check(
        _ student: RosterStudent, drills: DrillRequest? = nil,
        onDrill: @escaping @Sendable (DrillEvent) -> Void = { _ in }
    ) async throws -> GradedResult {
        let ways = try await transports.open([student])
        return try await check(student, ways(student), drills, onDrill)
    }

    /// One check of a student after the other, never two at once, and less often while the pair does not answer.
    /// - Parameters:
    ///   - pause: between two looks, while the pair answers.
    ///   - onLook: given each look with the one before it and the pause after it, nil at the last.
    /// - Returns: the last look that was not broken off.
    /// - Throws: where the ways to the machines cannot be opened, or the program itself is wrong (``ProgramFault``).
    public nonisolated func watch(
        _ student: RosterStudent, pause: Duration, looks: Int,
        onLook: (_ result: GradedResult, _ before: GradedResult?, _ next: Duration?) throws -> Void
    ) async throws -> GradedResult? {
        // Opened once: nobody wants to be asked for a password every ten seconds.
        let ways = try await transports.open([student])
        var before: GradedResult?
        var next = pause
        for number in 1...max(1, looks) {
            let result = try await check(student, ways(student), nil) { _ in }
            // A look that was broken off says nothing about the pair.
            guard !Task.isCancelled else { return before }
            // Log-ins that fail are asked for less and less often: a student's sshd counts them.
            next = result.unreachable.isEmpty ? pause : min(next * 2, max(.seconds(60), pause))
            let isLast = number == max(1, looks)
            try onLook(result, before, isLast ? nil : next)
            before = result
            if isLast { break }
            do { try await Task.sleep(for: next) } catch { break }
        }
        return before
    }

    /// One student's look, judged and whole, for whoever shows it; nothing is written.
    /// - Parameters:
    ///   - snapshot: that the pair is kept in already: no other is taken before the drills.
    ///   - onBegan: told when the pair's turn has come.
    /// - Throws: where the ways to the machines cannot be opened, or the program itself went wrong.
    nonisolated func look(
        at student: RosterStudent, drills: DrillRequest? = nil, keptIn snapshot: String? = nil,
        onBegan: @Sendable () -> Void = {}, onDrill: @escaping @Sendable (DrillEvent) -> Void = { _ in }
    ) async throws -> GradedResult {
        let ways = try await transports.open([student])
        return try await judge(student, ways(student), drills, keptIn: snapshot, onBegan, onDrill)
    }

    private nonisolated func check(
        _ student: RosterStudent, _ access: PairCollector.Access, _ drills: DrillRequest?,
        _ onDrill: @escaping @Sendable (DrillEvent) -> Void
    ) async throws -> GradedResult {
        let result = try await judge(student, access, drills, {}, onDrill)
        return grader.map { result.shownInCheck(at: Date(), by: $0.rubric) } ?? result
    }

    private nonisolated func judge(
        _ student: RosterStudent, _ access: PairCollector.Access, _ drills: DrillRequest?,
        keptIn snapshot: String? = nil, _ onBegan: @Sendable () -> Void,
        _ onDrill: @escaping @Sendable (DrillEvent) -> Void
    ) async throws -> GradedResult {
        guard let grader else {
            throw ProgramFault(
                LocalizedText(
                    fr: "C'est un défaut de Bascule : une vérification sans barème.",
                    en: "This is a bug in Bascule: a check without a rubric."))
        }
        var evidence = await places.line.held {
            onBegan()
            return await look(at: student, access)
        }
        if let drills, let runner = drillRunner(drills) {
            var pair = pair(student, access)
            pair.snapshot = snapshot
            evidence.drills = await turn(of: student).held { [pair] in
                await runner.run(on: pair, onEvent: onDrill)
            }
        }
        return try await JudgingLine.shared.run { [evidence] in
            Result {
                try grader.grade(
                    evidence, className: self.roster.className, student: student.identity,
                    evidenceSHA256: SHA256Digest.hexadecimal(of: try StoredJSON.encode(evidence)))
            }
        }.get()
    }

    /// Collecting, read-only and under the pair's deadline, by somebody who has a place.
    /// - Parameter questions: nil: the class's own.
    nonisolated func look(
        at student: RosterStudent, _ access: PairCollector.Access, asking questions: Set<QuestionID>? = nil
    ) async -> Evidence {
        await JobSlot.$current.withValue(JobSlot(of: places)) {
            let turn = await turn(of: student)
            // Whoever waits for somebody else's look at the pair keeps no place from others.
            await JobSlot.lending { await turn.enterAnyway() }
            let evidence = await collect(student, access, collector.asking(questions))
            turn.leave()
            return evidence
        }
    }

    /// Cancelled, it ends with what it has.
    private nonisolated func collect(
        _ student: RosterStudent, _ access: PairCollector.Access, _ collector: PairCollector
    ) async -> Evidence {
        let work = Task {
            await collector.collect(student: student.identity.id, lab: student.lab, access: access)
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

    func turn(of student: RosterStudent) -> WaitingLine {
        let id = student.identity.id
        if let turn = turns[id] { return turn }
        let turn = WaitingLine(1)
        turns[id] = turn
        return turn
    }
}
