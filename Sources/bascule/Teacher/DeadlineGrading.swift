import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import InputFiles
import NIOPosix
import Reports

/// `grade-all --at deadline`: waits, and makes a run just before each deadline. Nobody is at the keyboard: what stands in
/// a run's way is said and tried again, and what was done already is read from the class's runs.
extension GradeAllCommand {
    func gradeAtDeadlines(of roster: Roster, file: String, _ console: Console) async throws {
        try require(
            roster.students.contains { $0.deadline != nil },
            .noDeadline(file))
        let judging = try judging(roster.exercise)
        let reports = ReportsFolder(options.reports)
        tellOfLeftovers(roster.className, in: reports, console)
        let (events, secrets) = (try eventStream(), try Composition.secrets(roster.students))
        let (isAssessed, wasInterrupted) = try await Composition.working(threads: 2) { group in
            var waiting = DeadlineWait(
                roster: WatchedRoster(file: file, roster: roster, secrets: secrets), judging: judging,
                reports: reports, group: group, events: events, console: console)
            return try await waiting.run(self)
        }
        console.endProgress()
        if wasInterrupted { throw Exit.interrupted }
        if !isAssessed { throw Exit.notAssessed }
    }
}

/// The waiting, and what it has said so far.
private struct DeadlineWait {
    var roster: WatchedRoster
    var judging: Judging
    var reports: ReportsFolder
    var group: MultiThreadedEventLoopGroup
    var events: EventStream?
    var console: Console
    private var told: Set<String> = []
    private let snapshots = DeadlineSnapshots()

    init(
        roster: WatchedRoster, judging: Judging, reports: ReportsFolder, group: MultiThreadedEventLoopGroup,
        events: EventStream?, console: Console
    ) {
        self.roster = roster
        self.judging = judging
        self.reports = reports
        self.group = group
        self.events = events
        self.console = console
    }

    /// How long the roster, the runs and the clock on the wall go without being looked at: a machine that slept wakes up
    /// late, and a teacher may give somebody extra time meanwhile.
    private static let tick: Duration = .seconds(5)
    /// Between two attempts at what somebody, or a full disk, stands in the way of.
    private static let pause: Duration = .seconds(10)
    /// Looks at who could not be looked at, while there is time.
    private static let mostRepeats = 2

    /// - Returns: whether everybody who has a deadline was assessed, as far as the class's latest run says.
    mutating func run(_ command: GradeAllCommand) async throws -> Bool {
        while !Task.isCancelled {
            var rest = Self.tick
            readRosterAgain(command)
            do {
                let deadlines = deadlines(command)
                let seen = try reports.lastLooks(
                    of: roster.roster.className, exercise: roster.roster.exercise)
                let taken = try reports.lastSnapshots(of: roster.roster.className)
                let kept = deadlines.snapshotsDue(seen: seen, taken: taken)
                if try !reports.isLastRunCutOff(
                    of: roster.roster.className, exercise: roster.roster.exercise)
                {
                    await snapshots.take(
                        of: kept, by: classGrader(command), command.options.language, console)
                }
                switch deadlines.next(at: Date(), seen: seen) {
                case .look(let look):
                    try await make(look, command)
                    rest = .zero
                case .waiting(let look):
                    if try await finishCutOff(deadlines, command) { continue }
                    tell(waitingFor: look, deadlines, command)
                    // bounded: a date of the roster, of four digits
                    rest = min(rest, .seconds(max(0.1, look.begins.timeIntervalSinceNow)))
                case .over:
                    if try await finishCutOff(deadlines, command) { continue }
                    await snapshots.finish()
                    return try isAssessed(deadlines)
                }
            } catch let error where error is StoreFailure || error is InputErrors {
                say("\(error)", command, isComplaint: true)
                rest = Self.pause
            }
            do { try await Task.sleep(for: rest) } catch { break }
        }
        return true
    }

    /// A mistake that is made in it meanwhile holds up no look.
    private mutating func readRosterAgain(_ command: GradeAllCommand) {
        do { try roster.readAgain() } catch { say("\(error)", command, isComplaint: true) }
    }

    private func deadlines(_ command: GradeAllCommand) -> Deadlines {
        Deadlines(roster.roster.students, lead: command.deadlineOptions.lead, jobs: command.jobs)
    }

