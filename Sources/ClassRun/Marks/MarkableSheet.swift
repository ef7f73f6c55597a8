import GraderCore
import InputFiles

/// What a teacher can mark: a sheet's questions and checks, with what each is worth.
public struct MarkableSheet: Sendable {
    /// In the order of the sheet: each question, then its checks.
    private var subjects: [(subject: MarkSubject, points: Points)] = []
    /// Whether the sheet has nothing else: an unknown question or check is a mistake then.
    let isWhole: Bool

    public init(_ rubric: Rubric) {
        isWhole = true
        for question in rubric.questions {
            subjects.append((.question(question.id), question.points))
            subjects += question.checks.map { (.check($0.id), $0.points) }
        }
    }

    /// As results hold it, where the rubric is not at hand.
    /// - Parameter isWhole: false where they may be of some questions only, or of a run that was cut off.
    public init(_ results: [GradedResult], isWhole: Bool = true) {
        self.isWhole = isWhole && !results.isEmpty
        var seen: Set<MarkSubject> = []
        for question in results.flatMap(\.questions) {
            if seen.insert(.question(question.id)).inserted {
                subjects.append((.question(question.id), question.score.total))
            }
            for check in question.checks where seen.insert(.check(check.result.id)).inserted {
                subjects.append((.check(check.result.id), check.points))
            }
        }
    }

    var names: [String] { subjects.map(\.subject.description) }

    /// What it is worth; nil where the sheet has no such question or check.
    public func points(of subject: MarkSubject) -> Points? {
        subjects.first { $0.subject == subject }?.points
    }

    /// - Throws: where the sheet does not have it, or it is worth less; the sentence says what there is.
    public func check(_ subject: MarkSubject, _ points: Points?) throws(StoreFailure) {
        guard let most = self.points(of: subject) else {
            let near = suggestion(for: subject.description, in: names)
            let all = names.joined(separator: ", ")
            throw StoreFailure(
                fr: "La fiche n'a pas de \(quoted(subject.description))\(near) (elle a : \(all)).",
                en: "The sheet has no \(quoted(subject.description))\(near) (it has: \(all)).")
        }
        if let points, points > most {
            throw StoreFailure(
                fr: "\(subject) vaut \(most.formatted(.french)) au plus : ne pas donner davantage.",
                en: "\(subject) is worth \(most.formatted(.english)) at most: give no more.")
        }
    }
}
