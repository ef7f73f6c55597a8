import GraderCore
import LinuxFacts
import Pacemaker

/// What Pacemaker's log on each node says has happened. Only the scheduler's decisions, the results of starts and
/// stops, and the coming and going of nodes are collected; nothing of what a student typed.
enum HistoryLog {
    /// The four newest logs, rotated ones included, at most 8 MB of each; `-type f` keeps a FIFO from holding us up.
    /// Pacemaker writes the same words since 1.1.17; before 2.0 its log was elsewhere.
    private static let script = """
        journalctl -q --no-pager -o short -n 400 -t bascule 2>/dev/null | LC_ALL=C grep -a ': drill ' | cut -c 1-120
        find /var/log/pacemaker /var/log/pacemaker.log /var/log/cluster -maxdepth 1 -type f -size -20M \\
        \\( -name 'pacemaker.log*' -o -name 'corosync.log*' \\) -printf '%T@ %p\\n' 2>/dev/null \\
        | sort -n | tail -n 4 | cut -d ' ' -f 2- | while read -r log; do
        case "$log" in *.gz) gzip -dc "$log" ;; *) cat "$log" ;; esac 2>/dev/null | tail -c 8388608
        done | LC_ALL=C grep -aE -e '(schedulerd|pengine).*( is (in )?standby|Calculated transition|(Actions:|[*]) +(Move|Recover|Start|Shutdown) )' \\
        -e '(based|cib).*(name="standby" value=|-standby.[]])' \\
        -e '(controld|crmd).*(Result of (start|stop) operation for|Cluster node .* is now (lost|member))' \\
        | cut -c 1-320 | tail -n 3000
        """

    static func probes(_ findings: Findings) -> [Probe] {
        findings.reached.map { Activite2Probes.shell($0, ClusterProbe.history, script, outputLimit: 1 << 20) }
    }

    static let sources = MachineID.pair.map { ProbeID($0, ClusterProbe.history) }

    /// The first proof that any node's log has, the other's beside it.
    static func proof(
        _ findings: Findings,
        _ find: (ClusterHistory, _ others: [ClusterHistory]) -> ClusterHistory.Failover?
    ) -> (role: MachineID, failover: ClusterHistory.Failover)? {
        for (role, history) in findings.histories {
            let others = findings.histories.filter {
                $0.role != role && findings.clocksMayAgree($0.role, role)
            }
            if let failover = find(history, others.map(\.history)) { return (role, failover) }
        }
        return nil
    }
}

extension HistoryLog {
    /// What to say where no proof was found and a node's log was not read, so that it may have one; nil where both
    /// were.
    static func unread(_ findings: Findings) -> LocalizedText? {
        let unread = MachineID.pair.filter { role in !findings.histories.contains { $0.role == role } }
        guard !unread.isEmpty else { return nil }
        let names = joined(unread.map(findings.label))
        return LocalizedText(
            fr: "L'historique du cluster n'a pas pu être lu sur \(names) : un essai peut y figurer.",
            en: "The cluster's history could not be read on \(names): a try may be in it.")
    }
}

extension LocalizedText {
    /// `nov. 22 18:13:18, journal de serv2 : IPFailover passe de serv1 à serv2 (…)`.
    static func failover(
        _ failover: ClusterHistory.Failover, of resource: String, in log: String
    ) -> LocalizedText {
        let cause: LocalizedText
        switch failover.kind {
        case .standby:
            cause = LocalizedText(fr: "\(failover.from) en standby", en: "\(failover.from) in standby")
        case .shutdown:
            cause = LocalizedText(fr: "\(failover.from) s'éteint", en: "\(failover.from) shuts down")
        case .loss: cause = LocalizedText(fr: "\(failover.from) disparaît", en: "\(failover.from) is lost")
        case .recovery:
            cause = LocalizedText(
                fr: "panne de \(resource) sur \(failover.from)",
                en: "\(resource) failed on \(failover.from)")
        }
        let effect =
            failover.kind == .recovery && failover.from == failover.to
            ? LocalizedText(fr: "relancée sur place", en: "restarted in place")
            : LocalizedText(
                fr: "\(resource) démarre sur \(failover.to)", en: "\(resource) starts on \(failover.to)")
        return LocalizedText(
            fr: "\(cause), \(effect) (pacemaker.log de \(log), \(failover.time))",
            en: "\(cause), \(effect) (\(log)'s pacemaker.log, \(failover.time))")
    }
}
