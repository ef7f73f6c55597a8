/// A value that a rubric may set for a question.
public struct ParameterDefinition: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case duration, durations, number, text, texts, flag }
    public var name: String
    public var kind: Kind
    public init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// A check as a question's module declares it, with what a student may read whatever was found; its points are
/// the rubric's.
public struct CheckDefinition: Sendable, Hashable {
    public var id: CheckID
    /// In a few words, for lists and headings.
    public var title: LocalizedText
    /// Why it matters.
    public var why: LocalizedText
    /// The command with which to see it oneself.
    public var seeYourself: String?
    /// What to look at, without the answer.
    public var hint: LocalizedText?
    /// The parts of a result that tell as much as the check: they go with it where it is not shown.
    public var alsoSeenIn: [ResultPart]

    public init(
        _ id: String, title: LocalizedText, why: LocalizedText, seeYourself: String? = nil,
        hint: LocalizedText? = nil, alsoSeenIn: [ResultPart] = []
    ) {
        self.alsoSeenIn = alsoSeenIn
        self.id = CheckID(id)
        self.title = title
        self.why = why
        self.seeYourself = seeYourself
        self.hint = hint
    }

    /// The check, judged.
    public func result(
        _ verdict: Verdict, expected: LocalizedText, found: LocalizedText, sources: [ProbeID] = []
    ) -> CheckResult {
        CheckResult(
            id: id, title: title, verdict: verdict, expected: expected, found: found, why: why,
            seeYourself: seeYourself, hint: hint, sources: sources)
    }
}
