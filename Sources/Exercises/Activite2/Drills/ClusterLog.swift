import GraderCore
import Pacemaker

extension DrillLogEntry {
    /// A line of the cluster's log in words.
    init(_ entry: ClusterLog.Entry) {
        let (subject, detail) = (entry.subject, entry.detail)
        let what: LocalizedText =
            switch entry.kind {
            case .tokenLost:
                .init(fr: "plus de nouvelles de l'autre nœud", en: "nothing heard of the other node any more")
            case .nodeLost: .init(fr: "\(subject) tenu pour perdu", en: "\(subject) counted as lost")
            case .nodeBack:
                .init(fr: "\(subject) de nouveau dans le cluster", en: "\(subject) back in the cluster")
            case .standbyOn: .init(fr: "\(subject) en standby", en: "\(subject) on standby")
            case .standbyOff: .init(fr: "\(subject) n'est plus en standby", en: "\(subject) off standby")
            case .moveDecided:
                .init(
                    fr: "décide de déplacer \(subject) (\(detail))",
                    en: "decides to move \(subject) (\(detail))")
            case .recoveryDecided:
                .init(
                    fr: "décide de rétablir \(subject) (\(detail))",
                    en: "decides to recover \(subject) (\(detail))")
            case .startDecided:
                .init(
                    fr: "décide de démarrer \(subject) (\(detail))",
                    en: "decides to start \(subject) (\(detail))")
            case .stopDecided:
                .init(
                    fr: "décide d'arrêter \(subject) (\(detail))",
                    en: "decides to stop \(subject) (\(detail))")
            case .stopped: .init(fr: "\(subject) arrêté", en: "\(subject) stopped")
            case .started: .init(fr: "\(subject) démarré", en: "\(subject) started")
            case .failed: .init(fr: "\(subject) en échec (\(detail))", en: "\(subject) failed (\(detail))")
            }
        let decisions: Set<ClusterLog.Entry.Kind> = [
            .moveDecided, .recoveryDecided, .startDecided, .stopDecided,
        ]
        self.init(
            microseconds: entry.microseconds, what: what,
            isDecision: decisions.contains(entry.kind))
    }
}
