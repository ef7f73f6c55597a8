import GraderCore
import Reports

/// What keeps a run's marks from being whole: points that are the teacher's to give, and drills nobody asked for.
public struct OpenMarks: Sendable {
    private var className: String
    private var count: Int
    private var byTeacher: [String]
    private var byDrill: [String]

    public init(_ results: [GradedResult]) {
        let open = results.filter { $0.isAbsent != true && $0.score.decided > .zero && !$0.score.isComplete }
        className = open.first?.className ?? ""
        count = open.count
        // In the rubric's order, whoever waits for it.
        let inOrder = open.first?.allChecks.map(\.result.id) ?? []
        func ids(_ reason: NotRequestedReason) -> [String] {
            let waiting = Set(
                open.flatMap(\.allChecks).filter {
                    $0.points > .zero && $0.result.verdict == .notRequested(reason)
                }.map(\.result.id))
            return inOrder.filter(waiting.contains).map(\.rawValue)
        }
        byTeacher = ids(.teachersMark)
        byDrill = ids(.drill)
    }

    /// Nil where nobody waits for the teacher.
    public func sentence(_ language: Language) -> String? {
        guard !byTeacher.isEmpty || !byDrill.isEmpty else { return nil }
        let (written, drilled) = (byTeacher.joined(separator: ", "), byDrill.joined(separator: ", "))
        let id = byDrill.first ?? ""
        switch language {
        case .french:
            return "\(count) note(s) encore ouverte(s)."
                + (written.isEmpty ? "" : " À noter par vous : \(written).")
                + (drilled.isEmpty ? "" : " Par un exercice de bascule (--drills) ou par vous : \(drilled).")
                + " Pour noter : bascule mark \(className) "
                + (byTeacher.isEmpty ? "ÉTUDIANT \(id) POINTS" : "--question all")
        case .english:
            return "\(count) mark(s) still open." + (written.isEmpty ? "" : " Yours to give: \(written).")
                + (drilled.isEmpty ? "" : " By a drill (--drills) or yours: \(drilled).")
                + " To give them: bascule mark \(className) "
                + (byTeacher.isEmpty ? "STUDENT \(id) POINTS" : "--question all")
        }
    }
}
