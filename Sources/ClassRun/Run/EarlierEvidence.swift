import Foundation
import GraderCore

/// Who is not looked at again in a run, because an earlier one did: their evidence is taken over as it is, with its
/// date, and judged like everybody's. So a run of some students is still a run of the class.
public struct EarlierEvidence: Sendable {
    /// By student.
    public var runs: [String: RunFolder] = [:]

    public init() {}

    /// By student, the name of that run; nil where there is none.
    var names: [String: String]? { runs.isEmpty ? nil : runs.mapValues(\.name) }

    /// A run as a whole, where it lies in the class's folder and is not a copy elsewhere.
    static func whole(
        _ run: RunFolder, _ manifest: RunManifest, in reports: ReportsFolder
    ) throws -> EarlierEvidence {
        func place(_ run: RunFolder) -> URL { URL(filePath: run.path).resolvingSymlinksInPath() }
        guard let own = try reports.run(run.name, of: manifest.className), place(own) == place(run) else {
            return EarlierEvidence()
        }
        var carried = EarlierEvidence()
        for student in manifest.students { carried.runs[student.id] = own }
        return carried
    }

    /// What an interrupted run has done already, or had to take over.
    /// - Returns: nil where the last run is complete; without students, meaning all, where there is none yet: it was
    ///   cut off before it had begun.
    static func resuming(_ reports: ReportsFolder, className: String) throws -> (
        EarlierEvidence, students: [String]?
    )? {
        guard let last = try reports.runs(of: className).last else { return (EarlierEvidence(), nil) }
        let manifest = try last.manifest()
        let students = manifest.students.map(\.id).filter { manifest.notSeen?[$0] == nil }
        // `latest` leads to it when everything else is done.
        if students.allSatisfy({ last.hasResult(of: $0) }),
            try reports.latestRun(of: className)?.name == last.name
        {
            return nil
        }
        var carried = EarlierEvidence()
        for student in students {
            if last.hasEvidence(of: student) {
                carried.runs[student] = last
            } else if let name = manifest.carried?[student], let run = try reports.run(name, of: className),
                run.hasEvidence(of: student)
            {
                carried.runs[student] = run
            }
        }
        return (carried, students)
    }

    /// Those of the latest run whom nothing kept from being assessed.
    static func assessed(_ reports: ReportsFolder, className: String) throws -> EarlierEvidence {
        try latest(reports, className) { run, student in
            guard run.hasResult(of: student) else { return false }
            return try !run.result(of: student).hasUnassessed
        }
    }

    /// Everybody of the latest run but these.
    static func others(
        than students: [String], _ reports: ReportsFolder, className: String
    ) throws -> EarlierEvidence {
        try latest(reports, className) { run, student in
            !students.contains(student) && run.hasResult(of: student)
        }
    }

    /// Of the latest run; where none has come to its end, of the last.
    private static func latest(
        _ reports: ReportsFolder, _ className: String, where isMeant: (RunFolder, String) throws -> Bool
    ) throws -> EarlierEvidence {
        guard let run = try reports.latestRun(of: className) ?? reports.runs(of: className).last else {
            return EarlierEvidence()
        }
        var carried = EarlierEvidence()
        for student in try run.manifest().students.map(\.id)
        where try isMeant(run, student) && run.hasEvidence(of: student) { carried.runs[student] = run }
        return carried
    }
}
