import GraderCore
import Pacemaker

/// What the cluster's history proves of what the sheet asks in words, for the teacher who marks the answers: where the
/// resources first started (Q2, Q7), which failovers were tried (Q6), which tests carried out (Q10).
enum AnswerProofs {
    static func all(_ findings: Findings) -> [QuestionID: AnswerProof] {
        let vip = findings.virtualIP.found?.id
        let web = findings.webResource.found?.id
        let proofs: [(QuestionID, AnswerProof?)] = [
            (Q2.question.id, vip.flatMap { firstStart(of: $0, findings) }),
            (Q6.question.id, vip.map { failovers(of: $0, findings, [standby, shutdown]) }),
            (Q7.question.id, web.flatMap { firstStart(of: $0, findings) }),
            (Q10.question.id, web.map { failovers(of: $0, findings, [standby, shutdown, recovery]) }),
        ]
        return proofs.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    /// Nil where no log has one: it may be older than all of them.
    private static func firstStart(of resource: String, _ findings: Findings) -> AnswerProof? {
        let starts = findings.histories.compactMap { log in
            log.history.firstStart(of: resource).map { (log: log, start: $0) }
        }
        guard let first = starts.min(by: { $0.start.seconds < $1.start.seconds }) else { return nil }
        let source = LocalizedText.log(first.log.source, of: findings.label(first.log.role))
        let (node, time) = (first.start.placement.node, first.start.time)
        return AnswerProof(
            LocalizedText(
                fr: "\(resource) : premier démarrage encore visible sur \(node) (\(source), \(time))",
                en: "\(resource): first start still to be seen on \(node) (\(source), \(time))"),
            facts: [node])
    }

    private typealias Test = @Sendable (ClusterHistory, String, [ClusterHistory]) -> ClusterHistory.Failover?

    private static let standby: Test = { $0.standbyFailover(of: $1, others: $2) }
    private static let shutdown: Test = { $0.shutdownFailover(of: $1, others: $2) }
    private static let recovery: Test = { $0.recovery(of: $1, others: $2) }

    private static func failovers(
        of resource: String, _ findings: Findings, _ tests: [Test]
    ) -> AnswerProof {
        let seen = tests.compactMap { test in HistoryLog.proof(findings) { test($0, resource, $1) } }
        guard !seen.isEmpty else { return AnswerProof(HistoryLog.absence(findings).text, facts: []) }
        let texts = seen.map {
            LocalizedText.failover(
                $0.failover, of: resource, in: $0.log.source, of: findings.label($0.log.role))
        }
        return AnswerProof(texts.joined(), facts: seen.map { "\($0.failover.kind)" })
    }
}
