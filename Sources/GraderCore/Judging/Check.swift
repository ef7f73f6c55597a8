/// What a judge says: a verdict, what was found in words, and the observations that it rests on.
public struct Judgement: Sendable, Hashable {
    public var verdict: Verdict
    public var found: LocalizedText
    public var sources: [ProbeID]
    /// The command with which this student sees it himself, where it is another than the check's.
    public var seeYourself: String?

    public init(_ verdict: Verdict, _ found: LocalizedText, sources: [ProbeID] = []) {
        self.verdict = verdict
        self.found = found
        self.sources = sources
    }

    /// What would tell could not be had.
    public static func unseen(_ found: LocalizedText, sources: [ProbeID] = []) -> Judgement {
        Judgement(.notAssessed(.noEvidence), found, sources: sources)
    }

    /// The evidence is older than what would have to be looked at.
    static func unasked(_ probe: String) -> Judgement {
        .unseen(
            LocalizedText(
                fr: "ce relevé est plus ancien que l'observation « \(probe) » : il faut relever à nouveau",
                en: "this evidence is older than the observation “\(probe)”: collect again"))
    }
}

/// What a check says of itself, whatever was found: its words and what it waits for. Its points are the rubric's.
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
    /// The checks that ask for what it is about; itself where it is the one that does.
    public var declaredBy: [CheckID] = []
    /// Other checks that its judge may answer it is blocked by.
    public var mayWaitFor: [CheckID] = []
    /// Other checks that have to be met before it can be: while one of them is not, it is blocked by that.
    public var requires: [CheckID] = []
    /// Names of probes (`clock`, whichever machine) without which it cannot be judged. Evidence that no machine was
    /// asked for one in is older than the probe: there the check is not assessed, whatever its judge would say.
    public var restsOn: [String] = []

    public init(
        _ id: CheckID, title: LocalizedText, why: LocalizedText, seeYourself: String? = nil,
        hint: LocalizedText? = nil
    ) {
        self.id = id
        self.title = title
        self.why = why
        self.seeYourself = seeYourself
        self.hint = hint
    }

    /// A probe that it rests on and that the evidence is older than; nil where there is none, or no machine was reached
    /// that could have been asked.
    public func unasked(in evidence: Evidence) -> String? {
        guard !restsOn.isEmpty, !evidence.reached.isEmpty else { return nil }
        let asked = Set(evidence.observations.map(\.id.name))
        return restsOn.first { !asked.contains($0) }
    }

    /// Every other check that it may be blocked by, each once: those of its subject first.
    public var needs: [CheckID] {
        (declaredBy.filter { $0 != id } + mayWaitFor + requires).reduce(into: []) { needs, check in
            if !needs.contains(check) { needs.append(check) }
        }
    }

    /// The check, judged.
    public func result(_ judgement: Judgement, expected: LocalizedText) -> CheckResult {
        CheckResult(
            id: id, title: title, verdict: judgement.verdict, expected: expected, found: judgement.found,
            why: why, seeYourself: judgement.seeYourself ?? seeYourself, hint: hint,
            sources: judgement.sources)
    }
}

/// One thing that can be right or wrong within a question: its words, what it is about, what it expects and the one
/// function that judges it. Judging is pure: the same findings and parameters give the same judgement, on any machine,
/// at any time.
public struct Check<Findings: ExerciseFindings>: Sendable {
    public let definition: CheckDefinition
    private let expected: @Sendable (Findings, Parameters) -> LocalizedText
    private let judge: @Sendable (Findings, Parameters) -> Judgement

    public var id: CheckID { definition.id }

    /// A check about the findings themselves.
    /// - Parameters:
    ///   - mayWaitFor: the checks that its judge may answer it is blocked by; no others.
    ///   - expected: what has to be found, in words.
    ///   - judge: says whether it is.
    public init(
        _ id: CheckID, title: LocalizedText, why: LocalizedText, seeYourself: String? = nil,
        hint: LocalizedText? = nil, mayWaitFor: [CheckID] = [], restsOn: [String] = [],
        expected: @escaping @Sendable (Findings, Parameters) -> LocalizedText,
        judge: @escaping @Sendable (Findings, Parameters) -> Judgement
    ) {
        var definition = CheckDefinition(id, title: title, why: why, seeYourself: seeYourself, hint: hint)
        definition.mayWaitFor = mayWaitFor
        definition.restsOn = restsOn
        self.init(definition, expected: expected, judge: judge)
    }

    /// A check whose definition is made elsewhere.
    public init(
        _ definition: CheckDefinition,
        expected: @escaping @Sendable (Findings, Parameters) -> LocalizedText,
        judge: @escaping @Sendable (Findings, Parameters) -> Judgement
    ) {
        self.definition = definition
        self.expected = expected
        self.judge = judge
    }

    /// A check about a subject: its judge is called only where that was found. It is not assessed where the subject is
    /// unknown; where it is absent, it is blocked by the check that declares the subject, or, being that check itself,
    /// not met.
    /// - Parameter sources: what it is judged on, also where the subject was not found.
    public init<Value>(
        _ id: CheckID, about subject: Subject<Findings, Value>, title: LocalizedText, why: LocalizedText,
        seeYourself: String? = nil, hint: LocalizedText? = nil,
        mayWaitFor: [CheckID] = [], restsOn: [String] = [], sources: [ProbeID] = [],
        expected: @escaping @Sendable (Findings, Parameters) -> LocalizedText,
        judge: @escaping @Sendable (Value, Findings, Parameters) -> Judgement
    ) {
        var definition = CheckDefinition(id, title: title, why: why, seeYourself: seeYourself, hint: hint)
        definition.declaredBy = subject.declaredBy
        definition.mayWaitFor = mayWaitFor
        definition.restsOn = restsOn
        self.definition = definition
        self.expected = expected
        self.judge = { findings, parameters in
            var judgement =
                switch subject.state(findings) {
                case .unknown(let found): Judgement.unseen(found)
                case .absent(let check, let found, let sources):
                    Judgement(check == id ? .notMet : .blocked(by: check), found, sources: sources)
                case .found(let value): judge(value, findings, parameters)
                }
            if judgement.sources.isEmpty { judgement.sources = sources }
            return judgement
        }
    }

    /// What the check says of these findings. For checks of the same exercise that rest on it; everybody else asks for
    /// the `result`.
    public func judgement(_ findings: Findings, _ parameters: Parameters) -> Judgement {
        if let probe = definition.unasked(in: findings.evidence) { return .unasked(probe) }
        return judge(findings, parameters)
    }

    /// The check, judged.
    /// - Throws: where it waits for a check that it does not declare: a bug of ours, and nobody's points.
    public func result(
        _ findings: Findings, _ parameters: Parameters
    ) throws(ProgramFault) -> CheckResult {
        let judgement = judgement(findings, parameters)
        if case .blocked(let other) = judgement.verdict, !definition.needs.contains(other) {
            throw ProgramFault(
                LocalizedText(
                    fr: "C'est une erreur de Bascule : \(id) attend \(other) sans le déclarer ; à signaler.",
                    en:
                        "This is a bug in Bascule: \(id) waits for \(other), which it does not declare; please report it."
                ))
        }
        return definition.result(judgement, expected: expected(findings, parameters))
    }
}
