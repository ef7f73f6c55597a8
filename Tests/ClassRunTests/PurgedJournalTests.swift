import Foundation
import GraderCore
import Testing

@testable import ClassRun

/// What drills wrote down goes with the students it is about, unless it may still be needed to give something back.
struct PurgedJournalTests {
    private let recorded: RecordedClass
    init() throws { recorded = try RecordedClass.judged().recorded }

    /// - Returns: its path.
    private func journal(of student: String, isOver: Bool) throws -> String {
        let folder = recorded.reports.journalFolder(of: "demo")
        try AtomicFile.makeFolders(folder)
        let journal = try DrillJournal(folder: folder, drill: "\(student)-\(isOver)")
        let plan = DrillPlan(
            kind: "standby", active: .serv1, witness: .serv2, names: [.serv1: "serv1", .serv2: "serv2"],
            target: SamplingTarget(address: "172.16.1.12", port: 80, request: nil, acceptedStatuses: [200]),
            subjects: ["vip": ["vip"]], failoverBound: .seconds(30), failbackBound: .seconds(30))
        try journal.write(
            .opened(
                .init(
                    drill: "d", student: student, startedAt: Date(), plan: plan, owner: "o", before: [])))
        if isOver { try journal.write(.closed(outcome: "as before", differences: [])) }
        return journal.path
    }

    private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    @Test func thoseOfDrillsThatAreOverGoWithTheirStudents() throws {
        let (over, open) = (
            try journal(of: "etu1", isOver: true), try journal(of: "etu2", isOver: false)
        )
        let purge = ClassPurge(reports: recorded.reports, className: "demo", before: .distantFuture)
        let outcome = try purge.carryOut(try purge.plan()) { _ in }
        #expect(!isThere(over) && isThere(open))
        // What stays is said.
        #expect(outcome.leftovers.map(\.file) == [open])
    }

    @Test func thoseOfStudentsWhoStayStay() throws {
        let over = try journal(of: "etu1", isOver: true)
        let purge = ClassPurge(reports: recorded.reports, className: "demo", before: .distantPast)
        _ = try purge.carryOut(try purge.plan()) { _ in }
        #expect(isThere(over))
    }
}
