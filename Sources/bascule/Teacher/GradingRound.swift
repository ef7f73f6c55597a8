import ClassRun
import GraderCore

/// One run of a class as `grade-all` makes it, or has it made: with `--every` there are several.
struct GradingRound {
    var order: RunOrder
    var roster: Roster
    var judging: Judging
    var reports: ReportsFolder
    /// Only where the run is made here.
    var grader: () throws -> ClassGrader
    var events: EventStream?
    var console: Console
}

extension GradeAllCommand {
    /// Whether a board makes the class's runs.
    /// - Throws: where somebody else does just now; not for a command that makes several runs, which has time.
    func hasBoard(_ className: String, _ reports: ReportsFolder) async throws -> Bool {
        switch try await reports.claimGrading(of: className) {
        case .granted: return false
        case .board: return true
        case .busy:
            if makesSeveralRuns { return false }
            throw inWords(GradingClaim.refusal(of: className))
        }
    }

    /// Makes the run, or has the board make it that has the class.
    func run(_ round: GradingRound) async throws -> RunOutcome {
        do {
            switch try await round.reports.claimGrading(of: round.roster.className) {
            case .granted(let lock):
                defer { lock.end() }
                let grader = try round.grader()
                return try await show(round) { try await grader.grade(round.order, onEvent: $0) }
            case .board(let board): return try await handOver(round, to: board)
            case .busy: throw GradingClaim.refusal(of: round.roster.className)
            }
        } catch let refusal as GradingRefusal {
            throw inWords(refusal)
        }
    }

    /// A round that somebody stands in the way of is left out: the next may find the way free.
    func runUnlessInTheWay(_ round: GradingRound) async throws -> RunOutcome? {
        do { return try await run(round) } catch let failure as StoreFailure
            where [.busy, .unavailable].contains(failure.cause)
        {
            round.console.complain(failure.message)
            return nil
        }
    }

    private func handOver(_ round: GradingRound, to board: GradingClient) async throws -> RunOutcome {
        guard round.order.rosterText == nil else {
            throw GradingRefusal(
                LocalizedText(
                    fr:
                        "Un tableau de bord note déjà la classe \(round.roster.className) : donner sa liste de classe à la place de --subnet, ou l'arrêter.",
                    en:
                        "A board has the class \(round.roster.className) already: give its roster in the place of --subnet, or end it."
                ))
        }
        let request = GradingRequest(round.order, of: round.roster, by: round.judging.grader)
        return try await show(round) { onEvent in
            try await board.grade(
                request, of: round.roster.className, in: round.reports, onEvent: onEvent)
        }
    }

    private func show(
        _ round: GradingRound, _ work: (@escaping @Sendable (RunEvent) -> Void) async throws -> RunOutcome
    ) async throws -> RunOutcome {
        round.console.endProgress()
        let progress = RunProgress(
            console: round.console, students: round.order.expected, machines: round.order.lookedAt,
            language: options.language,
            json: printsJSON,
            questions: plain || makesSeveralRuns ? nil : round.judging.columns,
            events: round.events)
        // Also where the run ends with an error, the terminal is given back.
        defer { round.console.endView() }
        let outcome = try await work { progress.note($0) }
        progress.end(outcome)
        return outcome
    }

    private func inWords(_ refusal: GradingRefusal) -> StoreFailure {
        StoreFailure(refusal.sentence, refusal.cause)
    }
}