    private mutating func make(_ look: Deadlines.Look, _ command: GradeAllCommand) async throws {
        if look.deadline < Date() {
            let names = look.students.map(\.identity.id).joined(separator: ", ")
            say(
                command.options.language.pick(
                    "Échéance passée (\(date(look.deadline, command))) sans passage juste avant : \(names), maintenant, en retard.",
                    "Past the deadline (\(date(look.deadline, command))) without a look just before it: \(names), now, late."
                ), command)
        }
        var left = look.students
        for attempt in 0...Self.mostRepeats {
            let outcome = try await grade(left, command)
            let unseen = Set(outcome.results.filter(\.wasNotSeenWhole).map(\.student.id))
            left.removeAll { !unseen.contains($0.identity.id) }
            let end = Date().addingTimeInterval(2 * (Self.pause / .seconds(1)))
            guard !left.isEmpty, attempt < Self.mostRepeats, end < look.deadline else { return }
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }

    private func grade(_ students: [RosterStudent], _ command: GradeAllCommand) async throws -> RunOutcome {
        let (roster, grader) = (self.roster.roster, classGrader(command))
        return try await command.run(
            GradingRound(
                order: try .due(students, of: roster, in: reports), roster: roster, judging: judging,
                reports: reports, grader: { grader }, events: events, console: console))
    }

    private func classGrader(_ command: GradeAllCommand) -> ClassGrader {
        command.classGrader(roster.roster, judging, .ssh(group, roster.secrets, of: roster.roster))
    }

    /// A run for a deadline that was cut off has looked at its students, and nobody sees it.
    /// - Returns: whether there was one.
    private func finishCutOff(
        _ deadlines: Deadlines, _ command: GradeAllCommand
    ) async throws -> Bool {
        let seen = try reports.cutOffLooks(
            of: roster.roster.className, exercise: roster.roster.exercise)
        guard
            deadlines.looks.contains(where: { look in
                look.students.contains { seen[$0.identity.id].map { $0 >= look.begins } ?? false }
            })
        else { return false }
        _ = try await grade([], command)
        return true
    }

    /// The runs' own last results say it, also of those that were made before a restart.
    private func isAssessed(_ deadlines: Deadlines) throws -> Bool {
        let roster = roster.roster
        guard let latest = try reports.latestRun(of: roster.className, exercise: roster.exercise) else {
            return false
        }
        return deadlines.looks.flatMap(\.students).map(\.identity.id).allSatisfy { student in
            (try? latest.result(of: student)).map { !$0.hasUnassessed } ?? false
        }
    }

    private mutating func tell(
        waitingFor look: Deadlines.Look, _ deadlines: Deadlines, _ command: GradeAllCommand
    ) {
        let count = look.students.count
        let language = command.options.language
        if !deadlines.withoutDeadline.isEmpty {
            let names = deadlines.withoutDeadline.map(\.id).joined(separator: ", ")
            say(
                language.pick(
                    "Sans échéance, pas de passage : \(names).",
                    "Without a deadline, not looked at: \(names)."
                ),
                command)
        }
        say(
            language.pick(
                "\(date(look.begins, command)) : \(count) étudiant\(count.plural(.french)), pour l'échéance du \(date(look.deadline, command)) ; Ctrl-C pour finir.",
                "\(date(look.begins, command)): \(count) student\(count.plural(.english)), for the deadline \(date(look.deadline, command)); Ctrl-C to end."
            ), command)
    }

    /// Each sentence once: it is asked for every few seconds.
    private mutating func say(_ text: String, _ command: GradeAllCommand, isComplaint: Bool = false) {
        guard told.insert(text).inserted else { return }
        if isComplaint { return console.complain(text) }
        let line = command.printsJSON ? RunEventJSON(event: "waiting", message: text).line : text
        if let line { console.line(line) }
    }

    private func date(_ date: Date, _ command: GradeAllCommand) -> String {
        DateText(date, in: roster.roster.timeZone ?? .current)
            .formatted(command.options.language, toTheSecond: true)
    }
}

extension GradedResult {
    /// Whether another look a moment later may see more.
    fileprivate var wasNotSeenWhole: Bool { !unreachable.isEmpty || instability != nil }
}
