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

extension FoundWords {
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
