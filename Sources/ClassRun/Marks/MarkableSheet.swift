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

    /// As results hold it, where the rubric is not at hand: the most that anybody's has, since a question may be removed
    /// for one student. Another rubric's than the first's only add what those do not have.
    /// - Parameter isWhole: false where they may be of some questions only, or of a run that was cut off.
    public init(_ results: [GradedResult], isWhole: Bool = true) {
        self.isWhole = isWhole && !results.isEmpty
        var places: [MarkSubject: Int] = [:]
        let rubric = results.first?.provenance.rubricSHA256
        func add(_ subject: MarkSubject, _ points: Points, _ result: GradedResult) {
            if let place = places[subject] {
                guard result.provenance.rubricSHA256 == rubric else { return }
                subjects[place].points = max(subjects[place].points, points)
            } else {
                places[subject] = subjects.count
                subjects.append((subject, points))
            }
        }
        for result in results {
            for question in result.questions {
                add(.question(question.id), question.score.total, result)
                for check in question.checks { add(.check(check.result.id), check.points, result) }
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
