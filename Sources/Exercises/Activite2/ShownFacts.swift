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
            let first = firstStart(of: vip, findings)
            shown["vip-first-node"] = first.map { node($0, of: vip, findings) }
            shown["vip-first-reason"] = first.flatMap { reason($0, findings) }
            shown["failover-difference"] = difference(of: vip, findings)
        }
        // The sheet's own: who types the site's name is led to the address by it.
        shown["impacted-service"] = ShownFact(
            ["dns"],
            proof: LocalizedText(fr: "le nom du site mène à l'adresse", en: "the site's name leads there"))
        if let web = findings.webResource.found?.id {
            shown["web-first-node"] = firstStart(of: web, findings).map { node($0, of: web, findings) }
            shown["tests"] = tests(of: web, findings)
        }
        return shown
    }

    private typealias First = (log: LoggedHistory, start: ClusterHistory.Start)

    /// Nil where no log has one: it may be older than all of them.
    private static func firstStart(of resource: String, _ findings: Findings) -> First? {
        let starts = findings.histories.compactMap { log in
            log.history.firstStart(of: resource).map { (log: log, start: $0) }
        }
        return starts.min { $0.start.seconds < $1.start.seconds }
    }

    /// A node whose log does not go back to the beginning may have had an earlier one.
    private static func isTheFirst(_ findings: Findings) -> Bool {
        MachineID.pair.allSatisfy { findings.logs[$0]?.reach == .whole }
    }

    private static func node(_ first: First, of resource: String, _ findings: Findings) -> ShownFact {
        let node = first.start.placement.node
        let role = findings.role(named: node)
        let source = LocalizedText.log(first.log.source, of: findings.label(first.log.role))
        let isTheFirst = isTheFirst(findings)
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

    /// Whether a location was there before it; nil where no log tells.
    private static func reason(_ first: First, _ findings: Findings) -> ShownFact? {
        guard isTheFirst(findings), let settings = first.log.history.locationSettings else { return nil }
        let source = LocalizedText.log(first.log.source, of: findings.label(first.log.role))
        return settings.contains { $0 <= first.start.seconds }
            ? ShownFact(
                [preference],
                proof: LocalizedText(
                    fr: "une contrainte de placement était là avant (\(source))",
                    en: "a location was there before (\(source))"))
            : ShownFact(
                [noPreference],
                proof: LocalizedText(
                    fr: "aucune contrainte de placement avant (\(source))",
                    en: "no location before (\(source))"))
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
