import GraderCore
import Pacemaker

/// What the evidence shows of what the sheet asks in words, for the teacher who marks the answers: where the resources
/// first started and why (Q2, Q7), which service hangs on the address (Q5), which failovers were tried and what they did
/// (Q6), which tests were carried out (Q10).
enum ShownFacts {
    static let facts = [
        AnswerFact("vip-first-node", of: Q2.question.id, values: MachineID.pair.map(\.rawValue)),
        AnswerFact("vip-first-reason", of: Q2.question.id, values: [noPreference, preference]),
        AnswerFact("impacted-service", of: Q5.question.id, values: ["dns", "dhcp", "web", "ssh"]),
        AnswerFact("failover-difference", of: Q6.question.id, values: ["same", "node-state"]),
        AnswerFact("web-first-node", of: Q7.question.id, values: MachineID.pair.map(\.rawValue)),
        AnswerFact(
            "tests", of: Q10.question.id, values: ["standby", "shutdown", "service"], isSeveral: true),
    ]
    private static let noPreference = "no-preference"
    private static let preference = "preference"

    static func all(_ findings: Findings) -> [String: ShownFact] {
        var shown: [String: ShownFact] = [:]
        if let vip = findings.virtualIP.found?.id {
            let starts = firstStarts(of: vip, findings)
            shown["vip-first-node"] = node(starts, of: vip, findings)
            shown["vip-first-reason"] = reason(starts, findings)
            shown["failover-difference"] = difference(of: vip, findings)
        }
        // The sheet's own, wherever the names of this pair lead: that is judged by itself.
        shown["impacted-service"] = ShownFact(
            ["dns"],
            proof: LocalizedText(
                fr: "c'est le nom du site qui doit mener à l'adresse virtuelle",
                en: "it is the site's name that has to lead to the virtual IP"))
        if let web = findings.webResource.found?.id {
            shown["web-first-node"] = node(firstStarts(of: web, findings), of: web, findings)
            shown["tests"] = tests(of: web, findings)
        }
        return shown
    }

    private typealias First = (log: LoggedHistory, start: ClusterHistory.Start)

    /// Each log's, the earliest first; none where no log has one: it may be older than all of them.
    private static func firstStarts(of resource: String, _ findings: Findings) -> [First] {
        findings.histories.compactMap { log in
            log.history.firstStart(of: resource).map { (log: log, start: $0) }
        }.sorted { $0.start.seconds < $1.start.seconds }
    }

    /// Seconds: a log's times do not say the year, so that what lies further apart may be the other way round.
    private static let longestSpan = 180 * 86_400

    /// Whether the first of them is the first of all. A node whose log does not go back to the beginning may have had an
    /// earlier one, and clocks that are apart, or the turn of a year, order them wrongly.
    private static func isTheFirst(_ starts: [First], _ findings: Findings) -> Bool {
        guard let first = starts.first, let last = starts.last else { return false }
        return MachineID.pair.allSatisfy { findings.logs[$0]?.reach == .whole }
            && findings.clocksMayAgree(.serv1, .serv2)
            && last.start.seconds - first.start.seconds < longestSpan
    }

    private static func node(
        _ starts: [First], of resource: String, _ findings: Findings
    ) -> ShownFact? {
        guard let first = starts.first else { return nil }
        let node = first.start.placement.node
        let role = findings.role(named: node)
        let source = LocalizedText.log(first.log.source, of: findings.label(first.log.role))
        let isTheFirst = isTheFirst(starts, findings)
        let seen =
            isTheFirst
            ? LocalizedText(verbatim: "") : LocalizedText(fr: " encore visible", en: " still to be seen")
        // Either name: the sheet's is what the students read, the cluster's what the commands print.
        let words = MachineID.pair.map {
            ($0.rawValue, [$0.rawValue] + [findings.names[$0]].compactMap(\.self))
        }
        return ShownFact(
            isTheFirst ? Set([role?.rawValue].compactMap(\.self)) : [],
            words: Dictionary(words, uniquingKeysWith: { first, _ in first }),
            proof: LocalizedText(
                fr: "\(resource) : premier démarrage\(seen.fr) sur \(node) (\(source), \(first.start.time))",
                en: "\(resource): first start\(seen.en) on \(node) (\(source), \(first.start.time))"))
    }

    /// That no location was made before it; one that was may have been removed again, which is not collected. Nil where no
    /// log tells.
    private static func reason(_ starts: [First], _ findings: Findings) -> ShownFact? {
        guard isTheFirst(starts, findings), let first = starts.first,
            let settings = first.log.history.locationSettings,
            settings.allSatisfy({ abs($0 - first.start.seconds) < longestSpan })
        else { return nil }
        let source = LocalizedText.log(first.log.source, of: findings.label(first.log.role))
        guard settings.contains(where: { $0 <= first.start.seconds }) else {
            return ShownFact(
                [noPreference],
                proof: LocalizedText(
                    fr: "aucune contrainte de placement avant (\(source))",
                    en: "no location before (\(source))"))
        }
        return ShownFact(
            [],
            proof: LocalizedText(
                fr: "une contrainte de placement a été faite avant (\(source))",
                en: "a location was made before (\(source))"))
    }

    private typealias Test = @Sendable (ClusterHistory, String, [ClusterHistory]) -> ClusterHistory.Failover?

    private static let standby: Test = { $0.standbyFailover(of: $1, others: $2) }
    private static let shutdown: Test = { $0.shutdownFailover(of: $1, others: $2) }
    private static let recovery: Test = { $0.recovery(of: $1, others: $2) }

    /// In both the resource goes to the other node; one leaves the node in the cluster, the other does not. Nothing is
    /// shown where one of them was not tried.
    private static func difference(of vip: String, _ findings: Findings) -> ShownFact {
        let seen = failovers(of: vip, findings, [standby, shutdown])
        return ShownFact(seen.count == 2 ? ["same", "node-state"] : [], proof: told(seen, of: vip, findings))
    }

    private static func tests(of web: String, _ findings: Findings) -> ShownFact {
        let seen = failovers(of: web, findings, [standby, shutdown, recovery])
        let values = seen.map { seen in
            switch seen.failover.kind {
            case .standby: "standby"
            case .shutdown, .loss: "shutdown"
            case .recovery: "service"
            }
        }
        return ShownFact(Set(values), proof: told(seen, of: web, findings))
    }

    private typealias Seen = (log: LoggedHistory, failover: ClusterHistory.Failover)

    private static func failovers(of resource: String, _ findings: Findings, _ tests: [Test]) -> [Seen] {
        tests.compactMap { test in HistoryLog.proof(findings) { test($0, resource, $1) } }
    }

    private static func told(_ seen: [Seen], of resource: String, _ findings: Findings) -> LocalizedText {
        guard !seen.isEmpty else { return HistoryLog.absence(findings).text }
        return seen.map {
            LocalizedText.failover(
                $0.failover, of: resource, in: $0.log.source, of: findings.label($0.log.role))
        }.joined()
    }
}
