import GraderCore

/// One drill in a few lines of plain text: what became of it, how long a client was not served.
public struct DrillLine: Sendable {
    public var evidence: DrillEvidence
    public var language: Language

    public init(_ evidence: DrillEvidence, language: Language) {
        self.evidence = evidence
        self.language = language
    }

    /// `shutdown: 0.712 s ± 10.0 ms (connection refused 0.201 s, no answer 0.511 s) at the failover, 81 attempts failed; …`
    public func text() -> String {
        switch evidence.outcome {
        case .refused(let refusal): head + refusal.sentence[language]
        case .abandoned(let sentence): head + sentence[language] + rest
        case .performed: head + measured + rest
        }
    }

    private var head: String { evidence.kind.rawValue + words.pick(" : ", ": ") }

    private var measured: String {
        guard let measure = DrillMeasure(evidence) else { return "" }
        let away = describe(measure.failover, words.pick("à la bascule", "at the failover"))
        let back = describe(measure.failback, words.pick("au retour", "on the way back"))
        let error = measure.scheduleErrorP99.map { "p99 \(milliseconds($0)) ms" } ?? "?"
        return "\(away)\(words.pick(" ; ", "; "))\(back) (\(words.pick("cadence", "schedule")) \(error))"
    }

    private var words: Sentences { Sentences(language) }

    private func describe(_ outages: [ServiceOutage], _ when: String) -> String {
        guard !outages.isEmpty else {
            return words.pick("aucune coupure \(when)", "no outage \(when)")
        }
        var parts: [String] = outages.map { outage in
            let phases = outage.phases.map {
                "\(words.inAWord($0.kind)) \(seconds($0.end - $0.start))"
            }
            let list = phases.joined(separator: ", ")
            guard let length = outage.length, let uncertainty = outage.uncertainty else {
                return words.pick("coupure sans fin", "outage without end") + " (\(list))"
            }
            return "\(seconds(length)) ± \(milliseconds(uncertainty)) ms (\(list))"
        }
        if outages.count > 4 { parts = Array(parts.prefix(4)) + ["…"] }
        let count = outages.flatMap { [$0.failedConnects, $0.failedRequests] }.sumOfCounts
        return parts.joined(separator: " + ") + " \(when), "
            + words.pick("\(count) essais en échec", "\(count) attempts failed")
    }

    private var rest: String {
        guard !evidence.differences.isEmpty else { return "" }
        return words.pick(" — RESTE : ", " — LEFT: ")
            + evidence.differences.map { $0.sentence[language] }.joined(separator: words.pick(" ; ", "; "))
            + words.pick(". À réparer : bascule restore", ". To mend it: bascule restore")
    }

    private func milliseconds(_ time: Duration) -> String {
        language.number(time / .milliseconds(1), digits: 1)
    }

    private func seconds(_ time: Duration) -> String {
        "\(language.number(time / .seconds(1), digits: 3)) s"
    }
}
