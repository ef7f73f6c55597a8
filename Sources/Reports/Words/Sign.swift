import GraderCore

/// How a verdict is shown: a sign, a word and a shape, never a colour alone.
enum Sign: String, Sendable, CaseIterable {
    case met
    case partly
    case notMet = "not-met"
    case blocked
    case notAssessed = "not-assessed"
    case notRequested = "not-requested"
    case notShown = "not-shown"

    init(_ verdict: Verdict) {
        switch verdict {
        case .met: self = .met
        case .partly: self = .partly
        case .notMet: self = .notMet
        case .blocked: self = .blocked
        case .notAssessed: self = .notAssessed
        case .notRequested(.notShown): self = .notShown
        case .notRequested: self = .notRequested
        }
    }

    /// Signs that every system's plain fonts have: U+23F8 (pause) is an empty box in some and a picture in others.
    var symbol: String {
        switch self {
        case .met: "✓"
        case .partly: "◐"
        case .notMet: "✗"
        case .blocked: "‖"
        case .notAssessed: "?"
        case .notRequested: "–"
        case .notShown: "·"
        }
    }

    var word: LocalizedText {
        switch self {
        case .met: LocalizedText(fr: "obtenu", en: "met")
        case .partly: LocalizedText(fr: "en partie", en: "in part")
        case .notMet: LocalizedText(fr: "non obtenu", en: "not met")
        case .blocked: LocalizedText(fr: "bloqué", en: "blocked")
        case .notAssessed: LocalizedText(fr: "non évalué", en: "not assessed")
        case .notRequested: LocalizedText(fr: "pas demandé", en: "not asked for")
        case .notShown: LocalizedText(fr: "pas montré", en: "not shown")
        }
    }

    /// What it means, for the legend.
    var meaning: LocalizedText {
        switch self {
        case .met:
            LocalizedText(
                fr: "C'est fait, et on l'a vu fonctionner ainsi.", en: "Done, and seen to be so.")
        case .partly:
            LocalizedText(
                fr: "Une partie est bonne ; une fraction des points est acquise.",
                en: "Some of it is right and earns a share of the points.")
        case .notMet:
            LocalizedText(
                fr: "Ce qui a été trouvé n'est pas ce que l'énoncé demande.",
                en: "What was found is not what the sheet asks for.")
        case .blocked:
            LocalizedText(
                fr: "Ne peut pas réussir tant qu'un autre point n'est pas obtenu ; à reprendre ensuite.",
                en: "Cannot work before another check is met; come back to it then.")
        case .notAssessed:
            LocalizedText(
                fr: "On n'a pas pu le voir. Rien n'est retiré, rien n'est accordé.",
                en: "It could not be seen. Nothing is lost and nothing is given.")
        case .notRequested:
            LocalizedText(
                fr: "Ne faisait pas partie de ce passage.", en: "Was not part of this run.")
        case .notShown:
            LocalizedText(
                fr: "L'enseignant ne le montre pas, ou pas encore ; rien n'est dit de ce qui a été constaté.",
                en: "The teacher does not show it, or not yet; nothing is said of what was found.")
        }
    }

    /// Whether one line may stand for several such checks of a question: what they wait for is said elsewhere, once.
    var isSaidForAll: Bool { self == .blocked || self == .notAssessed }

    /// Whether points were decided on.
    var isDecided: Bool { self != .notAssessed && self != .notRequested && self != .notShown }
}

/// How a whole question stands.
struct QuestionSign: Sendable, Hashable {
    var sign: Sign
    /// Some of its points are still to be decided, beside those that `sign` speaks of.
    var isOpen: Bool

    init(_ question: QuestionResult) {
        if let given = question.teacher?.points {
            sign = given >= question.score.total ? .met : given > .zero ? .partly : .notMet
            isOpen = false
            return
        }
        // What is not part of this lab leaves nothing open.
        let signs = question.checks.filter { $0.result.verdict != .notRequested(.removed) }
            .map { Sign($0.result.verdict) }
        let decided = signs.filter(\.isDecided)
        isOpen = !decided.isEmpty && decided.count < signs.count
        if decided.isEmpty {
            sign =
                signs.contains(.notAssessed)
                ? .notAssessed : signs.contains(.notRequested) || signs.isEmpty ? .notRequested : .notShown
        } else if decided.allSatisfy({ $0 == .met }) {
            sign = .met
        } else if question.score.decided > .zero
            ? question.score.earned > .zero : decided.contains(where: { $0 == .met || $0 == .partly })
        {
            sign = .partly
        } else {
            sign = decided.allSatisfy { $0 == .blocked } ? .blocked : .notMet
        }
    }

    /// `✓`, or `✓…` while something is open.
    var symbol: String { isOpen ? sign.symbol + "…" : sign.symbol }
}
