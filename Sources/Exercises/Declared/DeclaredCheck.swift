import Foundation
import GraderCore

/// A check that was written in YAML: what to look at, on which machines, and what is right.
struct DeclaredCheck: Sendable {
    enum Credit: String, Sendable, CaseIterable {
        /// All or nothing.
        case whole
        /// The fraction of the machines where it holds; with one machine, of the expectation's parts.
        case each
    }

    /// Of one fact on several machines.
    enum Across: Sendable, Hashable { case same, different }

    var definition: CheckDefinition
    var look: Look
    var machines: [MachineID]
    /// Whether one of the machines is enough.
    var isAnyEnough = false
    var credit: Credit = .whole
    /// Nil of a script, which judges itself, and where only machines are compared.
    var expectation: Expectation?
    var across: (fact: Fact, how: Across)?
    /// The last part of the expectation is that the command ends with 0, of which nothing was written.
    var isExitImplied = false

    /// The same check of any exercise's findings, which need give nothing but the evidence.
    func check<Findings: ExerciseFindings>() -> Check<Findings> {
        Check(definition, expected: { findings, _ in expected(findings.evidence) }) { findings, _ in
            judgement(findings.evidence)
        }
    }

    /// What has to be observed for it.
    func probes(_ evidence: Evidence) -> [Probe] {
        look.targets(machines, evidence).flatMap { target -> [Probe] in
            if let target, evidence.unreachable[target] != nil { return [] }
            return ((try? look.probes(target, evidence)) ?? [:]).values.map(\.self)
        }
    }

    func expected(_ evidence: Evidence) -> LocalizedText {
        let targets = look.targets(machines, evidence)
        func words(_ target: LookTarget) -> LocalizedText {
            let values = LookValues(evidence: evidence, machine: target)
            var parts = [expectation.map { $0.words { values($0) } }].compactMap(\.self)
            if let across {
                parts.append(
                    across.how == .same ? FoundWords.same(across.fact) : FoundWords.different(across.fact))
            }
            return parts.isEmpty ? FoundWords.byScript : parts.joined()
        }
        let each = targets.map(words)
        guard let first = each.first, targets.count > 1, across == nil else { return each.joined() }
        guard Set(each).count == 1 else {
            return zip(targets, each).map { target, words in
                target.map { FoundWords.on($0.rawValue, words) } ?? words
            }.joined()
        }
        let names = targets.compactMap(\.self).map(\.rawValue).joined(separator: ", ")
        return isAnyEnough
            ? LocalizedText(fr: "\(first), sur l'une de \(names)", en: "\(first), on one of \(names)")
            : LocalizedText(fr: "\(first), sur \(names)", en: "\(first), on \(names)")
    }

    /// Pure: the same evidence gives the same judgement.
    func judgement(_ evidence: Evidence) -> Judgement {
        var looks: [DeclaredLook] = []
        for target in look.targets(machines, evidence) {
            do throws(LookObstacle) {
                looks.append(try DeclaredLook(self, target, evidence))
            } catch {
                return FoundWords.judgement(of: error)
            }
        }
        let sources = looks.flatMap(\.sources).reduce(into: [ProbeID]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let truths = looks.map(\.truth)
        var truth: Seen.Truth
        var fraction = 0.0
        if isAnyEnough {
            truth = .any(truths)
            fraction = looks.map(\.fraction).max() ?? 0
        } else if credit == .each {
            truth = truths.first(where: \.isUnknown) ?? .all(truths)
            fraction = looks.map(\.fraction).reduce(0, +) / Double(max(looks.count, 1))
        } else {
            truth = .all(truths)
            fraction = looks.map(\.fraction).min() ?? 0
        }
        if let across {
            // Holds of all of them together, and never in part.
            let comparison = DeclaredLook(comparing: across, looks)
            truth =
                credit == .each && comparison.truth.isUnknown
                ? comparison.truth : .all([truth, comparison.truth])
            if comparison.truth == .notMet { fraction = 0 }
            looks.append(comparison)
        }
        let verdict: Verdict =
            switch truth {
            case .met: .met
            case .notMet: fraction > 0 && fraction < 1 ? .partly(fraction) : .notMet
            case .unknown(let reason): .notAssessed(reason)
            }
        return Judgement(verdict, found(looks, truth), sources: sources)
    }

    /// What decided; on each machine where there are several.
    private func found(_ looks: [DeclaredLook], _ truth: Seen.Truth) -> LocalizedText {
        let told = looks.filter { $0.truth == truth || $0.truth.isUnknown && truth.isUnknown }
        // What is the same on several machines is said once.
        var sentences: [(machines: [LookTarget], found: LocalizedText)] = []
        for look in told where look.found != LocalizedText(verbatim: "") {
            if let index = sentences.firstIndex(where: { $0.found == look.found }) {
                sentences[index].machines.append(look.target)
            } else {
                sentences.append(([look.target], look.found))
            }
        }
        return sentences.map { machines, found in
            let names = machines.compactMap(\.self).map(\.rawValue).joined(separator: ", ")
            return looks.count > 1 && !names.isEmpty ? FoundWords.on(names, found) : found
        }.joined()
    }
}

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
                (truth, fraction) = Self.counted(seen, isExitImplied: check.isExitImplied)
            }
            var told: [LocalizedText] = []
            for part in seen.decisive where !told.contains(part.saw) && told.count < 4 {
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

extension FoundWords {
    static let byScript = LocalizedText(fr: "le script le constate", en: "the script finds it so")

    static let onlyOne = LocalizedText(
        fr: "il n'y en a qu'un : rien à comparer", en: "there is only one: nothing to compare")

    static func on(_ machines: String, _ words: LocalizedText) -> LocalizedText {
        LocalizedText(fr: "\(machines) : \(words)", en: "\(machines): \(words)")
    }

    static func same(_ fact: Fact) -> LocalizedText {
        LocalizedText(fr: "\(fact.words) : le même partout", en: "\(fact.words): the same everywhere")
    }

    static func different(_ fact: Fact) -> LocalizedText {
        LocalizedText(
            fr: "\(fact.words) : un autre sur chaque machine", en: "\(fact.words): another on each machine")
    }

    static func isSame(_ fact: Fact) -> LocalizedText {
        LocalizedText(fr: "\(fact.words) : identique", en: "\(fact.words): the same")
    }

    static func differs(_ fact: Fact) -> LocalizedText {
        LocalizedText(
            fr: "\(fact.words) : différent d'une machine à l'autre",
            en: "\(fact.words): different from one machine to another")
    }

    static func judgement(of obstacle: LookObstacle) -> Judgement {
        switch obstacle {
        case .valueMissing(let name):
            Judgement(
                .notRequested(.removed),
                LocalizedText(
                    fr: "la liste de classe ne dit rien de « \(name) »",
                    en: "the roster says nothing of “\(name)”"))
        case .valueUnfit(let value):
            .unseen(
                LocalizedText(
                    fr: "« \(value.cut(to: 80)) », de la liste de classe, ne peut servir ici",
                    en: "“\(value.cut(to: 80))”, from the roster, cannot be used here"))
        }
    }
}
