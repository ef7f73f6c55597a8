/// An exercise's own reading of the evidence, made once for all its questions.
public protocol ExerciseFindings: Sendable {
    /// What it was read from.
    var evidence: Evidence { get }
}

/// What became of looking for something that a check is about.
public enum Lookup<Value: Sendable>: Sendable {
    case found(Value)
    /// What was read is readable, and it is not in it.
    case absent
    /// Nothing readable that would tell.
    case unknown

    public var found: Value? { if case .found(let value) = self { value } else { nil } }
}

/// What checks are about: a resource, an address, a machine. One check asks for it, and *declares* it: where it is
/// absent that check is not met, and every other one about it waits for that check. Where it is unknown none of them
/// is assessed. So no judge has to say either, and one mistake is paid for once.
public struct Subject<Findings: ExerciseFindings, Value: Sendable>: Sendable {
    /// A subject in one student's findings, with the sentence that says why there is nothing to judge.
    enum State: Sendable {
        case found(Value)
        case absent(CheckID, LocalizedText, sources: [ProbeID])
        case unknown(LocalizedText)
    }

    /// The checks without which there is nothing to judge.
    public let declaredBy: [CheckID]
    let state: @Sendable (Findings) -> State

    private init(declaredBy: [CheckID], state: @escaping @Sendable (Findings) -> State) {
        self.declaredBy = declaredBy
        self.state = state
    }

    /// - Parameters:
    ///   - check: the check that asks for it.
    ///   - unknown: what was found, in words, where nothing could be read that would tell.
    ///   - absent: what was found, in words, where it is not there.
    ///   - sources: the observations that show that it is not there.
    ///   - find: looks for it.
    public init(
        declaredBy check: CheckID, unknown: @escaping @Sendable (Findings) -> LocalizedText,
        absent: @escaping @Sendable (Findings) -> LocalizedText,
        sources: @escaping @Sendable (Findings) -> [ProbeID] = { _ in [] },
        find: @escaping @Sendable (Findings) -> Lookup<Value>
    ) {
        self.init(declaredBy: [check]) { findings in
            switch find(findings) {
            case .found(let value): .found(value)
            case .absent: .absent(check, absent(findings), sources: sources(findings))
            case .unknown: .unknown(unknown(findings))
            }
        }
    }

    /// What a check is about that needs more of the subject than that it is there, such as the address of a resource:
    /// another check asks for that.
    /// - Parameter unknown: why the part cannot be told, where it cannot.
    public func needing<Part: Sendable>(
        _ part: @escaping @Sendable (Value) -> Part?, declaredBy check: CheckID, absent: LocalizedText,
        unknown: @escaping @Sendable (Value) -> LocalizedText? = { _ in nil }
    ) -> Subject<Findings, Part> {
        Subject<Findings, Part>(declaredBy: declaredBy + [check]) { findings in
            switch state(findings) {
            case .found(let value):
                part(value).map { .found($0) } ?? unknown(value).map { .unknown($0) }
                    ?? .absent(check, absent, sources: [])
            case .absent(let check, let found, let sources): .absent(check, found, sources: sources)
            case .unknown(let found): .unknown(found)
            }
        }
    }

    /// What a check is about that looks at two things at once: unknown where one of them is, and then absent where one
    /// of them is, the first before the second.
    public func and<Other: Sendable>(
        _ other: Subject<Findings, Other>
    ) -> Subject<Findings, (Value, Other)> {
        Subject<Findings, (Value, Other)>(declaredBy: declaredBy + other.declaredBy) { findings in
            switch (state(findings), other.state(findings)) {
            case (.found(let one), .found(let two)): .found((one, two))
            case (.unknown(let found), _), (_, .unknown(let found)): .unknown(found)
            case (.absent(let check, let found, let sources), _),
                (_, .absent(let check, let found, let sources)):
                .absent(check, found, sources: sources)
            }
        }
    }
}
