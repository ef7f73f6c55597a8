import GraderCore

/// An exercise whose checks, or some of them, were declared.
protocol DeclaringExercise: Exercise {
    var declaredChecks: [DeclaredCheck] { get }
}

/// One declared check, tried on evidence: its verdict, and what every part of its expectation saw.
public struct CheckTrial: Sendable {
    /// One machine's look, or the one look that is no machine's.
    public struct Look: Sendable {
        public var machine: MachineID?
        /// The observations that it rests on.
        public var sources: [ProbeID]
        /// In the order of the expectation; the depth says what is a part of what.
        public var parts: [(depth: Int, isMet: Bool?, wanted: LocalizedText, saw: LocalizedText)]
    }

    public var title: LocalizedText
    public var expected: LocalizedText
    public var judgement: Judgement
    public var looks: [Look]
    /// What it needs, and waits for in a run.
    public var requires: [CheckID]
}

extension Declaration {
    /// The checks that an exercise was declared with, or a rubric added to it.
    public static func declared(in exercise: any Exercise) -> [CheckDefinition] {
        (exercise as? any DeclaringExercise)?.declaredChecks.map(\.definition) ?? []
    }

    /// - Returns: nil where the exercise has no declared check of that id.
    public static func trial(of id: CheckID, in exercise: any Exercise, on evidence: Evidence) -> CheckTrial?
    {
        guard
            let check = (exercise as? any DeclaringExercise)?.declaredChecks.first(where: {
                $0.definition.id == id
            })
        else { return nil }
        let looks = check.look.targets(check.machines, evidence).compactMap { target -> CheckTrial.Look? in
            guard let look = try? DeclaredLook(check, target, evidence) else { return nil }
            return CheckTrial.Look(
                machine: target, sources: look.sources, parts: look.seen?.flat(depth: 0) ?? [])
        }
        return CheckTrial(
            title: check.definition.title, expected: check.expected(evidence),
            judgement: check.judgement(evidence),
            looks: looks, requires: check.definition.requires)
    }
}

extension Seen {
    fileprivate func flat(
        depth: Int
    ) -> [(depth: Int, isMet: Bool?, wanted: LocalizedText, saw: LocalizedText)] {
        let isMet: Bool? = truth.isUnknown ? nil : truth == .met
        return [(depth, isMet, wanted, saw)] + parts.flatMap { $0.flat(depth: depth + 1) }
    }
}
