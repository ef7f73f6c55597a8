import Foundation
import GraderCore

/// What `bascule history` prints: a line for each run, and below it what was decided otherwise than before.
public struct StudentHistory: Sendable {
    public var student: String
    /// The oldest first.
    public var runs: [PastRun]
    public var language: Language
    /// Where the class's clocks stand.
    public var timeZone = TimeZone.gmt

    public init(student: String, runs: [PastRun], language: Language) {
        self.student = student
        self.runs = runs
        self.language = language
    }

    /// Lines for a terminal, of whatever length.
    public func lines(colour: Bool) -> [String] {
        let words = Sentences(language)
        let terminal = TerminalText(colour: colour, width: .max)
        let id = SafeText.label(student, limit: 64)
        guard !runs.isEmpty else {
            return [words.pick("\(id) : aucun passage.", "\(id): no runs.")]
        }
        var lines = [terminal.styled(id, .bold)]
        var before: PastScore?
        for run in runs {
            guard let score = run.scores[student] else { continue }
            let date = TerminalText.padded(DateText(run.startedAt, in: timeZone).formatted(language), to: 30)
            let questions = score.questions.sorted { $0.key < $1.key }.map { id, tally in
                "\(SafeText.label(id.rawValue, limit: 8)) "
                    + (tally.decided > .zero ? tally.earned.formatted(language) : "–")
            }
            lines.append(
                "\(date)  \(TerminalText.padded(words.shortScore(score.total), to: 48))  "
                    + questions.joined(separator: "  "))
            if let before { lines += changes(from: before, to: score, terminal) }
            before = score
        }
        return lines
    }

    private func changes(from old: PastScore, to new: PastScore, _ terminal: TerminalText) -> [String] {
        let ids = new.checks.keys.sorted { ($0.question, $0.rawValue) < ($1.question, $1.rawValue) }
        return ids.compactMap { id in
            guard let was = old.checks[id]?.earned, let now = new.checks[id]?.earned, was != now else {
                return nil
            }
            let text =
                "    \(SafeText.label(id.rawValue, limit: 60))\(language.pick(" : ", ": "))\(was.formatted(language)) → "
            return text + terminal.styled(now.formatted(language), now > was ? .green : .red)
        }
    }
}
