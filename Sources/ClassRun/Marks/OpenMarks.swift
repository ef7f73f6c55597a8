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
        var sentences = [
            LocalizedText(
                fr: "\(count) note\(count.plural(.french)) encore ouverte\(count.plural(.french)).",
                en: "\(count) mark\(count.plural(.english)) still open.")
        ]
        if !byTeacher.isEmpty {
            let written = byTeacher.joined(separator: ", ")
            sentences.append(
                LocalizedText(fr: "À noter par l'enseignant : \(written).", en: "Yours to give: \(written)."))
        }
        if !byDrill.isEmpty {
            let drilled = byDrill.joined(separator: ", ")
            sentences.append(
                LocalizedText(
                    fr: "Par un exercice de bascule (--drills) ou à la main : \(drilled).",
                    en: "By a drill (--drills) or yours: \(drilled)."))
        }
        let id = byDrill.first ?? ""
        let which =
            byTeacher.isEmpty
            ? LocalizedText(fr: "--student ÉTUDIANT \(id) POINTS", en: "--student STUDENT \(id) POINTS")
            : LocalizedText(verbatim: "--question all")
        sentences.append(
            LocalizedText(
                fr: "Pour noter : bascule mark --class \(className) \(which)",
                en: "To give them: bascule mark --class \(className) \(which)"))
        return sentences.joined(LocalizedText(verbatim: " "))[language]
    }
}
