import GraderCore
import LinuxFacts
import Pacemaker

/// Q10. Which tests could you make to verify the solution?
///
/// The sheet names two problems: the server is out of service, and only the web service is. Both count as tried
/// where the cluster's own history proves it: the web service moved off a node in standby, shut down or lost; and
/// Pacemaker mended a failed web service. What history does not show waits for a drill or for the teacher, who also
/// marks the written answer. Source: lab sheet, Q10 and document 1, "Test de la solution".
enum Q10 {
    static let question = Question<Findings>(
        "Q10",
        // How long a client may go without the service in a drill; any time that ends where the rubric says nothing.
        parameters: [ParameterDefinition("drill-limit", .duration)], checks: [performed],
        probes: { stage, findings in stage == .nodes ? HistoryLog.probes(findings) : [] })

    static let performed = Check<Findings>(
        "Q10.performed", about: Subjects.webServer,
        title: LocalizedText(fr: "Les tests ont été faits", en: "The tests were carried out"),
        why: LocalizedText(
            fr: "Une haute disponibilité jamais éprouvée n'est qu'une supposition.",
            en: "High availability that was never tried is a guess."),
        seeYourself: "crm_mon -1 -f -t",
        hint: LocalizedText(
            fr: "Document 1, « Test de la solution » : quels sont les deux problèmes à provoquer ?",
            en: "Document 1, “Test de la solution”: which two problems are to be provoked?"),
        sources: HistoryLog.sources,
        expected: { _, _ in
            LocalizedText(
                fr: "un serveur mis hors service, puis le seul service web, et le cluster qui réagit",
                en: "a server put out of service, then the web service alone, and the cluster reacting")
        },
        judge: { web, findings, parameters in
            let server =
                HistoryLog.proof(findings) { $0.shutdownFailover(of: web.id, others: $1) }
                ?? HistoryLog.proof(findings) { $0.standbyFailover(of: web.id, others: $1) }
            let service = HistoryLog.proof(findings) { $0.recovery(of: web.id, others: $1) }
            let said = [server, service].compactMap { proof in
                proof.map {
                    LocalizedText.failover(
                        $0.failover, of: web.id, in: $0.log.source, of: findings.label($0.log.role))
                }
            }
            let seen = said.joined()
            // A drill is the same test, made for the student: whether the solution passes it is what the test is for.
            let limit = parameters.duration("drill-limit")
            let drilled = DrillChecks.passed(
                [[.shutdown, .powerLoss, .standby], [.serviceBroken, .serviceStop]], within: limit, findings)
            if let drilled { return drilled }
            let absence = HistoryLog.absence(findings)
            if server == nil || service == nil, absence.verdict == .notAssessed(.noEvidence) {
                return .unseen(said.isEmpty ? absence.text : [seen, absence.text].joined())
            }
            return switch (server, service) {
            case (_?, _?): Judgement(.met, seen)
            case (_?, nil): Judgement(.notRequested(.drill), seen + noServiceTest)
            case (nil, _?): Judgement(.notRequested(.drill), seen + noServerTest)
            case (nil, nil): Judgement(absence.verdict, absence.text)
            }
        })

    private static let noServiceTest = LocalizedText(
        fr: " ; pas de trace d'une panne du seul service web",
        en: "; no trace of a failure of the web service alone")
    private static let noServerTest = LocalizedText(
        fr: " ; pas de trace d'un serveur hors service portant le service web",
        en: "; no trace of a server out of service that had the web service")
}
