import GraderCore

/// What `bascule score --diff` prints: whose mark changed by what, and why, check by check. Nothing for whom nothing
/// changed.
///
///     etu4  16.25 / 20 (16.75 decided) → 16.75 / 20  (+0.5)
///         CHECK: 0 / 0.5 → 0.5 / 0.5  not met → met
///         CHECK: 0.25 / 0.25 → 0.5 / 0.5  worth 0.25 more
public struct ScoreDifference: Sendable {
    /// The same student's.
    public var before: GradedResult
    public var after: GradedResult
    public var language: Language

    public init(before: GradedResult, after: GradedResult, language: Language) {
        self.before = before
        self.after = after
        self.language = language
    }

    private var words: Sentences { Sentences(language) }

    /// Whether the mark and every verdict are the same: a rubric that only moves points about changes nobody.
    public var isEmpty: Bool {
        func verdicts(_ result: GradedResult) -> [CheckID: Verdict] {
            checks(result).mapValues(\.result.verdict)
        }
        return before.score == after.score && verdicts(before) == verdicts(after)
    }

    public var lines: [String] {
        let old = checks(before)
        let new = checks(after)
        let ids = (old.keys + new.keys.filter { old[$0] == nil })
            .sorted { ($0.question, $0.rawValue) < ($1.question, $1.rawValue) }
        let changes = ids.compactMap { change($0, old[$0], new[$0]) }
        let gained = after.score.earned - before.score.earned
        let head =
            """
            \(SafeText.label(after.student.id, limit: 64))  \(words.shortScore(before.score)) → \
            \(words.shortScore(after.score))  (\(signed(gained)))
            """
        return [head] + changes.map { "    " + $0 }
    }

    private func checks(_ result: GradedResult) -> [CheckID: ScoredCheck] {
        Dictionary(
            result.questions.flatMap(\.checks).map { ($0.result.id, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    private func change(_ id: CheckID, _ old: ScoredCheck?, _ new: ScoredCheck?) -> String? {
        if let old, let new, old.earned == new.earned, old.points == new.points,
            old.result.verdict == new.result.verdict
        {
            return nil
        }
        var reasons: [String] = []
        switch (old, new) {
        case (nil, _): reasons.append(words.pick("nouvelle vérification", "a new check"))
        case (_, nil): reasons.append(words.pick("n'est plus au barème", "no longer in the rubric"))
        case (let old?, let new?):
            let (was, now) = (Sign(old.result.verdict), Sign(new.result.verdict))
            if was != now {
                reasons.append("\(was.word[language]) → \(now.word[language])")
            } else if old.result.verdict != new.result.verdict {
                reasons.append(words.pick("jugée autrement", "judged otherwise"))
            }
            if new.points != old.points {
                reasons.append(
                    words.pick(
                        "vaut \(signed(new.points - old.points))", "worth \(signed(new.points - old.points))")
                )
            }
            if old.teacher?.points != new.teacher?.points {
                reasons.append(words.pick("note de l'enseignant", "the teacher's mark"))
            }
        }
        return
            "\(SafeText.label(id.rawValue, limit: 60))\(words.pick(" : ", ": "))\(score(old)) → \(score(new))  "
            + reasons.joined(separator: ", ")
    }

    private func score(_ check: ScoredCheck?) -> String {
        guard let check else { return "–" }
        return "\(check.earned?.formatted(language) ?? "–") / \(check.points.formatted(language))"
    }

    private func signed(_ points: Points) -> String {
        points < .zero ? "−\((Points.zero - points).formatted(language))" : "+\(points.formatted(language))"
    }
}
