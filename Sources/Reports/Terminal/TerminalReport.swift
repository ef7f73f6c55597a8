import Foundation
import GraderCore

/// What `bascule check` prints: the mark, what cost points, what is left to do, and a line for each question; or
/// one question check by check. No byte of foreign text can move the cursor or change a colour.
public struct TerminalReport: Sendable {
    public var result: GradedResult
    public var language: Language
    /// Whether ANSI colours may be used; the words say everything without them.
    public var colour: Bool
    /// Columns of the terminal; at least 30 are assumed.
    public var width: Int
    /// Lines that the first look may take: what does not fit is said more briefly.
    public var height = TerminalReport.usualHeight
    /// Whether hints are printed too.
    public var hints = false
    public var timeZone = TimeZone.gmt

    public static let usualHeight = 50

    public init(_ result: GradedResult, language: Language, colour: Bool, width: Int, hints: Bool = false) {
        self.result = result
        self.language = language
        self.colour = colour
        self.width = width
        self.hints = hints
    }

    var words: Sentences { Sentences(language, in: timeZone) }
    var terminal: TerminalText { TerminalText(colour: colour, width: width) }

    func safe(_ text: String, limit: Int = 600) -> String {
        SafeText.line(text, limit: limit, language: language)
    }

    func label(_ name: String) -> String { name + words.pick(" : ", ": ") }

    /// Lines without line ends.
    public func lines() -> [String] {
        let before = head() + notices()
        let after = open() + overview() + foot()
        let setbacks = result.setbacks
        guard !setbacks.isEmpty else { return before + after }
        let heading = (result.lostChecks.isEmpty ? Phrase.blockingHeading : .lostHeading)[language]
        let room = height - before.count - after.count - 2
        let told = TerminalSetback.Detail.allCases.lazy.map { detail in
            setbacks.map { TerminalSetback($0, self).lines(detail) }
        }
        let fits = told.first { $0.joined().count <= room } ?? told.last ?? []
        var lines: [String] = []
        for (index, setback) in fits.enumerated() {
            let left = fits.count - index
            if left > 1, lines.count + setback.count >= room {
                lines.append("  " + words.pick("… et \(left) de plus", "… and \(left) more"))
                break
            }
            lines += setback
        }
        return before + [terminal.styled(heading, .bold)] + lines + [""] + after
    }

    /// For `check --watch`: what changed since the look before, then a line for each question.
    public func lines(changes: [String]) -> [String] {
        let heading = Phrase.sinceLastLook[language]
        let none = words.pick("Rien n'a changé.", "Nothing has changed.")
        let told =
            changes.isEmpty
            ? terminal.wrapped(none, first: "  ", style: .faint)
            : changes.flatMap { terminal.wrapped($0, first: "  · ") }
        return head() + notices() + [terminal.styled(heading, .bold)] + told + [""] + overview() + foot()
    }

    /// One question or several, check by check.
    public func lines(of questions: Set<QuestionID>) -> [String] {
        // The mark would be that of these questions alone.
        head(hasMark: false) + notices()
            + result.questions.filter { questions.contains($0.id) }.flatMap {
                TerminalQuestion($0, self).lines()
            }
    }

    // MARK: Parts

    private func head(hasMark: Bool = true) -> [String] {
        let people = result.student.names.isEmpty ? [result.student.id] : result.student.names
        let names = safe(people.joined(separator: ", "), limit: 200)
        let title = "\(safe(result.className, limit: 100)) · \(result.exerciseTitle[language])"
        let date = "\(Phrase.collectedOn[language]) \(words.date(result.collectedAt))"
        let score = result.isAssessed ? words.shortScore(result.score) : Sign.notAssessed.word[language]
        return terminal.wrapped(names, first: "", style: .bold)
            + terminal.wrapped("\(title) · \(date)", first: "", style: .faint)
            + (hasMark
                ? terminal.wrapped(label(Phrase.mark[language]) + score, first: "", style: .bold) + members()
                : []) + [""]
    }

    private func members() -> [String] {
        words.members(result).flatMap { member in
            terminal.wrapped(label(safe(member.name, limit: 60)) + words.member(member), first: "  · ")
        }
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

    /// What is left to do.
    private func open() -> [String] {
        let open = words.openPoints(result.questions)
        guard !open.isEmpty else { return [] }
        return [terminal.styled(Phrase.stillOpen[language], .bold)]
            + open.flatMap { terminal.wrapped($0, first: "  · ") } + [""]
    }

    /// A line for each question, under it what the signs say.
    private func overview() -> [String] {
        let ids = result.questions.map { terminal.cut(safe($0.id.rawValue, limit: 40), to: 8) }
        let column = ids.map { TerminalText.columns($0) }.max() ?? 0
        let lines = zip(result.questions, ids).map { question, id -> String in
            let sign = QuestionSign(question)
            let score = words.questionScore(question.score)
            let start = TerminalText.padded(id, to: column) + "  "
            let room = terminal.width - 4 - TerminalText.columns(start) - TerminalText.columns(score) - 2
            let mark = "  " + terminal.styled(sign.sign.symbol, sign.sign.terminalStyle) + " "
            guard room >= 8 else { return mark + terminal.cut(start + score, to: terminal.width - 4) }
            let title = terminal.cut(question.title[language], to: room)
            return mark + start + TerminalText.padded(title, to: room) + "  " + score
        }
        let legend = words.legend(result).map { "\($0.symbol) \($0.word[language])" }
        return lines
            + terminal.wrapped(legend.joined(separator: "   "), first: "  ", style: .faint) + [""]
    }

    private func foot() -> [String] {
        var lines: [String] = []
        if let comment = result.comment {
            lines += terminal.wrapped(label(Phrase.teacherComment[language]) + safe(comment), first: "")
        }
        if result.networkVantage != .grader, result.isAssessed {
            lines += terminal.wrapped(words.vantage(of: result), first: "", style: .faint)
        }
        guard let setback = result.setbacks.first else { return lines }
        let name = safe(setback.id.question.rawValue, limit: 40)
        return lines
            + terminal.wrapped(
                words.pick(
                    "Une question en entier : --question \(name). Un indice : --hint \(name).",
                    "All of a question: --question \(name). A hint: --hint \(name)."),
                first: "", style: .faint)
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
