import GraderCore
import Pacemaker

extension DrillLogEntry {
    /// A line of the cluster's log in words.
    init(_ entry: ClusterLog.Entry) {
        let (subject, detail) = (entry.subject, entry.detail)
        let (fr, en) =
            switch entry.kind {
            case .tokenLost:
                ("plus de nouvelles de l'autre nœud", "nothing heard of the other node any more")
            case .nodeLost: ("\(subject) tenu pour perdu", "\(subject) counted as lost")
            case .nodeBack: ("\(subject) de nouveau dans le cluster", "\(subject) back in the cluster")
            case .standbyOn: ("\(subject) en standby", "\(subject) on standby")
            case .standbyOff: ("\(subject) n'est plus en standby", "\(subject) off standby")
            case .moveDecided:
                ("décide de déplacer \(subject) (\(detail))", "decides to move \(subject) (\(detail))")
            case .recoveryDecided:
                ("décide de rétablir \(subject) (\(detail))", "decides to recover \(subject) (\(detail))")
            case .startDecided:
                ("décide de démarrer \(subject) (\(detail))", "decides to start \(subject) (\(detail))")
            case .stopDecided:
                ("décide d'arrêter \(subject) (\(detail))", "decides to stop \(subject) (\(detail))")
            case .stopped: ("\(subject) arrêté", "\(subject) stopped")
            case .started: ("\(subject) démarré", "\(subject) started")
            case .failed: ("\(subject) en échec (\(detail))", "\(subject) failed (\(detail))")
            }
        let decisions: Set<ClusterLog.Entry.Kind> = [
            .moveDecided, .recoveryDecided, .startDecided, .stopDecided,
        ]
        self.init(
            microseconds: entry.microseconds, what: LocalizedText(fr: fr, en: en),
            isDecision: decisions.contains(entry.kind))
    }
}
