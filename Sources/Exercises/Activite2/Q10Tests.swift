import GraderCore
import LinuxFacts
import Pacemaker

/// Q10. Which tests could you make to verify the solution?
///
/// The sheet names two problems: the server is out of service, and only the web service is. Both count as tried
/// where the cluster's own history proves it: the web service moved off a node in standby, shut down or lost; and
/// Pacemaker mended a failed web service. What history does not show waits for a drill or for the teacher, who also
/// marks the written answer. Source: lab sheet, Q10 and document 1, "Test de la solution".
struct Q10Tests: QuestionModule {
    let id = QuestionID("Q10")
    let checks = [Q10.performed]
    /// How long a client may go without the service in a drill; any time that ends where the rubric says nothing.
    let parameters = [ParameterDefinition("drill-limit", .duration)]

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] {
        stage == .nodes ? HistoryLog.probes(findings) : []
    }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        func result(_ verdict: Verdict, _ found: LocalizedText) -> [CheckResult] {
            [
                Q10.performed.result(
                    verdict, expected: Q10.expected, found: found, sources: HistoryLog.sources)
            ]
        }
        let web: FoundWebResource
        switch findings.webResource {
        case .unknown: return result(.notAssessed(.noEvidence), .noConfiguration)
        case .absent: return result(.blocked(by: Q7.primitive.id), Q8.noResource)
        case .found(let found): web = found
        }
        let server = HistoryLog.proof(findings) {
            $0.shutdownFailover(of: web.id, others: $1) ?? $0.standbyFailover(of: web.id, others: $1)
        }
        let service = HistoryLog.proof(findings) { $0.recovery(of: web.id, others: $1) }
        let said = [server, service].compactMap { proof in
            proof.map { LocalizedText.failover($0.failover, of: web.id, in: findings.label($0.role)) }
        }
        let seen = H0.list(said)
        // A drill is the same test, made for the student: whether the solution passes it is what the test is for.
        let limit = parameters.duration("drill-limit")
        let drilled = DrillChecks.passed(
            [[.shutdown, .powerLoss, .standby], [.serviceBroken, .serviceStop]], within: limit, findings)
        if let drilled { return result(drilled.verdict, drilled.found) }
        if server == nil || service == nil, let unread = HistoryLog.unread(findings) {
            return result(.notAssessed(.noEvidence), said.isEmpty ? unread : seen + Q8.separator + unread)
        }
        switch (server, service) {
        case (_?, _?): return result(.met, seen)
        case (_?, nil): return result(.notRequested(.drill), seen + Q10.noServiceTest)
        case (nil, _?): return result(.notRequested(.drill), seen + Q10.noServerTest)
        case (nil, nil): return result(.notRequested(.drill), Q6.noTrace)
        }
    }
}

enum Q10 {
    static let performed = CheckDefinition(
        "Q10.performed",
        title: LocalizedText(fr: "Les tests ont été faits", en: "The tests were carried out"),
        why: LocalizedText(
            fr: "Une haute disponibilité jamais éprouvée n'est qu'une supposition.",
            en: "High availability that was never tried is a guess."),
        seeYourself: "crm_mon -1 -f -t",
        hint: LocalizedText(
            fr: "Document 1, « Test de la solution » : quels sont les deux problèmes à provoquer ?",
            en: "Document 1, “Test de la solution”: which two problems are to be provoked?"),
        alsoSeenIn: [.drills])

    static let expected = LocalizedText(
        fr: "un serveur mis hors service, puis le seul service web, et le cluster qui réagit",
        en: "a server put out of service, then the web service alone, and the cluster reacting")
    static let noServiceTest = LocalizedText(
        fr: " ; pas de trace d'une panne du seul service web",
        en: "; no trace of a failure of the web service alone")
    static let noServerTest = LocalizedText(
        fr: " ; pas de trace d'un serveur hors service portant le service web",
        en: "; no trace of a server out of service that had the web service")
}
