import GraderCore

/// What `bascule check` prints: question by question, in words and signs, with expected and found for whatever is
/// not met. No byte of foreign text can move the cursor or change a colour.
public enum TerminalReport {
    /// - Parameters:
    ///   - colour: whether ANSI colours may be used; the words say everything without them.
    ///   - width: columns of the terminal; at least 30 are assumed.
    ///   - hints: whether hints are printed too.
    /// - Returns: lines without line ends.
    public static func lines(
        _ result: GradedResult, language: Language, colour: Bool, width: Int, hints: Bool = false
    ) -> [String] {
        Page(
            result: result, language: language, terminal: TerminalText(colour: colour, width: width),
            hints: hints
        ).lines()
    }

    private struct Page {
        var result: GradedResult
        var language: Language
        var terminal: TerminalText
        var hints: Bool

        private var words: Sentences { Sentences(language) }

        private func safe(_ text: String, limit: Int = 600) -> String {
            SafeText.line(text, limit: limit, language: language)
        }

        func lines() -> [String] {
            var lines = head() + notices()
            for question in result.questions { lines += section(question) }
            return lines + foot()
        }

        private func head() -> [String] {
            let people = result.student.names.isEmpty ? [result.student.id] : result.student.names
            let names = safe(people.joined(separator: ", "), limit: 200)
            let title =
                "\(safe(result.className, limit: 100)) · \(result.exerciseTitle[language])"
            return terminal.wrapped(names, first: "", style: .bold)
                + terminal.wrapped(title, first: "", style: .faint)
                + terminal.wrapped(
                    "\(Phrase.collectedOn[language]) \(DateText(result.collectedAt).formatted(language))",
                    first: "",
                    style: .faint) + [""]
        }

        private func notices() -> [String] {
            words.notices(result).flatMap { notice -> [String] in
                var lines = terminal.wrapped(safe(notice.title), first: "! ", style: .bold)
                lines += terminal.wrapped(safe(notice.sentence), first: "  ")
                if let detail = notice.detail {
                    lines += terminal.wrapped(safe(detail), first: "  ", style: .faint)
                }
                return lines + [""]
            }
        }

        private func section(_ question: QuestionResult) -> [String] {
            let title =
                "\(safe(question.id.rawValue, limit: 40))  \(question.title[language])"
            let score = words.questionScore(question.score)
            let gap = terminal.width - TerminalText.columns(title) - TerminalText.columns(score)
            let head =
                gap >= 2
                ? [terminal.styled(title, .bold) + String(repeating: " ", count: gap) + score]
                : terminal.wrapped(title, first: "", style: .bold) + ["    " + score]
            return head + question.checks.flatMap(check) + [""]
        }

        private func check(_ check: ScoredCheck) -> [String] {
            let sign = Sign(check.result.verdict)
            let facts = CheckFacts(check, in: result, language: language)
            let styled = terminal.styled(sign.symbol, sign.terminalStyle)
            var state = sign.word[language]
            if let blocker = facts.blocker {
                state += words.pick(" ; ", "; ") + words.blocked(by: safe(blocker.title, limit: 200))
            } else if let reason = facts.reason {
                state += words.pick(" : ", ": ") + reason
            } else if sign == .partly {
                state += ", " + words.checkPoints(check)
            }
            var lines = terminal.wrapped(
                "\(safe(facts.title, limit: 200)) – \(state)", first: "  \(sign.symbol) ")
            if let first = lines.first {
                lines[0] = "  \(styled)" + first.dropFirst("  \(sign.symbol)".count)
            }
            for said in [facts.teacher, facts.overruled].compactMap({ $0 }) {
                lines += terminal.wrapped(said, first: "      " + label(Phrase.teacher[language]))
            }
            if let earlier = facts.earlier {
                lines += terminal.wrapped(earlier.value, first: "      " + label(earlier.name))
            }
            guard sign != .met, sign != .notRequested else { return lines }
            let column = facts.comparison.map { TerminalText.columns($0.name) }.max() ?? 0
            for fact in facts.comparison {
                let name = TerminalText.padded(fact.name, to: column)
                lines += terminal.wrapped(safe(fact.value), first: "      " + label(name))
            }
            if sign == .notMet || sign == .partly, let command = facts.command {
                lines += terminal.wrapped(
                    safe(command), first: "      " + label(Phrase.seeYourself[language]), style: .cyan)
            }
            if hints, let hint = facts.hint {
                lines += terminal.wrapped(safe(hint), first: "      " + label(Phrase.hint[language]))
            }
            return lines
        }

        private func label(_ name: String) -> String { name + words.pick(" : ", ": ") }

        private func foot() -> [String] {
            let score = result.isAssessed ? words.shortScore(result.score) : Sign.notAssessed.word[language]
            var lines = [terminal.styled(label(Phrase.mark[language]) + score, .bold)]
            lines += terminal.wrapped(words.markSentence(result.score), first: "")
            if let comment = result.comment {
                lines += terminal.wrapped(
                    label(Phrase.teacherComment[language]) + safe(comment), first: "")
            }
            for member in words.members(result) {
                lines += terminal.wrapped(
                    label(safe(member.name, limit: 60)) + words.member(member), first: "  · ")
            }
            lines += words.openPoints(result.questions).flatMap { terminal.wrapped($0, first: "  · ") }
            return lines + terminal.wrapped(words.vantage(result.networkVantage), first: "", style: .faint)
        }
    }
}

extension Sign {
    var terminalStyle: TerminalText.Style {
        switch self {
        case .met: .green
        case .partly, .blocked: .yellow
        case .notMet: .red
        case .notAssessed: .cyan
        case .notRequested, .notShown: .faint
        }
    }
}
