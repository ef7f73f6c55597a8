/// What a written answer may be worth, by what it names and what the evidence shows: for the teacher, who gives the mark.
/// Prose is not understood: words are looked for, and whatever stands beside them and is not known to be harmless makes
/// the proposal uncertain.
public struct AnswerProposal: Sendable, Hashable {
    /// Nil: it has to be read.
    public var points: Points?
    /// From what it follows, part by part.
    public var reason: LocalizedText
    /// Whether it names everything that is asked for and nothing else: it may be accepted unread.
    public var isCertain: Bool

    /// In characters; a longer answer says more than its words.
    static let certainLimit = 400
    /// In characters; a longer one is not looked through.
    static let readLimit = 20_000

    /// - Parameters:
    ///   - answer: nil where nothing was handed in.
    ///   - facts: by name.
    ///   - shown: what the evidence shows, by the fact's name.
    public init(
        _ answer: String?, rule: AnswerRule, worth: Points, facts: [String: AnswerFact],
        shown: [String: ShownFact]
    ) {
        guard let answer, answer.contains(where: { $0.isLetter || $0.isNumber }) else {
            (points, isCertain) = (.zero, false)
            reason = LocalizedText(fr: "rien n'a été rendu", en: "nothing was handed in")
            return
        }
        guard answer.utf8.count <= Self.readLimit else {
            (points, isCertain) = (nil, false)
            reason = LocalizedText(
                fr: "trop long pour être comparé : à lire", en: "too long to be compared: read it")
            return
        }
        var words = AnswerWords(answer)
        let parts = rule.parts.map { words.compare($0, fact: facts[$0.fact], shown: shown[$0.fact]) }
        let isPlain = words.leavesNothing(but: rule.beside) && answer.utf8.count <= Self.certainLimit
        let agreeing = parts.count { $0.outcome == .agrees }
        // What is not named, or named otherwise, may well be there in other words.
        let isOpen =
            words.denies || parts.contains { $0.outcome == .open || $0.outcome != .agrees && !isPlain }
        points = isOpen ? nil : worth.times(Double(agreeing) / Double(max(parts.count, 1)))
        isCertain = agreeing == parts.count && isPlain && rule.mayBeCertain && !parts.isEmpty
        let rest = LocalizedText(fr: "le reste est à lire", en: "the rest has to be read")
        reason = (parts.map(\.text) + (isPlain ? [] : [rest])).joined()
    }
}

/// A written answer as words: folded, and which of them have been understood.
struct AnswerWords {
    private var words: [String]
    private var isUnderstood: [Bool]
    /// Whether there is nothing but words and plain punctuation: `?`, `~~this~~` and `≠` change what is said.
    private var isPlain: Bool

    enum Outcome { case agrees, differs, absent, open }

    init(_ text: String) {
        words = text.foldedWords
        isUnderstood = words.map { _ in false }
        isPlain = text.allSatisfy {
            $0.isLetter || $0.isNumber || $0.isWhitespace || ".,;:'’\"«»()-_/".contains($0)
        }
    }

    /// Looks for what the part asks for, and notes which words that explains.
    mutating func compare(
        _ part: AnswerRule.Part, fact: AnswerFact?, shown: ShownFact?
    ) -> (outcome: Outcome, text: LocalizedText) {
        let named = take(part.words.merging(shown?.words ?? [:], uniquingKeysWith: +))
        guard let fact, let shown, !shown.values.isEmpty else {
            return (.open, shown?.proof ?? LocalizedText(fr: "rien n'est montré", en: "nothing is shown"))
        }
        guard let first = named.first else {
            return (
                .absent,
                LocalizedText(fr: "ne dit pas : \(shown.proof.fr)", en: "does not say: \(shown.proof.en)")
            )
        }
        let quotes = named.map(\.words)
        let text = LocalizedText(
            fr: "écrit « \(quotes.joined(separator: " », « ")) » ; \(shown.proof.fr)",
            en: "wrote “\(quotes.joined(separator: "”, “"))”; \(shown.proof.en)")
        if fact.isSeveral {
            let values = Set(named.map(\.value))
            return (values.isSubset(of: shown.values) && values.count >= part.least ? .agrees : .open, text)
        }
        guard named.allSatisfy({ $0.value == first.value }) else { return (.open, text) }
        return (shown.values.contains(first.value) ? .agrees : .differs, text)
    }

    /// What is named, each way of naming it once: the longest words first, so that “aucune préférence” is no preference.
    private mutating func take(_ names: [String: [String]]) -> [(value: String, words: String)] {
        typealias Name = (value: String, text: String, words: [String])
        var byFirst: [String: [Name]] = [:]
        for (value, phrases) in names {
            for phrase in phrases {
                let words = phrase.foldedWords
                if let first = words.first { byFirst[first, default: []].append((value, phrase, words)) }
            }
        }
        var named: [(value: String, words: String)] = []
        var index = 0
        while index < words.count {
            let candidates = (byFirst[words[index]] ?? []).filter { words[index...].starts(with: $0.words) }
            guard let longest = candidates.map(\.words.count).max() else {
                index += 1
                continue
            }
            let found = candidates.filter { $0.words.count == longest }
            for name in found.sorted(by: { ($0.value, $0.text) < ($1.value, $1.text) })
            where !named.contains(where: { $0.value == name.value && $0.words.foldedWords == name.words }) {
                named.append((name.value, name.text))
            }
            for understood in index..<(index + longest) { isUnderstood[understood] = true }
            index += longest
        }
        return named
    }

    /// Whether something is denied, as far as that has not been understood: “pas celui-ci”.
    var denies: Bool { zip(words, isUnderstood).contains { !$1 && Self.denials.contains($0) } }

    /// Whether nothing else is said: every word left is a small one, or one of these.
    func leavesNothing(but beside: [String]) -> Bool {
        let harmless = Self.small.union(beside.flatMap(\.foldedWords))
        return isPlain && zip(words, isUnderstood).allSatisfy { $1 || harmless.contains($0) }
    }

    private static let denials: Set<String> = [
        "pas", "non", "ni", "jamais", "aucun", "aucune", "sans", "sauf", "not", "no", "never", "neither",
        "nor", "without",
        "except",
    ]

    /// Words without a meaning of their own, in French and English; none that denies, doubts, limits or compares.
    private static let small: Set<String> = [
        "le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "a", "au", "aux", "en", "et", "sur",
        "dans", "par",
        "avec", "ce", "cet", "cette", "ces", "c", "il", "elle", "on", "s", "se", "y", "qu", "que", "qui",
        "est", "sont",
        "ete", "car", "parce", "puisque", "donc", "the", "an", "of", "on", "in", "at", "to", "by", "with",
        "and", "it",
        "is", "was", "has", "been", "this", "that", "because", "since", "as",
    ]
}
