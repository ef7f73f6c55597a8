import GraderCore

/// What `bascule check --hint Q3` prints: for every check of the question that is not met, as much as the student
/// asked for and the rubric allows. Never what the right answer is.
public struct HintPage: Sendable {
    public var result: GradedResult
    public var question: QuestionID
    /// 1: why it matters; 2: also what to look at; 3: also the command, and what was found.
    public var level: Int
    /// What the rubric allows; 0: no hints.
    public var mostLevel: Int
    public var language: Language

    public init(
        result: GradedResult, question: QuestionID, level: Int, mostLevel: Int, language: Language
    ) {
        self.result = result
        self.question = question
        self.level = level
        self.mostLevel = mostLevel
        self.language = language
    }

    private var words: Sentences { Sentences(language) }

    /// Lines for a terminal.
    /// - Parameter width: in columns; longer lines are wrapped.
    public func lines(colour: Bool, width: Int) -> [String] {
        let terminal = TerminalText(colour: colour, width: width)
        guard let question = result.questions.first(where: { $0.id == question }) else { return [] }
        let title = "\(safe(question.id.rawValue, 40))  \(question.title[language])"
        var lines = words.notices(result).flatMap { terminal.wrapped(safe($0.sentence), first: "! ") }
        lines += terminal.wrapped(title, first: "", style: .bold)
        let open = question.checks.filter { !Self.isSettled($0.result.verdict) }
        guard !open.isEmpty else { return lines + [settled(question)] }
        guard mostLevel > 0 else {
            return lines
                + terminal.wrapped(
                    words.pick(
                        "L'enseignant ne donne pas d'indices pour cette question.",
                        "The teacher gives no hints for this question."), first: "  ")
        }
        let shown = min(level, mostLevel)
        for check in open { lines += self.lines(check, shown, terminal) }
        return lines + [""] + terminal.wrapped(outlook(shown), first: "", style: .faint)
    }

    /// Nothing to hint at: met, or nothing that the student could change.
    private static func isSettled(_ verdict: Verdict) -> Bool {
        switch verdict {
        case .met, .notRequested, .notAssessed: true
        case .notMet, .partly, .blocked: false
        }
    }

    private func lines(_ check: ScoredCheck, _ level: Int, _ terminal: TerminalText) -> [String] {
        let facts = CheckFacts(check, in: result, words)
        let sign = Sign(check.result.verdict)
        var lines = terminal.wrapped(safe(facts.title, 200), first: "  \(sign.symbol) ")
        if let blocker = facts.blocker {
            // Hints at what cannot be met yet would lead astray.
            let id = safe(blocker.id.question.rawValue, 40)
            return lines
                + terminal.wrapped(
                    words.blocked(by: safe(blocker.title, 200)) + " (\(id))", first: "      ")
        }
        func add(_ phrase: Phrase, _ text: String?, style: TerminalText.Style? = nil) {
            guard let text else { return }
            lines += terminal.wrapped(
                safe(text), first: "      " + phrase[language] + words.pick(" : ", ": "), style: style)
        }
        add(.why, facts.why)
        if level >= 2 { add(.hint, facts.hint) }
        if level >= 3 {
            add(.seeYourself, facts.command, style: .cyan)
            add(.found, check.result.found[language].isEmpty ? nil : check.result.found[language])
        }
        return lines
    }

    private func settled(_ question: QuestionResult) -> String {
        let isMet = question.checks.allSatisfy { $0.result.verdict == .met || $0.points == .zero }
        return "  "
            + (isMet
                ? words.pick("Tout y est : rien à indiquer.", "All of it is there: nothing to hint at.")
                : words.pick(
                    "Rien à indiquer : ce qui manque n'a pas pu être évalué, ou attend l'enseignant.",
                    "Nothing to hint at: what is missing could not be assessed, or waits for the teacher."))
    }

    private func outlook(_ shown: Int) -> String {
        let id = safe(question.rawValue, 40)
        if shown < min(mostLevel, RubricQuestion.mostHints) {
            return words.pick(
                "Pour en savoir plus : --hint \(id) --hint-level \(shown + 1)",
                "For more: --hint \(id) --hint-level \(shown + 1)")
        }
        return words.pick(
            "Il n'y a pas d'autre indice pour cette question.",
            "There are no further hints for this question.")
    }

    private func safe(_ text: String, _ limit: Int = 600) -> String {
        SafeText.line(text, limit: limit, language: language)
    }
}
