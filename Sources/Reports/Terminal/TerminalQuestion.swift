import GraderCore

/// What cost points, in so many lines as there are.
struct TerminalSetback {
    /// From all of it to one line.
    enum Detail: CaseIterable { case why, found, title }

    private var setback: Setback
    private var page: TerminalReport

    init(_ setback: Setback, _ page: TerminalReport) {
        self.setback = setback
        self.page = page
    }

    func lines(_ detail: Detail) -> [String] {
        let (words, terminal) = (page.words, page.terminal)
        let question = page.safe(setback.id.question.rawValue, limit: 40)
        let waiting = setback.waiting.isEmpty ? nil : words.waiting(setback)
        guard let check = setback.check else {
            let name = page.safe(setback.id.rawValue, limit: 60)
            return terminal.wrapped(name, first: "  · ")
                + (waiting.map { terminal.wrapped($0, first: "      ") } ?? [])
        }
        let sign = Sign(check.result.verdict)
        let facts = CheckFacts(check, in: page.result, page.words)
        let isLost = check.earned.map { $0 < check.points } ?? false
        let points = isLost ? words.lostPoints(check) : words.checkPoints(check)
        var title = "\(question) \(page.safe(facts.title, limit: 200)), \(points)"
        if detail == .title, let waiting { title += " · \(waiting)" }
        var lines = terminal.marked(title, sign)
        guard detail != .title else { return lines }
        lines += facts.lines(page, commands: false)
        if detail == .why, let why = facts.why {
            lines += terminal.wrapped(
                page.safe(why), first: "      " + page.label(Phrase.why[page.language]), style: .faint)
        }
        if page.hints, let hint = facts.hint {
            lines += terminal.wrapped(
                page.safe(hint), first: "      " + page.label(Phrase.hint[page.language]))
        }
        return lines + (waiting.map { terminal.wrapped($0, first: "      ") } ?? [])
    }
}

/// One question, check by check.
struct TerminalQuestion {
    private var question: QuestionResult
    private var page: TerminalReport

    init(_ question: QuestionResult, _ page: TerminalReport) {
        self.question = question
        self.page = page
    }

    func lines() -> [String] {
        let terminal = page.terminal
        let title = "\(page.safe(question.id.rawValue, limit: 40))  \(question.title[page.language])"
        let score = page.words.questionScore(question.score)
        let gap = terminal.width - TerminalText.columns(title) - TerminalText.columns(score)
        let head =
            gap >= 2
            ? [terminal.styled(title, .bold) + String(repeating: " ", count: gap) + score]
            : terminal.wrapped(title, first: "", style: .bold) + ["    " + score]
        return head + question.checks.flatMap(lines) + [""]
    }

    private func lines(_ check: ScoredCheck) -> [String] {
        let (words, language, terminal) = (page.words, page.language, page.terminal)
        let sign = Sign(check.result.verdict)
        let facts = CheckFacts(check, in: page.result, page.words)
        var state = sign.word[language]
        if let blocker = facts.blocker {
            state += words.pick(" ; ", "; ") + words.blocked(by: page.safe(blocker.title, limit: 200))
        } else if let reason = facts.reason {
            state += words.pick(" : ", ": ") + reason
        } else if sign == .partly {
            state += ", " + words.checkPoints(check)
        }
        var lines = terminal.marked("\(page.safe(facts.title, limit: 200)) – \(state)", sign)
        guard sign != .met, sign != .notRequested else { return lines + facts.said(page) }
        lines += facts.lines(page, commands: sign == .notMet || sign == .partly)
        for (phrase, text) in [(Phrase.why, facts.why), (.hint, page.hints ? facts.hint : nil)] {
            guard let text else { continue }
            lines += terminal.wrapped(page.safe(text), first: "      " + page.label(phrase[language]))
        }
        return lines
    }
}

extension CheckFacts {
    /// What the teacher or an earlier run says of it.
    fileprivate func said(_ page: TerminalReport) -> [String] {
        let terminal = page.terminal
        var lines: [String] = []
        for said in [teacher, overruled].compactMap({ $0 }) {
            lines += terminal.wrapped(said, first: "      " + page.label(Phrase.teacher[page.language]))
        }
        if let earlier {
            lines += terminal.wrapped(earlier.value, first: "      " + page.label(earlier.name))
        }
        return lines
    }

    /// Besides, what was expected and found, as far as it is shown.
    fileprivate func lines(_ page: TerminalReport, commands: Bool) -> [String] {
        let terminal = page.terminal
        var lines = said(page)
        let column = comparison.map { TerminalText.columns($0.name) }.max() ?? 0
        for fact in comparison {
            let name = TerminalText.padded(fact.name, to: column)
            lines += terminal.wrapped(page.safe(fact.value), first: "      " + page.label(name))
        }
        if commands, let command {
            lines += terminal.wrapped(
                page.safe(command), first: "      " + page.label(Phrase.seeYourself[page.language]),
                style: .cyan)
        }
        return lines
    }
}

extension TerminalText {
    /// A line that begins with a check's sign.
    fileprivate func marked(_ text: String, _ sign: Sign) -> [String] {
        var lines = wrapped(text, first: "  \(sign.symbol) ")
        if let first = lines.first {
            lines[0] =
                "  \(styled(sign.symbol, sign.terminalStyle))" + first.dropFirst("  \(sign.symbol)".count)
        }
        return lines
    }

    /// At most so many columns; what is cut off is said.
    func cut(_ text: String, to width: Int) -> String {
        guard TerminalText.columns(text) > width else { return text }
        var (short, used) = ("", 1)
        for character in text {
            used += TerminalText.columns(String(character))
            if used > width { break }
            short.append(character)
        }
        return short + "…"
    }
}
