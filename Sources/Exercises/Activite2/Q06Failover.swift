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
struct Q06Failover: QuestionModule {
    let id = QuestionID("Q6")
    let checks = [Q6.standby, Q6.shutdown]
    /// How long a client may go without the service in a drill; any time that ends where the rubric says nothing.
    let parameters = [
        ParameterDefinition("standby-limit", .duration), ParameterDefinition("shutdown-limit", .duration),
        ParameterDefinition("power-loss-limit", .duration),
    ]

    init() {}

    func probes(_ stage: ProbeStage, findings: Findings) -> [Probe] {
        stage == .nodes ? HistoryLog.probes(findings) : []
    }

    func judge(_ findings: Findings, parameters: Parameters) -> [CheckResult] {
        switch findings.virtualIP {
        case .unknown:
            return checks.map {
                $0.result(
                    .notAssessed(.noEvidence), expected: Q6.expected[$0.id] ?? .none,
                    found: .noConfiguration)
            }
        case .absent:
            return checks.map {
                $0.result(
                    .blocked(by: Q1.primitive.id), expected: Q6.expected[$0.id] ?? .none,
                    found: .noVirtualIP)
            }
        case .found(let vip):
            return [
                DrillChecks.deciding(
                    tried(Q6.standby, findings, vip) { $0.standbyFailover(of: vip.id, others: $1) },
                    [(.standby, parameters.duration("standby-limit"))], findings),
                DrillChecks.deciding(
                    tried(Q6.shutdown, findings, vip) { $0.shutdownFailover(of: vip.id, others: $1) },
                    [
                        (.shutdown, parameters.duration("shutdown-limit")),
                        (.powerLoss, parameters.duration("power-loss-limit")),
                    ], findings),
            ]
        }
    }

    private func tried(
        _ check: CheckDefinition, _ findings: Findings, _ vip: FoundVirtualIP,
        _ find: (ClusterHistory, _ others: [ClusterHistory]) -> ClusterHistory.Failover?
    ) -> CheckResult {
        let expected = Q6.expected[check.id] ?? .none
        guard let proof = HistoryLog.proof(findings, find) else {
            let unread = HistoryLog.unread(findings)
            return check.result(
                unread == nil ? .notRequested(.drill) : .notAssessed(.noEvidence), expected: expected,
                found: unread ?? Q6.noTrace, sources: HistoryLog.sources)
        }
        return check.result(
            .met, expected: expected,
            found: .failover(proof.failover, of: vip.id, in: findings.label(proof.role)),
            sources: [ProbeID(proof.role, ClusterProbe.history)])
    }
}

enum Q6 {
    static let standby = CheckDefinition(
        "Q6.standby",
        title: LocalizedText(
            fr: "La mise en standby fait basculer l'adresse", en: "Standby makes the address fail over"),
        why: LocalizedText(
            fr: "C'est la façon de préparer une maintenance sans interrompre le service.",
            en: "This is how maintenance is prepared without interrupting the service."),
        seeYourself: "crm node standby <nœud> ; crm_mon ; crm node online <nœud>",
        hint: LocalizedText(
            fr: "Mettez en standby le nœud qui porte l'adresse, et laissez tourner crm_mon sur l'autre.",
            en: "Put the node that has the address into standby, with crm_mon running on the other."),
        alsoSeenIn: [.drills])
    static let shutdown = CheckDefinition(
        "Q6.shutdown",
        title: LocalizedText(
            fr: "L'extinction du serveur fait basculer l'adresse",
            en: "Shutting the server down makes the address fail over"),
        why: LocalizedText(
            fr: "Une panne ne prévient pas : l'autre nœud doit reprendre l'adresse de lui-même.",
            en: "A breakdown gives no notice: the other node has to take the address over by itself."),
        seeYourself: "crm_mon (sur l'autre nœud pendant l'extinction)",
        hint: LocalizedText(
            fr: "Éteignez le serveur qui porte l'adresse, observez depuis l'autre, puis rallumez-le.",
            en: "Shut down the server that has the address, watch from the other, then start it again."),
        alsoSeenIn: [.drills])

    static let expected: [CheckID: LocalizedText] = [
        standby.id: LocalizedText(
            fr: "l'adresse reprise par l'autre nœud quand le sien est mis en standby",
            en: "the address taken over by the other node when its own goes into standby"),
        shutdown.id: LocalizedText(
            fr: "l'adresse reprise par l'autre nœud quand le sien s'éteint",
            en: "the address taken over by the other node when its own is shut down"),
    ]
    static let noTrace = LocalizedText(
        fr:
            "L'historique du cluster n'en montre pas d'essai (il peut avoir été effacé) : seul un exercice de bascule, "
            + "ou l'enseignant, peut en décider.",
        en:
            "The cluster's history shows no such try (it may have been erased): only a failover drill, or the teacher, "
            + "can decide.")
}
