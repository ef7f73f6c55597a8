import GraderCore

/// What a fact of a look has to be. Typed: numbers are compared as numbers, addresses as addresses, and a text by all of
/// it but the blanks around.
indirect enum Expectation: Sendable, Hashable {
    case equals(Template)
    case oneOf([Template])
    case number(ClosedRange<Double>)
    case duration(ClosedRange<Duration>)
    case address(Template)
    /// An address in it.
    case inNetwork(Template)
    /// A network with it.
    case contains(Template)
    case lines(Lines)
    case json([JSONStep], Expectation)
    case matches(Pattern)
    case flag(Bool)
    /// As chmod(1) takes them.
    case permissions(Int)
    case not(Expectation)
    case all([Expectation])
    case any([Expectation])
    case fact(Fact, Expectation)
    /// What goes without saying: told only where it does not hold.
    case implied(Expectation)
    /// A header of an HTTP response; any of several of one name.
    case header(String, Expectation)

    /// Of a text's lines without the empty ones, or of a list.
    struct Lines: Sendable, Hashable {
        var include: [Expectation] = []
        var exclude: [Expectation] = []
        var count: ClosedRange<Double>?
    }

    /// One step down a JSON value.
    enum JSONStep: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// Whether its last part is that the command ends with 0, of which nothing was written.
    var isExitImplied: Bool {
        if case .all(let parts) = self, case .implied? = parts.last { true } else { false }
    }

    static let mostNumber = Double.infinity
    static let longestDuration = Duration.seconds(1 << 40)
}

/// A fact as it was found.
enum FactValue: Sendable, Hashable {
    case text(String)
    /// As it came, and as a reader sees it: how an editor stored the words of a page is no difference (`ShownText`).
    case page(String, shown: String)
    /// The beginning of a longer page, likewise: what is found there is there, what is not may come later.
    case cutPage(String, shown: String)
    case number(Double)
    case flag(Bool)
    case lines([String])
    /// Domain names, or one: the same with and without the dot at the end, in either case (RFC 4343).
    case names([String])
    case name(String)
    case permissions(Int)
    case headers([HTTPExchange.Header])
    /// There is none, and why: no expectation holds of it, nor does its contrary.
    case absent(LocalizedText)
    /// It could not be had: nothing can be said.
    case unknown(NotAssessedReason, LocalizedText)
}

/// What became of an expectation, or of one part of it.
struct Seen: Sendable {
    enum Truth: Sendable, Hashable {
        case met, notMet
        case unknown(NotAssessedReason)
    }
    var truth: Truth
    var wanted: LocalizedText
    var saw: LocalizedText
    /// Not met because what it is about is not there: then its contrary does not hold either.
    var isVoid = false
    /// What it is made up of.
    var parts: [Seen] = []

    /// The parts that decided, the smallest there are.
    var decisive: [Seen] {
        let deciding = parts.filter { $0.truth == truth }
        return deciding.isEmpty ? [self] : deciding.flatMap(\.decisive)
    }
}

extension Seen.Truth {
    /// Of things that all have to hold: one that does not decides, whatever could not be seen.
    static func all(_ parts: [Self]) -> Self {
        if parts.contains(.notMet) { return .notMet }
        return parts.first { $0 != .met } ?? .met
    }

    /// Of things of which one has to hold.
    static func any(_ parts: [Self]) -> Self {
        if parts.contains(.met) { return .met }
        return parts.first { $0 != .notMet } ?? .notMet
    }

    var contrary: Self {
        switch self {
        case .met: .notMet
        case .notMet: .met
        case .unknown: self
        }
    }
}
