/// What became of a check. Absence of evidence is never `notMet`.
public enum Verdict: Sendable, Hashable {
    case met
    /// Met in part; the fraction of the points, strictly between 0 and 1.
    case partly(Double)
    case notMet
    /// Cannot be met before another check of the student's is: no points, not counted as a second failure.
    case blocked(by: CheckID)
    /// Wanted, but the evidence could not be had.
    case notAssessed(NotAssessedReason)
    /// Nobody asked for it: a drill that may not run, a mark the teacher has still to give.
    case notRequested(NotRequestedReason)
}

/// Why evidence is missing. The sentence that goes with it stands in `CheckResult.found`.
public enum NotAssessedReason: String, Sendable, Hashable, Codable {
    /// Neither node, or not the node that matters, could be reached.
    case unreachable
    /// Reached, but the log-in or root was refused.
    case refused
    case timedOut
    /// The grader itself was late: nothing can be said of the pair.
    case overloaded
    /// The pair went on changing while it was looked at.
    case unstable
    /// A probe brought nothing, or something that cannot be read or was cut off.
    case noEvidence
    /// The sources contradict each other in a way that proves neither.
    case contradiction
    /// Cannot be seen from where the grader stood (`check --local`).
    case outOfSight
}

/// Why nobody asked.
public enum NotRequestedReason: String, Sendable, Hashable, Codable {
    case drill
    case teachersMark
    /// This version of Bascule has no module for the question.
    case noModule
    /// Not part of this student's lab or of this rubric: its points do not count at all.
    case removed
    /// The teacher asked for other questions only (`--question`).
    case otherQuestions
    /// The rubric does not show it to students; only in what is made for them.
    case notShown
}

/// One check, judged.
public struct CheckResult: Sendable, Hashable, Codable {
    public var id: CheckID
    public var title: LocalizedText
    public var verdict: Verdict
    public var expected: LocalizedText
    public var found: LocalizedText
    /// Why it matters.
    public var why: LocalizedText
    /// The command with which to see it oneself; nil where there is none.
    public var seeYourself: String?
    /// What to look at, without giving the answer away.
    public var hint: LocalizedText?
    /// The observations it was judged on.
    public var sources: [ProbeID]

    public init(
        id: CheckID, title: LocalizedText, verdict: Verdict, expected: LocalizedText,
        found: LocalizedText, why: LocalizedText, seeYourself: String? = nil, hint: LocalizedText? = nil,
        sources: [ProbeID] = []
    ) {
        self.id = id
        self.title = title
        self.verdict = verdict
        self.expected = expected
        self.found = found
        self.why = why
        self.seeYourself = seeYourself
        self.hint = hint
        self.sources = sources
    }
}
