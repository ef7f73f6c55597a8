import Foundation
import GraderCore

extension ClassGrader {
    /// After every pair has been looked at, read-only: the drills, all pairs side by side, each pair's one after the
    /// other; then the pair is judged again on the evidence with its drills.
    nonisolated func drill(
        _ request: DrillRequest, _ students: [RosterStudent], _ ways: @escaping Transports.Ways,
        _ writer: ResultWriter, _ onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async -> [RunEvent] {
        guard let runner = drillRunner(request) else { return [] }
        return await students.sideBySide { student -> RunEvent? in
            let drills = await self.turn(of: student).held {
                await runner.run(on: self.pair(student, ways(student))) { onEvent(.drill($0)) }
            }
            guard !drills.isEmpty else { return nil }
            let event = RunEvent.finishing(student.identity) {
                var evidence = try writer.place.folder.evidence(of: student.identity.id)
                evidence.drills = drills
                return .graded(try writer.finish(evidence, student: student.identity))
            }
            onEvent(event)
            return event
        }.compactMap(\.self)
    }

    /// Looks at the pairs, read-only, and says what the drills would run: five lines that sum it up, then command by
    /// command.
    /// - Throws: where the ways to the machines cannot be opened.
    public nonisolated func rehearse(
        _ request: DrillRequest, _ students: [RosterStudent], line: (String) -> Void
    ) async throws {
        let ways = try await transports.open(students)
        guard let runner = drillRunner(request) else { return }
        var summary = RehearsalSummary()
        var lines: [String] = []
        for student in students {
            var plans: [DrillPlan] = []
            let own = await runner.rehearse(on: self.pair(student, ways(student))) { plans.append($0) }
            summary.add(student.identity.id, lines: own, plans: plans)
            lines += own
        }
        for text in summary.lines + lines { line(text) }
    }

    /// Gives back what interrupted drills left on these students' pairs, side by side.
    /// - Parameter onReport: told of each pair when it is done.
    /// - Returns: whether everything is as it was before the drills.
    /// - Throws: where the ways to the machines cannot be opened.
    public nonisolated func restore(
        _ students: [RosterStudent], isForced: Bool, onDamaged: ([StoreFailure]) -> Void,
        onReport: (DrillRestorer.Report) -> Void
    ) async throws -> Bool {
        let ways = try await transports.open(students)
        var request = DrillRequest()
        request.isForced = isForced
        guard let runner = drillRunner(request) else { return false }
        let (records, damaged) = DrillRecord.all(in: runner.journalFolder)
        onDamaged(damaged)
        let reports = await students.sideBySide(
            { student in
                await self.turn(of: student).held {
                    var restorer = DrillRestorer(runner, self.pair(student, ways(student)))
                    return await restorer.restore(records)
                }
            }, onEach: onReport)
        return damaged.lost(beside: records).isEmpty && reports.allSatisfy(\.isClean)
    }

    nonisolated func pair(_ student: RosterStudent, _ access: PairCollector.Access) -> DrillRunner.Pair {
        let own = Set(student.lab.addresses.values.compactMap(IPAddress.init))
        let all = roster.students.flatMap(\.lab.addresses.values).compactMap(IPAddress.init)
        return DrillRunner.Pair(
            student: student.identity.id, lab: student.lab, access: access, hooks: student.hooks,
            others: Set(all).subtracting(own))
    }

    /// Nil where no drill can be watched from here.
    nonisolated func drillRunner(_ request: DrillRequest) -> DrillRunner? {
        guard let means = transports.drills else { return nil }
        return DrillRunner(
            exercise: collector.exercise, request: request, means: means,
            journalFolder: reports.journalFolder(of: roster.className), owner: DrillOwner.line(now: Date()),
            collector: collector.collector)
    }
}

extension ReportsFolder {
    /// Of the class, not of a run: what a dead run left open has to be found by the next.
    func journalFolder(of className: String) -> String { "\(path)/\(className)/journal" }

    /// Drills of interrupted runs that are still open, one sentence each.
    public func openDrills(of className: String) -> [LocalizedText] {
        let here = DrillOwner.line(now: Date())
        // One that is under way in another terminal will come to its end.
        let (records, damaged) = DrillRecord.all(in: journalFolder(of: className))
        let open = records.filter { $0.isOpen && !$0.isUnderWay(here: here) }
        return damaged.lost(beside: records).map(\.sentence)
            + open.map { record in
                let (student, drill) = (record.opening.student, record.opening.drill)
                return record.endedDifferent
                    ? LocalizedText(
                        fr:
                            "\(student) : l'exercice \(drill) a laissé une différence ; bascule restore dit laquelle",
                        en: "\(student): drill \(drill) left something different; bascule restore says what")
                    : LocalizedText(
                        fr:
                            "\(student) : l'exercice \(drill) n'est pas arrivé à son terme ; lancer bascule restore",
                        en: "\(student): drill \(drill) did not come to its end; run bascule restore")
            }
    }
}
