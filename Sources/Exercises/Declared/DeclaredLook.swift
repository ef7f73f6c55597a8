import GraderCore

/// What one machine's look came to.
struct DeclaredLook: Sendable {
    var target: LookTarget
    var truth: Seen.Truth
    /// What of it is there, 0 to 1.
    var fraction: Double
    var found: LocalizedText
    var sources: [ProbeID]
    /// Of what machines are compared by.
    var compared: FactValue?
    /// Part by part; nil of a script and of a comparison.
    var seen: Seen?

    init(_ check: DeclaredCheck, _ target: LookTarget, _ evidence: Evidence) throws(LookObstacle) {
        self.target = target
        let reading = LookReading(
            look: check.look, target: target, evidence: evidence,
            probes: try check.look.probes(target, evidence))
        sources = reading.sources
        let facts = reading.facts
        compared = check.across.map { facts[$0.fact.name] ?? Unseen.unreadable }
        if case .script = check.look.kind {
            (truth, fraction, found) = ScriptReading.verdict(facts)
            return
        }
        let values = LookValues(evidence: evidence, machine: target)
        guard let expectation = check.expectation else {
            (truth, fraction, found) = (.met, 1, LocalizedText(verbatim: ""))
            return
        }
        do throws(Template.ValueMissing) {
            let seen = try expectation.seen(
                .absent(FoundWords.nothing), LookScope(facts: facts) { values($0) })
            self.seen = seen
            truth = seen.truth
            fraction = seen.truth == .met ? 1 : 0
            if check.credit == .each, check.machines.count == 1, truth == .notMet {
                (truth, fraction) = Self.counted(seen, isExitImplied: expectation.isExitImplied)
            }
            var told: [LocalizedText] = []
            for part in seen.decisive
            where part.saw != LocalizedText(verbatim: "") && !told.contains(part.saw) && told.count < 4 {
                told.append(part.saw)
            }
            found = told.joined()
        } catch {
            throw .valueMissing(error.name)
        }
    }

    /// How much of what is expected is there; unknown where a part is. That a command ended with 0 is no part of what was
    /// asked, and without it there is none.
    private static func counted(_ whole: Seen, isExitImplied: Bool) -> (Seen.Truth, Double) {
        var parts = whole.parts
        if isExitImplied, let exit = parts.popLast() {
            guard exit.truth == .met, let own = parts.first else { return (whole.truth, 0) }
            parts = own.parts
        }
        if let open = parts.first(where: \.truth.isUnknown) { return (open.truth, 0) }
        let met = parts.count { $0.truth == .met }
        return (whole.truth, Double(met) / Double(max(parts.count, 1)))
    }

    /// What several machines have to have alike, or each for itself.
    init(comparing across: (fact: Fact, how: DeclaredCheck.Across), _ looks: [DeclaredLook]) {
        let values = looks.compactMap(\.compared)
        (target, sources, fraction) = (nil, [], 0)
        guard values.count > 1 else {
            (truth, found) = (.unknown(.noEvidence), FoundWords.onlyOne)
            return
        }
        var known: [String] = []
        var open: FactValue?
        var absent: LocalizedText?
        for value in values {
            switch value {
            case .unknown: open = open ?? value
            case .cutPage: open = open ?? Unseen.cutOff
            case .absent(let why): absent = absent ?? why
            default: known.append(value.trimmed)
            }
        }
        let isMissed =
            across.how == .same
            ? Set(known).count > 1 || absent != nil : Set(known).count < known.count || absent != nil
        if isMissed {
            truth = .notMet
            found =
                absent
                ?? (across.how == .same ? FoundWords.differs(across.fact) : FoundWords.isSame(across.fact))
        } else if case .unknown(let reason, let why)? = open {
            (truth, found) = (.unknown(reason), why)
        } else {
            truth = .met
            fraction = 1
            found = across.how == .same ? FoundWords.isSame(across.fact) : FoundWords.differs(across.fact)
        }
    }
}
