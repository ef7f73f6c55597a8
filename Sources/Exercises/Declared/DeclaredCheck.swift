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
    /// What is right, in the teacher's own words; nil: as the expectation says it.
    var expectedWords: LocalizedText?
    /// With which command it is seen, with the student's own values.
    var seeYourself: Template?

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
        if let expectedWords { return expectedWords }
        let targets = look.targets(machines, evidence)
        func words(_ target: LookTarget) -> LocalizedText {
            let values = LookValues(evidence: evidence, machine: target)
            var parts = [expectation.map { $0.words { values($0) } }].compactMap(\.self)
            if let across {
                parts.append(
                    across.how == .same ? FoundWords.same(across.fact) : FoundWords.different(across.fact))
            }
            return parts.isEmpty ? definition.title : parts.joined()
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
        if let across { looks.append(DeclaredLook(comparing: across, looks)) }
        let sources = looks.flatMap(\.sources).reduce(into: [ProbeID]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let truths = looks.map(\.truth)
        let truth: Seen.Truth
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
        let verdict: Verdict =
            switch truth {
            case .met: .met
            case .notMet: fraction > 0 && fraction < 1 ? .partly(fraction) : .notMet
            case .unknown(let reason): .notAssessed(reason)
            }
        var judgement = Judgement(verdict, found(looks, truth), sources: sources)
        let values = LookValues(
            evidence: evidence, machine: looks.first { $0.truth == truth }?.target ?? machines.first)
        judgement.seeYourself = try? seeYourself?.filled({ values($0) }, as: ShellWord.quoted)
        return judgement
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
            let isCounted = check.credit == .each && check.machines.count == 1 && !seen.parts.isEmpty
            let met = seen.parts.count { $0.truth == .met }
            fraction = seen.truth == .met ? 1 : isCounted ? Double(met) / Double(seen.parts.count) : 0
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

    /// What several machines have to have alike, or each for itself.
    init(comparing across: (fact: Fact, how: DeclaredCheck.Across), _ looks: [DeclaredLook]) {
        let values = looks.compactMap(\.compared)
        (target, sources, fraction) = (nil, [], 0)
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

/// What a teacher's script says by its exit status: 0 met, 1 not met, 2 partly, with the fraction on its last line.
enum ScriptReading {
    static func verdict(_ facts: [String: FactValue]) -> (Seen.Truth, Double, LocalizedText) {
        let output = facts["output"] ?? .absent(FoundWords.nothing)
        switch facts["exit"] {
        case .number(0)?: return (.met, 1, told(output.lines))
        case .number(1)?: return (.notMet, 0, told(output.lines))
        case .number(2)?:
            guard let last = output.lines.last, let fraction = Double(last), fraction > 0, fraction < 1 else {
                return (
                    .unknown(.noEvidence),
                    0,
                    LocalizedText(
                        fr: "le script finit par 2 sans fraction entre 0 et 1 à sa dernière ligne",
                        en: "the script ends with 2 and has no fraction between 0 and 1 on its last line")
                )
            }
            return (.notMet, fraction, told(output.lines.dropLast()))
        case .number(let status)?:
            return (
                .unknown(.noEvidence), 0,
                LocalizedText(
                    fr: "le script a fini par le code \(status, digits: 0), qui ne dit rien du travail",
                    en: "the script ended with status \(status, digits: 0), which says nothing of the work")
            )
        case .unknown(let reason, let why)?: return (.unknown(reason), 0, why)
        default: return (.unknown(.noEvidence), 0, FoundWords.nothing)
        }
    }

    /// `fr: …` and `en: …`, or the last line for both languages.
    private static func told(_ lines: some BidirectionalCollection<String>) -> LocalizedText {
        func line(_ language: String) -> String? {
            lines.last { $0.hasPrefix("\(language): ") }.map { String($0.dropFirst(4)).cut(to: 300) }
        }
        if let fr = line("fr"), let en = line("en") { return LocalizedText(fr: "\(fr)", en: "\(en)") }
        return lines.last.map { LocalizedText(verbatim: $0.cut(to: 300)) } ?? FoundWords.nothing
    }
}

extension FoundWords {
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
