import GraderCore

/// A verdict in a word, for lines that name a change.
public enum VerdictWord {
    /// For people.
    public static func text(_ verdict: Verdict) -> LocalizedText { Sign(verdict).word }

    /// The sign before a line, in every system's plain fonts.
    public static func symbol(_ verdict: Verdict) -> String { Sign(verdict).symbol }

    /// For programs: `met`, `partly`, `not-met`, `blocked`, `not-assessed`, `not-requested`.
    public static func name(_ verdict: Verdict) -> String { Sign(verdict).rawValue }
}
