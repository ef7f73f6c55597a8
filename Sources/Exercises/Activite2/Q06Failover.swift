import GraderCore
import LinuxFacts
import Pacemaker

/// Q6. Test the failover of the address in two ways: the node in standby, the server shut down. Is there a
/// difference?
///
/// What the cluster's own history proves counts as done: the scheduler moved the address off a node because that
/// was in standby, or was shutting down, or had gone, and the move was carried out. History that is missing proves
/// nothing, since logs rotate and virtual machines go back to snapshots: then the question waits for a drill. The
/// written answer is the teacher's to mark. Source: lab sheet, Q6 and document 1, "Test du failover d'IP".
enum Q6 {
    static let question = Question<Findings>(
        "Q6",
        // How long a client may go without the service in a drill; any time that ends where the rubric says nothing.
        parameters: [
            ParameterDefinition("standby-limit", .duration), ParameterDefinition("shutdown-limit", .duration),
            ParameterDefinition("power-loss-limit", .duration),
        ],
        checks: [standby, shutdown],
        probes: { stage, findings in stage == .nodes ? HistoryLog.probes(findings) : [] })

    static let standby = Check<Findings>(
        "Q6.standby", about: Subjects.virtualIP,
        title: LocalizedText(
            fr: "La mise en standby fait basculer l'adresse", en: "Standby makes the address fail over"),
        why: LocalizedText(
            fr: "C'est la façon de préparer une maintenance sans interrompre le service.",
            en: "This is how maintenance is prepared without interrupting the service."),
        seeYourself: "crm node standby <node> ; crm_mon ; crm node online <node>",
        hint: LocalizedText(
            fr: "Mettez en standby le nœud qui porte l'adresse, et laissez tourner crm_mon sur l'autre.",
            en: "Put the node that has the address into standby, with crm_mon running on the other."),
        expected: { _, _ in
            LocalizedText(
                fr: "l'adresse reprise par l'autre nœud quand le sien est mis en standby",
                en: "the address taken over by the other node when its own goes into standby")
        },
        judge: { vip, findings, parameters in
            DrillChecks.deciding(
                tried(findings, vip, isStandby: true) { $0.standbyFailover(of: vip.id, others: $1) },
                [(.standby, parameters.duration("standby-limit"))], findings)
        })

    static let shutdown = Check<Findings>(
        "Q6.shutdown", about: Subjects.virtualIP,
        title: LocalizedText(
            fr: "L'extinction du serveur fait basculer l'adresse",
            en: "Shutting the server down makes the address fail over"),
        why: LocalizedText(
            fr: "Une panne ne prévient pas : l'autre nœud doit reprendre l'adresse de lui-même.",
            en: "A breakdown gives no notice: the other node has to take the address over by itself."),
        seeYourself: "crm_mon",
        hint: LocalizedText(
            fr: "Éteignez le serveur qui porte l'adresse, observez depuis l'autre, puis rallumez-le.",
            en: "Shut down the server that has the address, watch from the other, then start it again."),
        expected: { _, _ in
            LocalizedText(
                fr: "l'adresse reprise par l'autre nœud quand le sien s'éteint",
                en: "the address taken over by the other node when its own is shut down")
        },
        judge: { vip, findings, parameters in
            DrillChecks.deciding(
                tried(findings, vip) { $0.shutdownFailover(of: vip.id, others: $1) },
                [
                    (.shutdown, parameters.duration("shutdown-limit")),
                    (.powerLoss, parameters.duration("power-loss-limit")),
                ], findings)
        })

    private static func tried(
        _ findings: Findings, _ vip: FoundVirtualIP, isStandby: Bool = false,
        _ find: (ClusterHistory, _ others: [ClusterHistory]) -> ClusterHistory.Failover?
    ) -> Judgement {
        if let proof = HistoryLog.proof(findings, find) {
            let node = findings.label(proof.log.role)
            return Judgement(
                .met, .failover(proof.failover, of: vip.id, in: proof.log.source, of: node),
                sources: [ProbeID(proof.log.role, ClusterProbe.history)])
        }
        // Of the two ways only standby leaves a move without a cause.
        let move = isStandby ? HistoryLog.unexplained(findings, moveOf: vip.id) : nil
        let absence = HistoryLog.absence(findings, unexplained: move)
        return Judgement(absence.verdict, absence.text, sources: HistoryLog.sources)
    }
}
