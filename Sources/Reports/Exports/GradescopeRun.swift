import Foundation
import GraderCore

/// What of a run goes to Gradescope, and who is left out: a submission there has one score, which all its group gets, and no
/// score is zero.
public struct GradescopeRun: Sendable {
    /// `results.json` by the student's id, in the order of the class.
    public private(set) var documents: [(student: String, text: String)] = []
    /// Why somebody is left out.
    public enum Reason: Sendable, CaseIterable {
        case absent, noResult, notAssessed
        /// Points are still to be decided.
        case open
        /// A team whose members do not all have the same mark.
        case membersDiffer
    }
    public private(set) var leftOut: [Reason: [String]] = [:]

    /// - Parameter now: what students are not shown by then is left out of what they read.
    /// - Throws: what `GradescopeResults/text()` does.
    public init(_ run: GradedRun, options: Gradebook.Options, at now: Date) throws {
        let people = Dictionary(grouping: Gradebook(run, options).lines, by: \.studentID)
        for student in run.students.map(\.id) {
            guard let result = run.results.first(where: { $0.student.id == student }),
                let line = people[student]?.first
            else {
                leftOut[.noResult, default: []].append(student)
                continue
            }
            let differ = people[student]?.contains { $0.mark != line.mark } ?? false
            if let reason = differ ? .membersDiffer : line.mark.reason {
                leftOut[reason, default: []].append(student)
                continue
            }
            let results = GradescopeResults(
                result.shownToStudents(at: now), mark: line.score, language: run.language,
                rounding: options.rounding, maximum: options.maximum)
            documents.append((student, try results.text()))
        }
    }
}

extension GradescopeRun.Reason {
    /// - Parameter who: ids, one behind the other.
    public func sentence(_ who: String) -> LocalizedText {
        switch self {
        case .absent:
            LocalizedText(fr: "Absents, laissés de côté : \(who).", en: "\(who) are absent: left out.")
        case .noResult:
            LocalizedText(
                fr: "Sans résultat dans ce passage, laissés de côté : \(who).",
                en: "\(who) have no result in this run: left out.")
        case .notAssessed:
            LocalizedText(
                fr: "Rien n'a pu être évalué, laissés de côté : \(who).",
                en: "Nothing could be assessed of \(who): left out.")
        case .open:
            LocalizedText(
                fr:
                    "Des points restent à décider, laissés de côté : \(who) (--provisional les prend quand même).",
                en: "\(who) have undecided points: left out (--provisional takes them in).")
        case .membersDiffer:
            LocalizedText(
                fr:
                    "Des membres d'une équipe n'ont pas la même note, et Gradescope leur en donnerait une seule : \(who), laissés de côté, à noter là-bas à la main.",
                en:
                    "The members of \(who) do not all have the same mark, and Gradescope would give them one: left out, to be marked there by hand."
            )
        }
    }
}

extension Gradebook.Mark {
    /// Why it is no score; nil where it is one.
    fileprivate var reason: GradescopeRun.Reason? {
        switch self {
        case .mark: nil
        case .open: .open
        case .notMarked: .notAssessed
        case .absent: .absent
        }
    }
}
