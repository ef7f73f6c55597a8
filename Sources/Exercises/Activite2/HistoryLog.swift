import GraderCore
import LinuxFacts
import Pacemaker

/// What Pacemaker's logs on each node say has happened, wherever they are kept; nothing of what a student typed.
enum HistoryLog {
    static func probes(_ findings: Findings) -> [Probe] {
        findings.reached.map { Activite2Probes.shell($0, ClusterProbe.history, script, outputLimit: 4 << 20) }
    }

    static let sources = MachineID.pair.map { ProbeID($0, ClusterProbe.history) }

    /// The first proof that any log has, the others beside it. Where nobody knows whether the nodes' clocks agree, it has
    /// to be one whether they do or not.
    static func proof(
        _ findings: Findings,
        _ find: (ClusterHistory, _ others: [ClusterHistory]) -> ClusterHistory.Failover?
    ) -> (log: LoggedHistory, failover: ClusterHistory.Failover)? {
        var tells: [MachineID: (_ loss: Int) -> Bool] = [:]
        for role in MachineID.pair { tells[role] = ownLogTells(of: role, findings) }
        let logs = findings.histories.map { log in
            var log = log
            log.history.keepLosses { node, seconds in
                findings.role(named: node).flatMap { tells[$0]?(seconds) } ?? false
            }
            return log
        }
        return first(of: logs, findings, find).map { (log: $0.log, failover: $0.found) }
    }

    /// The same for any proof, in logs of which drills need not be left out.
    static func first<Proof>(
        of logs: [LoggedHistory], _ findings: Findings,
        _ find: (ClusterHistory, _ others: [ClusterHistory]) -> Proof?
    ) -> (log: LoggedHistory, found: Proof)? {
        for (index, log) in logs.enumerated() {
            let others = logs.enumerated().filter { $0.offset != index }.map(\.element)
            let readable = others.filter { findings.clocksMayAgree($0.role, log.role) }
            guard let found = find(log.history, readable.map(\.history)) else { continue }
            if findings.areClocksKnown || find(log.history, others.map(\.history)) != nil {
                return (log, found)
            }
        }
        return nil
    }

    /// A node that was only cut off is lost like one that was switched off: its own log tells them apart, if it was read
    /// and goes back that far, for then it lost the other too. Only whether that was at the same time cannot be told where
    /// the clocks are apart; one that never lost the other was off by any clock.
    private static func ownLogTells(of role: MachineID, _ findings: Findings) -> ((_ loss: Int) -> Bool)? {
        guard let log = findings.logs[role] else { return nil }
        if findings.areClocksKnown, !findings.clocksMayAgree(role, role.peer) {
            let other = findings.names[role.peer]
            let hasLost = findings.histories.contains { log in
                log.role == role && other.map { log.history.hasLost($0) } ?? true
            }
            if hasLost { return nil }
        }
        let (goesBackBeyond, lead) = (log.goesBackBeyond, findings.peerLead(over: role))
        return { goesBackBeyond($0 - lead) }
    }
}

extension LocalizedText {
    /// `serv1 en standby, IPFailover démarre sur serv2 (pacemaker.log de serv2, Nov 22 18:13:18)`.
    /// - Parameter node: whose log it is.
    static func failover(
        _ failover: ClusterHistory.Failover, of resource: String, in log: LogSource, of node: String
    ) -> LocalizedText {
        let cause: LocalizedText
        switch failover.kind {
        case .standby:
            cause = LocalizedText(fr: "\(failover.from) en standby", en: "\(failover.from) in standby")
        case .shutdown:
            // Pacemaker writes the same of both.
            cause = LocalizedText(
                fr: "\(failover.from) quitte le cluster (éteint, ou Pacemaker arrêté)",
                en: "\(failover.from) leaves the cluster (shut down, or Pacemaker stopped)")
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
        let source = LocalizedText.log(log, of: node)
        return LocalizedText(
            fr: "\(cause), \(effect) (\(source), \(failover.time))",
            en: "\(cause), \(effect) (\(source), \(failover.time))")
    }

    /// `pacemaker.log de serv2`, `journal de serv2`, `/var/log/ha.log de serv2`.
    static func log(_ log: LogSource, of node: String) -> LocalizedText {
        switch log.kind {
        case .journal: return LocalizedText(fr: "journal de \(node)", en: "\(node)'s journal")
        case .syslog: return LocalizedText(fr: "\(log.path) de \(node)", en: "\(node)'s \(log.path)")
        case .file where log.path == "/var/log/pacemaker/pacemaker.log":
            return LocalizedText(fr: "pacemaker.log de \(node)", en: "\(node)'s pacemaker.log")
        case .file: return LocalizedText(fr: "\(log.path) de \(node)", en: "\(node)'s \(log.path)")
        }
    }
}
