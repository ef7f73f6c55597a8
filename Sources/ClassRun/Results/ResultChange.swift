import Foundation
import GraderCore
import Reports

/// A check whose verdict is another one than at the look before.
public struct ResultChange: Sendable, Encodable {
    public var at: String
    public var check: String
    /// Nil at the first look.
    public var from: String?
    public var to: String
    private var title = LocalizedText(verbatim: "")
    private var words: (from: LocalizedText?, to: LocalizedText)

    private enum CodingKeys: CodingKey { case at, check, from, to }

    private init(_ result: GradedResult, _ check: CheckResult, from old: Verdict?) {
        at = result.collectedAt.formatted(.iso8601)
        self.check = check.id.rawValue
        from = old.map { VerdictWord.name($0) }
        to = VerdictWord.name(check.verdict)
        title = check.title
        words = (old.map { VerdictWord.text($0) }, VerdictWord.text(check.verdict))
    }

    /// In the order of the page; at the first look every check.
    public static func changes(from before: GradedResult?, to now: GradedResult) -> [ResultChange] {
        let old = Dictionary(
            (before?.allChecks ?? []).map { ($0.result.id, $0.result.verdict) },
            uniquingKeysWith: { first, _ in first })
        return now.allChecks.map(\.result).compactMap { check in
            old[check.id] == check.verdict ? nil : ResultChange(now, check, from: old[check.id])
        }
    }

    /// `Q3.preference  Le nœud primaire est préféré : non obtenu → obtenu`.
    public func sentence(_ language: Language) -> String {
        let old = words.from.map { $0[language] + " → " } ?? ""
        return SafeText.line(
            "\(check)  \(title[language])\(language.pick(" : ", ": "))\(old)\(words.to[language])",
            limit: 400, language: language)
    }
}
