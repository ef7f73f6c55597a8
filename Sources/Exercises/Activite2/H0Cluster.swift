import GraderCore
import Pacemaker

/// H0. The health of the cluster under all questions: what the sheet before this one leaves behind, and what a
/// working pair needs whatever was configured.
///
/// Named first in the report, worth at most what the rubric's `prerequisites` section says (nothing by default:
/// advice). A question's live points that a fault of here prevents are `blocked` by it and left for the teacher to
/// decide; they are not lost a second time.
enum H0 {
    static let question = Question<Findings>(
        "H0",
        checks: [
            nodesOnline, quorum, fencing, managed, noFailures, valid, noGhost, noClone, boot, interface,
            agents, webConfiguration, site,
        ],
        probes: { stage, findings in stage == .nodes ? HealthProbe.all(findings) : [] })

    static let nodesOnline = Check<Findings>(
        "H0.nodes-online",
        title: LocalizedText(fr: "Les deux nœuds sont en ligne", en: "Both nodes are online"),
        why: LocalizedText(
            fr: "Avec un seul nœud en ligne il n'y a pas de secours.",
            en: "With one node online there is no backup."),
        seeYourself: "crm_mon -1",
        hint: LocalizedText(
            fr:
                "La machine est-elle allumée, et que disent « systemctl status corosync pacemaker » sur elle ?",
            en: "Is the machine on, and what does “systemctl status corosync pacemaker” say there?"),
        expected: { _, _ in LocalizedText(fr: "deux nœuds en ligne", en: "two nodes online") },
        judge: { findings, _ in
            if let unseen = findings.unseenStatus { return .unseen(unseen) }
            let sources = findings.statusSources
            // Guests that were once configured and never came are the ghost check's business.
            let ghosts = findings.ghostNodes
            let away = Set(
                findings.statuses.values.flatMap { status in
                    status.nodes.filter { !$0.isOnline && !ghosts.containsNode($0.name) }.map(\.name)
                }
            ).sorted()
            if findings.isSplit { return Judgement(.notMet, eachSeesItselfAlone, sources: sources) }
            if !away.isEmpty {
                return Judgement(.notMet, offline(away), sources: sources)
            }
            let count = findings.statuses.values.map { $0.nodes.count { $0.isOnline } }.min() ?? 0
            let names = Set(findings.statuses.values.flatMap { $0.nodes.filter(\.isOnline).map(\.name) })
                .sorted()
            return Judgement(count >= 2 ? .met : .notMet, online(names), sources: sources)
        })

    static func online(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(fr: "en ligne : \(nodes)", en: "online: \(nodes)")
    }
    private static func offline(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(fr: "hors ligne : \(nodes)", en: "offline: \(nodes)")
    }
    static let eachSeesItselfAlone = LocalizedText(
        fr: "chacun des deux nœuds est en ligne, mais croit l'autre hors ligne",
        en: "each of the two nodes is online, but believes the other to be offline")

    static let quorum = Check<Findings>(
        "H0.quorum",
        title: LocalizedText(fr: "Le cluster a le quorum", en: "The cluster has quorum"),
        why: LocalizedText(
            fr: "Sans quorum, Pacemaker arrête toutes les ressources.",
            en: "Without quorum Pacemaker stops all resources."),
        seeYourself: "crm_mon -1 ; corosync-quorumtool -s",
        hint: LocalizedText(
            fr:
                "Deux nœuds ne font pas une majorité si l'un manque : que dit la section quorum de corosync.conf ?",
            en:
                "Two nodes are no majority when one is missing: what does corosync.conf say in its quorum section?"
        ),
        expected: { _, _ in LocalizedText(fr: "le quorum", en: "quorum") },
        judge: { findings, _ in
            if let unseen = findings.unseenStatus { return .unseen(unseen) }
            let said = findings.statuses.values.compactMap(\.hasQuorum)
            guard !said.isEmpty else { return .unseen(findings.unreadStatus) }
            let holds = said.allSatisfy { $0 }
            return Judgement(
                holds ? .met : .notMet, holds ? withQuorum : withoutQuorum,
                sources: findings.statusSources)
        })

    private static let withQuorum = LocalizedText(fr: "quorum atteint", en: "with quorum")
    private static let withoutQuorum = LocalizedText(
        fr: "les nœuds qui répondent n'ont pas le quorum", en: "the nodes that answer have no quorum")

