import Foundation
import GraderCore

/// Rounds over the class, one after the other.
extension Lesson {
    /// How often the lesson looks whether something is due.
    private static let tick: Duration = .milliseconds(250)
    /// The machines get a moment's rest even where a round took longer than the interval.
    private static let rest: Duration = .seconds(5)

    func goRound() async {
        // The first at once, where there are rounds at all.
        nextRoundAt = plan.interval == nil ? nil : Date()
        var ticks = 0
        while !Task.isCancelled {
            let isOver = plan.until.map { Date() >= $0 } ?? false
            if isOver, nextRoundAt != nil {
                nextRoundAt = nil
                announceAll()
            }
            // Where the clock was set back rounds go on.
            let latest = Date().addingTimeInterval(max(plan.interval ?? .zero, Self.rest) / .seconds(1))
            if let next = nextRoundAt, next > latest {
                nextRoundAt = latest
                announceAll()
            }
            if isRoundWanted || nextRoundAt.map({ Date() >= $0 }) ?? false {
                isRoundWanted = false
                nextRoundAt = nil
                let began = Date()
                await makeRound()
                if let interval = plan.interval {
                    let next = max(
                        began.addingTimeInterval(interval / .seconds(1)),
                        Date().addingTimeInterval(Self.rest / .seconds(1)))
                    nextRoundAt = plan.until.map { next >= $0 } ?? false ? nil : next
                }
                announceAll()
            }
            // The teacher may mark in a terminal, or in the file itself.
            if ticks % 8 == 0 { await readDesk() }
            ticks += 1
            do { try await Task.sleep(for: Self.tick) } catch { break }
        }
    }

    private func makeRound() async {
        do {
            _ = try await grade(roundOrder()) { _ in }
        } catch {
            remark(LocalizedText(explaining: error))
        }
    }

    /// Everybody but those whose machines refused the log-in: what was seen of them last for this sheet is taken over, and
    /// where nothing was, the machines that did not refuse are looked at.
    private func roundOrder() throws -> RunOrder {
        var order = RunOrder(grader.roster.students)
        order.refused = records.mapValues(\.refusedLogins).filter { !$0.value.isEmpty }
        let roster = grader.roster
        guard !order.refused.isEmpty,
            let latest = try grader.reports.latestRun(of: roster.className, exercise: roster.exercise)
        else { return order }
        for id in order.refused.keys where latest.hasEvidence(of: id) { order.takenOver[id] = latest }
        return order
    }

    /// A run over the class within the lesson, for whoever asked for it: what it finds out is the lesson's too.
    /// - Throws: as ``ClassGrader/grade(_:onEvent:)`` does.
    public func grade(
        _ order: RunOrder, onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> RunOutcome {
        guard await runs.enter() else { throw CancellationError() }
        defer { runs.leave() }
        round = LessonState.Round(beganAt: Date(), done: 0, all: order.expected.count)
        announceAll()
        let events = events
        defer {
            round = nil
            announceAll()
        }
        let outcome = try await grader.grade(order) { event in
            events.yield(.run(event))
            onEvent(event)
        }
        await readDesk(isForced: true)
        return outcome
    }

    /// Gives back what drills of a board or a grader that died have left, before anything else.
    func restoreLeftovers() async {
        let reports = grader.reports
        let roster = grader.roster
        let ids = Set(reports.studentsOfOpenDrills(roster.className))
        let students = roster.students.filter { ids.contains($0.identity.id) }
        guard !students.isEmpty else { return }
        for student in students {
            looking[student.identity.id] = Date()
            let sentence = LocalizedText(
                fr: "Un exercice de bascule a été interrompu : la paire est remise comme avant.",
                en: "A drill was interrupted: the pair is being put back as it was.")
            problems[student.identity.id] = LessonProblem(sentence, forStudent: sentence)
            announce(student.identity.id)
        }
        do {
            let (damaged, reports) = try await grader.restoring(students)
            for failure in damaged { remark(failure.sentence) }
            for report in reports {
                problems[report.student] = LessonProblem(report.sentence, forStudent: report.sentence)
                remark(report.sentence)
            }
        } catch {
            remark(LocalizedText(explaining: error))
        }
        for student in students { looking[student.identity.id] = nil }
        announceAll()
    }
}

extension ClassGrader {
    /// Gives back what drills have left, and says what became of it.
    fileprivate nonisolated func restoring(
        _ students: [RosterStudent]
    ) async throws -> (damaged: [StoreFailure], reports: [DrillRestorer.Report]) {
        var damaged: [StoreFailure] = []
        var reports: [DrillRestorer.Report] = []
        _ = try await restore(students, isForced: false) {
            damaged = $0
        } onReport: {
            reports.append($0)
        }
        return (damaged, reports)
    }
}

extension DrillRestorer.Report {
    /// What became of the pair, for people.
    var sentence: LocalizedText {
        isClean
            ? LocalizedText(
                fr: "\(student) : un exercice de bascule avait été interrompu ; la paire est comme avant.",
                en: "\(student): a drill had been interrupted; the pair is as it was before.")
            : LocalizedText(
                fr:
                    "\(student) : un exercice de bascule a été interrompu et tout n'est pas comme avant ; bascule restore dit ce qui reste.",
                en:
                    "\(student): a drill was interrupted and not everything is as before; bascule restore says what is left."
            )
    }
}

extension ReportsFolder {
    /// Students on whose machines a drill of a grader that is gone may have left something.
    func studentsOfOpenDrills(_ className: String) -> [String] {
        let here = DrillOwner.line(now: Date())
        return DrillRecord.all(in: journalFolder(of: className)).records
            .filter { $0.isOpen && !$0.isUnderWay(here: here) }
            .map(\.opening.student)
    }
}
