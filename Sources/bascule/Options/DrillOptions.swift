import ArgumentParser
import ClassRun
import Exercises
import Foundation
import GraderCore
import Reports

/// What every command that may drill takes. None runs unless it is named.
struct DrillOptions: ParsableArguments {
    @Option(
        name: .customLong("drills"),
        help:
            "Failover drills, separated by commas: \(Catalog.drillNames); they perturb the students' clusters and give them back."
    )
    var list: String?

    @Flag(name: .customLong("force-drills"), help: "Drill although somebody is at work on the pair.")
    var isForced = false

    @Flag(name: .customLong("dry-run"), help: "Print every command that the drills would run, and run none.")
    var isDryRun = false

    @Option(name: .customLong("drill-lease-seconds"), help: .hidden)
    var leaseSeconds: Int?

    private func kinds(of exercise: any Exercise) throws -> Set<DrillKind> {
        guard let list else {
            if isDryRun { throw ValidationError("--dry-run needs --drills") }
            return []
        }
        return Set(
            try list.split(separator: ",").map { word in
                guard let drill = exercise.drills.first(where: { $0.kind.rawValue == word }) else {
                    throw ValidationError(
                        "there is no drill \(word); there is: "
                            + exercise.drills.map(\.kind.rawValue).joined(separator: ", "))
                }
                return drill.kind
            })
    }

    /// Nil where no drill is asked for.
    /// - Parameter exercise: which declares them.
    func request(of exercise: any Exercise) throws -> DrillRequest? {
        let kinds = try kinds(of: exercise)
        var request = DrillRequest(kinds)
        request.isForced = isForced
        request.lease = leaseSeconds.map { .seconds(max(10, $0)) }
        return kinds.isEmpty && !isDryRun ? nil : request
    }
}

extension DrillEvent {
    /// What the terminal says of it; nil for what a live line says better.
    func line(_ language: Language) -> String? {
        switch self {
        case .began, .stage: nil
        case .ended(let student, let evidence):
            "\(student)  \(DrillLine(evidence, language: language).text())"
        case .notice(let student, let sentence): "\(student): \(sentence)"
        }
    }
}
