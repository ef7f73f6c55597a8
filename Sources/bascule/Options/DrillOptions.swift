import ArgumentParser
import ClassRun
import Exercises
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

    @Option(name: .customLong("drill-lease"), help: .hidden)
    var lease: Interval?

    /// Nil where no drill is asked for.
    /// - Parameter exercise: which declares them.
    func request(of exercise: any Exercise) throws -> DrillRequest? {
        try require(list != nil || !isDryRun, "--dry-run needs --drills")
        guard let list else { return nil }
        let kinds = try list.split(separator: ",").map { word in
            guard let drill = exercise.drills.first(where: { $0.kind.rawValue == word }) else {
                throw ValidationError(
                    "there is no drill \(word); there is: "
                        + exercise.drills.map(\.kind.rawValue).joined(separator: ", "))
            }
            return drill.kind
        }
        guard !kinds.isEmpty || isDryRun else { return nil }
        var request = DrillRequest(Set(kinds))
        request.isForced = isForced
        request.lease = lease.map { max(.seconds(10), $0.duration) }
        return request
    }
}

extension DrillEvent {
    /// What the terminal says of it; nil for what a live line says better.
    func line(_ language: Language) -> String? {
        switch self {
        case .began, .stage, .seen: nil
        case .ended(let student, let evidence):
            "\(student)  \(DrillLine(evidence, language: language).text())"
        case .notice(let student, let sentence): "\(student): \(sentence)"
        case .remark(let student, let text): "\(student): \(text[language])"
        }
    }
}
