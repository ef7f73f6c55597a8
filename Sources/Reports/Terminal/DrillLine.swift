import GraderCore

/// One drill in a few lines of plain text: what became of it, how long a client was not served.
public struct DrillLine: Sendable {
    public var evidence: DrillEvidence
    public var language: Language

    public init(_ evidence: DrillEvidence, language: Language) {
        self.evidence = evidence
        self.language = language
    }

    /// `standby: 0.71 s ± 0.01 not served (refused 0.20 s, silent 0.11 s, …), moved to serv2; back after 0.9 s`
    public func text() -> String {
        switch evidence.outcome {
        case .refused(let refusal): "\(evidence.kind.rawValue): \(refusal.sentence[language])"
        case .abandoned(let sentence): "\(evidence.kind.rawValue): \(sentence[language])\(rest)"
        case .performed: "\(evidence.kind.rawValue): \(measured)\(rest)"
        }
    }

    private var measured: String {
        guard let measure = DrillMeasure(evidence) else { return "" }
        let away = describe(measure.failover, language == .french ? "à la bascule" : "at the failover")
        let back = describe(measure.failback, language == .french ? "au retour" : "on the way back")
        let error = measure.scheduleErrorP99.map { "p99 \(milliseconds($0)) ms" } ?? "?"
        return "\(away); \(back) (\(language == .french ? "cadence" : "schedule") \(error))"
    }

    private func describe(_ outages: [ServiceOutage], _ when: String) -> String {
        let isFrench = language == .french
        guard !outages.isEmpty else {
            return isFrench ? "aucune coupure \(when)" : "no outage \(when)"
        }
        var parts: [String] = outages.map { outage in
            let phases = outage.phases.map { "\(word($0.kind)) \(seconds($0.end - $0.start))" }
            let list = phases.joined(separator: ", ")
            guard let length = outage.length, let uncertainty = outage.uncertainty else {
                return (isFrench ? "coupure sans fin" : "outage without end") + " (\(list))"
            }
            return "\(seconds(length)) ± \(milliseconds(uncertainty)) ms (\(list))"
        }
        if outages.count > 4 { parts = Array(parts.prefix(4)) + ["…"] }
        let count = outages.reduce(0) { $0 + $1.failedConnects + $1.failedRequests }
        return parts.joined(separator: " + ") + " \(when), "
            + (isFrench ? "\(count) essais en échec" : "\(count) attempts failed")
    }

    private var rest: String {
        guard !evidence.differences.isEmpty else { return "" }
        return (language == .french ? " — RESTE : " : " — LEFT: ")
            + evidence.differences.map { $0.sentence[language] }.joined(separator: "; ")
            + (language == .french ? ". À réparer : bascule restore" : ". To mend it: bascule restore")
    }

    private func word(_ kind: ServiceOutage.Phase.Kind) -> String {
        switch (kind, language) {
        case (.refused, .french): "refusé"
        case (.silent, .french): "muet"
        case (.acceptedWithoutAnswer, .french): "accepté sans réponse"
        case (.refused, .english): "refused"
        case (.silent, .english): "silent"
        case (.acceptedWithoutAnswer, .english): "accepted without answer"
        }
    }

    private func milliseconds(_ time: Duration) -> String { decimal(time / .milliseconds(1), digits: 1) }
    private func seconds(_ time: Duration) -> String { decimal(time / .seconds(1), digits: 3) + " s" }

    private func decimal(_ value: Double, digits: Int) -> String {
        let scale = digits == 1 ? 10.0 : 1000.0
        let scaled = Int((value.magnitude * scale).rounded())
        let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: Int(scale))
        let padded = String(fraction + Int(scale)).dropFirst()
        return "\(value < 0 ? "-" : "")\(whole)\(language == .french ? "," : ".")\(padded)"
    }
}
