import GraderCore

/// What is said about one check, in one language: the same for page, Markdown and terminal. All but the command is fit
/// to be shown.
struct CheckFacts: Sendable {
    struct Comparison: Sendable {
        /// Our own label.
        var name: String
        var value: String
    }

    var title: String
    /// Why it is not decided, where `found` does not say so already.
    var reason: String?
    /// The check that has to be met first.
    var blocker: (id: CheckID, title: String, isOnPage: Bool)?
    /// Expected and found, as far as there is something to say.
    var comparison: [Comparison]
    var why: String?
    var command: String?
    /// Nil for what is met already.
    var hint: String?
    /// The earlier run that counts instead of this one, and what this one came to.
    var earlier: Comparison?
    /// What the teacher decided or said.
    var teacher: String?
    /// What the grader had come to, where the teacher decided otherwise.
    var overruled: String?

    init(_ check: ScoredCheck, in result: GradedResult, _ words: Sentences) {
        let facts = check.result
        let language = words.language
        func filled(_ text: String?) -> String? {
            guard let text, !text.isEmpty else { return nil }
            return text
        }
        func name(_ id: CheckID) -> String { SafeText.line(id.rawValue, limit: 60, language: language) }
        title = filled(facts.title[language]) ?? name(facts.id)
        let isShown = facts.verdict != .notRequested(.notShown)
        reason =
            facts.found[language].isEmpty
            ? filled(words.reason(facts.verdict)) : isShown ? nil : facts.found[language]
        blocker = nil
        if case .blocked(let by) = facts.verdict {
            let other = result.questions.flatMap(\.checks).first { $0.result.id == by }
            blocker = (by, filled(other?.result.title[language]) ?? name(by), other != nil)
        }
        // Where only the teacher looked, the teacher's own line says it.
        var found = facts.found[language]
        if case .notRequested? = check.judged?.verdict { found = "" }
        // There is nothing that was found: it says why.
        if !isShown { found = "" }
        if case .notAssessed = facts.verdict, result.saidOnce.contains(facts.found) { found = "" }
        // What is marked by hand is expected in the words of its title.
        let expected = facts.expected == facts.title ? "" : facts.expected[language]
        comparison = [
            (Phrase.expected[language], expected), (Phrase.found[language], found),
        ].compactMap { name, value in value.isEmpty ? nil : Comparison(name: name, value: value) }
        earlier = words.earlier(check).map { Comparison(name: Phrase.earlierRun[language], value: $0) }
        why = filled(facts.why[language])
        command = filled(facts.seeYourself)
        hint = facts.verdict == .met ? nil : filled(facts.hint?[language])
        teacher = words.teacher(check.teacher, of: check.points)
        overruled = words.overruled(check)
    }

    /// For pages: all that is said beside one another.
    var shown: [Comparison] { comparison + [earlier].compactMap(\.self) }
}

extension Sentences {
    /// `1,5 / 2 points`; for what is not decided `2 points à venir`.
    func checkPoints(_ check: ScoredCheck) -> String {
        guard check.points != .zero else { return Phrase.advice[language] }
        guard let earned = check.earned else {
            return pick("\(points(check.points)) à venir", "\(points(check.points)) to come")
        }
        return "\(earned.formatted(language)) / \(points(check.points))"
    }

    /// The same in a few characters, for a line of many: `1,5 / 2`, `2 à venir`, `conseil`.
    func shortPoints(_ check: ScoredCheck) -> String {
        guard check.points > .zero else { return Phrase.adviceInAWord[language] }
        guard let earned = check.earned else {
            return toCome(Tally(total: check.points))
        }
        return "\(earned.formatted(language)) / \(check.points.formatted(language))"
    }

    /// `−0,5 point`.
    func lostPoints(_ check: ScoredCheck) -> String {
        "−\(points(check.points - (check.earned ?? .zero)))"
    }

    /// `En dépendent : 7 vérifications, 9,5 points`: what cannot be met before a check is.
    func waiting(_ setback: Setback) -> String {
        let count = setback.waiting.count
        let sum = setback.waitingPoints > .zero ? ", " + points(setback.waitingPoints) : ""
        return pick(
            "En dépend\(count > 1 ? "ent" : "") : \(count) vérification\(count > 1 ? "s" : "")",
            "Waiting for it: \(count) check\(count > 1 ? "s" : "")") + sum
    }

    /// What stands for checks of one question that nothing can be said of yet.
    func foldedChecks(_ count: Int, _ sign: Sign) -> String {
        switch sign {
        case .blocked: pick("\(count) vérifications bloquées", "\(count) checks blocked")
        case .notAssessed: pick("\(count) vérifications non évaluées", "\(count) checks not assessed")
        default: pick("\(count) vérifications : ", "\(count) checks: ") + plural(sign)
        }
    }

    /// What stands for checks that are met and folded away.
    func foldedChecks(_ count: Int, isAll: Bool) -> String {
        if isAll { return pick("Tout va bien : \(count) vérifications", "All is well: \(count) checks") }
        return count == 1
            ? pick("1 autre vérification, obtenue", "1 more check, met")
            : pick("\(count) autres vérifications, obtenues", "\(count) more checks, met")
    }

    /// A question's score: `1,5 / 2`, `1 sur 1, 1 à venir`, `2 à venir`, or that it has no points.
    func questionScore(_ score: Tally) -> String {
        guard score.total > .zero else { return Phrase.adviceInAWord[language] }
        guard !score.isComplete else { return shortScore(score) }
        let toCome = toCome(score)
        guard score.decided > .zero else { return toCome }
        return pick(
            "\(score.earned.formatted(language)) sur \(score.decided.formatted(language)), ",
            "\(score.earned.formatted(language)) out of \(score.decided.formatted(language)), ") + toCome
    }

    /// `3 obtenus, 1 non obtenu`: what a row of signs says.
    func tally(_ checks: [ScoredCheck]) -> String {
        let signs = checks.map { Sign($0.result.verdict) }
        return Sign.allCases.compactMap { sign in
            let count = signs.count { $0 == sign }
            guard count > 0 else { return nil }
            return "\(count) \(count > 1 ? plural(sign) : sign.word[language])"
        }.joined(separator: ", ")
    }

    /// The signs to be explained: those that this report has.
    func legend(_ result: GradedResult) -> [Sign] {
        let used = Set(
            result.questions.flatMap(\.checks).map { Sign($0.result.verdict) }
                + result.questions.map { QuestionSign($0).sign })
        return Sign.allCases.filter { used.contains($0) }
    }

    private func plural(_ sign: Sign) -> String {
        switch sign {
        case .met: pick("obtenus", "met")
        case .partly: pick("en partie", "in part")
        case .notMet: pick("non obtenus", "not met")
        case .blocked: pick("bloqués", "blocked")
        case .notAssessed: pick("non évalués", "not assessed")
        case .notRequested: pick("pas demandés", "not asked for")
        case .notShown: pick("pas montrés", "not shown")
        }
    }
}