    static let noGhost = Check<Findings>(
        "H0.no-ghost",
        title: LocalizedText(fr: "Aucun nœud fantôme", en: "No ghost node"),
        why: LocalizedText(
            fr: "Un nœud qui n'existe pas fausse le compte des votes et encombre crm_mon.",
            en: "A node that does not exist spoils the count of votes and clutters crm_mon."),
        seeYourself: "crm_mon -1 ; crm node show",
        hint: LocalizedText(
            fr: "D'où vient un nœud de plus ? Comparez avec le corosync.conf d'origine de Debian.",
            en: "Where does one node more come from? Compare with Debian's original corosync.conf."),
        expected: { _, _ in
            LocalizedText(
                fr: "les deux nœuds de la paire et aucun autre", en: "the pair's two nodes and no other")
        },
        judge: { findings, _ in
            guard !findings.configurations.isEmpty else { return .unseen(findings.unreadConfiguration) }
            let ghosts = findings.ghostNodes
            let names = Set(findings.configurations.flatMap { $0.configuration.nodes.map(\.name) }).sorted()
            return Judgement(
                ghosts.isEmpty ? .met : .notMet, ghosts.isEmpty ? joined(names) : H0.ghosts(ghosts),
                sources: findings.configurations.map(\.probe))
        })

    static func ghosts(_ names: [String]) -> LocalizedText {
        let nodes = joined(names)
        return LocalizedText(
            fr: "en trop dans la configuration : \(nodes)",
            en: "too many in the configuration: \(nodes)")
    }

    static let noFailures = Check<Findings>(
        "H0.no-failures",
        title: LocalizedText(fr: "Aucune action en échec", en: "No failed action"),
        why: LocalizedText(
            fr: "Un nœud sur lequel une ressource a échoué peut lui rester interdit jusqu'au nettoyage.",
            en: "A node on which a resource failed may stay closed to it until that is cleaned up."),
        seeYourself: "crm_mon -1 -f",
        hint: LocalizedText(
            fr: """
                Le motif de l'échec, ou à défaut le journal du service sur ce nœud, dit où chercher la cause. Une fois \
                celle-ci corrigée, le document 2 dit comment effacer les erreurs.
                """,
            en: """
                The reason of the failure, or else the service's log on that node, says where to look for the cause. \
                Once that is mended, document 2 says how to clear the errors.
                """),
        expected: { _, _ in LocalizedText(fr: "aucune action en échec", en: "no failed action") },
        judge: { findings, _ in
            if let unseen = findings.unseenStatus { return .unseen(unseen) }
            var lines: [LocalizedText] = []
            for status in findings.statuses.values {
                for failure in status.failures where !Self.isMissingAgent(failure) {
                    let line = Self.sentence(failure)
                    if !lines.contains(line) { lines.append(line) }
                }
            }
            lines.sort { $0.en < $1.en }
            return Judgement(
                lines.isEmpty ? .met : .notMet,
                lines.isEmpty ? noFailure : lines.prefix(4).joined(),
                sources: findings.statusSources)
        })

    /// `the action start of serviceWeb failed on serv1: …`
    private static func sentence(_ failure: ClusterStatus.Failure) -> LocalizedText {
        // The key is `<resource>_<action>_<interval in ms>`; crm_mon names the action apart in its newer forms only.
        let action = failure.operationKey.dropFirst(failure.resource.count + 1).prefix { $0 != "_" }
        // Pacemaker 2.1 escapes the agent's words twice.
        let reason = [("&apos;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
            .reduce(failure.exitReason ?? failure.exitStatus ?? failure.status ?? "") {
                $0.replacing($1.0, with: $1.1)
            }
        return failed(
            action.isEmpty ? failure.operationKey : String(action), failure.resource, failure.node, reason)
    }

    /// A probe that found no agent (rc 5): Pacemaker 2.0 lists it among the failures, later ones do not, and what is
    /// missing has a check of its own, `agents`.
    private static func isMissingAgent(_ failure: ClusterStatus.Failure) -> Bool {
        failure.exitCode == 5 && failure.operationKey.hasSuffix("_monitor_0")
    }

    private static let noFailure = LocalizedText(fr: "aucune", en: "none")
    static func failed(_ action: String, _ resource: String, _ node: String, _ reason: String)
        -> LocalizedText
    {
        let what = LocalizedText(
            fr: "l'action « \(action) » de \(resource) a échoué sur \(node)",
            en: "the action “\(action)” of \(resource) failed on \(node)")
        return reason.isEmpty ? what : LocalizedText(fr: "\(what) : \(reason)", en: "\(what): \(reason)")
    }
}
