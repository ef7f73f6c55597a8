import ClassRun
import Foundation
import GraderCore

/// Who is not looked at again in a run, because an earlier one did: their evidence is taken over as it is, with its
/// date, and judged like everybody's. So a run of some students is still a run of the class.
struct CarriedOver: Sendable {
    /// By student.
    var runs: [String: RunFolder] = [:]

    /// What an interrupted run has done already.
    /// - Returns: nil where the last run is complete, or there is none.
    static func resuming(_ reports: ReportsFolder, className: String) throws -> (
        CarriedOver, students: [String]
    )? {
        guard let last = try reports.runs(of: className).last else { return nil }
        let manifest = try last.manifest()
        let students = manifest.students.map(\.id).filter { manifest.notSeen?[$0] == nil }
        let done = students.filter { last.hasResult(of: $0) }
        guard done.count < students.count else { return nil }
        return (CarriedOver(runs: Dictionary(uniqueKeysWithValues: done.map { ($0, last) })), students)
    }

    /// Those of the latest run whom nothing kept from being assessed.
    static func assessed(_ reports: ReportsFolder, className: String) throws -> CarriedOver {
        try latest(reports, className) { run, student in
            guard run.hasResult(of: student) else { return false }
            return try !run.result(of: student).hasUnassessed
        }
    }

    /// Everybody of the latest run but these.
    static func others(
        than students: [String], _ reports: ReportsFolder, className: String
    ) throws -> CarriedOver {
        try latest(reports, className) { run, student in
            !students.contains(student) && run.hasResult(of: student)
        }
    }

    private static func latest(
        _ reports: ReportsFolder, _ className: String, where isMeant: (RunFolder, String) throws -> Bool
    ) throws -> CarriedOver {
        guard let run = try reports.latestRun(of: className) else { return CarriedOver() }
        let students = try run.manifest().students.map(\.id).filter { try isMeant(run, $0) }
        return CarriedOver(runs: Dictionary(uniqueKeysWithValues: students.map { ($0, run) }))
    }
}
