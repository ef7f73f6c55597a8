import GraderCore
import Pacemaker

/// What one source says about one fact.
struct FactReading: Sendable, Hashable {
    var holds: Bool
    var found: LocalizedText

    init(_ holds: Bool, _ found: LocalizedText) {
        self.holds = holds
        self.found = found
    }
}

extension Findings {
    /// Reads a fact in every configuration that there is and lets them agree.
    ///
    /// The CIBs decide, the worst of them counting: what one node denies is not proved by another. Text made for
    /// people (`crm configure show`) decides only where no CIB could be read; where it denies what the CIBs say,
    /// nobody is believed. A reading of nil means that the source does not say; neither does one that rests on a value
    /// that crmsh hides.
    ///
    /// Where it hangs on a rule that guards a value (`params rule … ip=…`), nobody can say.
    func fact(_ read: (ClusterConfiguration) -> FactReading?) -> Judgement {
        var open: LocalizedText?
        var hiding: [ProbeID] = []
        let readings = configurations.compactMap {
            source -> (source: ConfigurationSource, reading: FactReading)? in
            guard let reading = read(source.configuration) else { return nil }
            if !source.isCIB, Self.restsOnHidden(reading, of: source.configuration, read) {
                hiding.append(source.probe)
                return nil
            }
            // None of the rules holds, then the others.
            let others = source.possibilities.dropFirst().compactMap(read)
            if let other = others.first(where: { $0.holds != reading.holds }) {
                if open == nil { open = reading.found + FactTexts.conditional(other.found) }
                return nil
            }
            guard let other = others.first(where: { $0.found != reading.found }) else {
                return (source, reading)
            }
            return (source, FactReading(reading.holds, reading.found + FactTexts.byRule(other.found)))
        }
        let probes = readings.map(\.source.probe)
        guard let first = readings.first else {
            if let open { return .unseen(open, sources: configurations.map(\.probe)) }
            return hiding.isEmpty
                ? .unseen(unreadConfiguration, sources: configurations.map(\.probe))
                : .unseen(FactTexts.hidden, sources: hiding)
        }
        let fromCIBs = readings.filter(\.source.isCIB)
        let deciding = fromCIBs.isEmpty ? readings : fromCIBs
        if let denial = deciding.first(where: { !$0.reading.holds && $0.source.isWhole }) {
            var found = denial.reading.found
            if let other = readings.first(where: { $0.reading.holds }) {
                found =
                    found + FactTexts.disagree(denial.source.probe, other.source.probe, other.reading.found)
            }
            return Judgement(.notMet, found, sources: probes)
        }
        if let open { return .unseen(open, sources: configurations.map(\.probe)) }
        if let denial = deciding.first(where: { !$0.reading.holds }) {
            return .unseen(denial.reading.found + FactTexts.partly, sources: probes)
        }
        let understood = readings.filter {
            $0.source.isCIB
                || ($0.source.configuration.unknown.isEmpty && $0.source.configuration.problems.isEmpty)
        }
        if let denial = understood.first(where: { !$0.reading.holds }) {
            return Judgement(
                .notAssessed(.contradiction),
                first.reading.found
                    + FactTexts.disagree(first.source.probe, denial.source.probe, denial.reading.found),
                sources: probes)
        }
        return Judgement(.met, first.reading.found, sources: probes)
    }

    /// Whether something else would be read if a hidden value were another, or were not there.
    private static func restsOnHidden(
        _ reading: FactReading, of configuration: ClusterConfiguration,
        _ read: (ClusterConfiguration) -> FactReading?
    ) -> Bool {
        guard configuration.hidesValues else { return false }
        let others: [String?] = [nil, "0", "1", "true", "false", "INFINITY", "10s", "Stopped", "lo"]
        return others.contains { read(configuration.replacingHidden(with: $0)) != reading }
    }

    /// The same for the primitive of this id. A source that does not hold it denies it.
    func fact(
        ofPrimitive id: String, _ read: (ClusterConfiguration, ClusterConfiguration.Primitive) -> FactReading
    ) -> Judgement {
        fact { configuration in
            guard let primitive = configuration.primitive(id) else {
                return FactReading(false, FactTexts.missingPrimitive(id))
            }
            return read(configuration, primitive)
        }
    }
}

enum FactTexts {
    static let hidden = LocalizedText(
        fr: "« crm configure show » cache cette valeur (obscure_pattern), et la CIB n'a pu être lue.",
        en: "“crm configure show” hides this value (obscure_pattern), and the CIB could not be read.")

    static func missingPrimitive(_ id: String) -> LocalizedText {
        LocalizedText(fr: "Pas de primitive \(id).", en: "No primitive \(id).")
    }

    static func conditional(_ other: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: " ; mais une règle (rule) peut en faire autre chose : \(other)",
            en: "; but a rule may make something else of it: \(other)")
    }

    static let partly = LocalizedText(
        fr: " Mais cette configuration n'a pu être lue qu'en partie.",
        en: " But this configuration could be read only in part.")

    static func byRule(_ other: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: " ; ou, selon une règle (rule) : \(other)", en: "; or, by a rule: \(other)")
    }

    static func disagree(_ one: ProbeID, _ other: ProbeID, _ found: LocalizedText) -> LocalizedText {
        LocalizedText(
            fr: " Les sources se contredisent : \(one) dit cela, mais \(other) dit : \(found)",
            en: " The sources disagree: \(one) says so, but \(other) says: \(found)")
    }
}
