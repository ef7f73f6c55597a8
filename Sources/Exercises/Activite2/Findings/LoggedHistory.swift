import GraderCore
import Pacemaker

/// What one log of one node says has happened in the cluster.
struct LoggedHistory: Sendable {
    var role: MachineID
    var source: LogSource
    var history: ClusterHistory

    /// - Parameter withoutDrills: whether to pass over what happened while a drill was running, by either node's word.
    static func all(_ logs: [MachineID: NodeLog], withoutDrills: Bool) -> [LoggedHistory] {
        let marks = MachineID.pair.compactMap { logs[$0] }.map { (lines: $0.marks, zone: $0.zone) }
        let drills = withoutDrills ? DrillBrackets(logs: marks) : nil
        return MachineID.pair.flatMap { role in
            (logs[role]?.histories(without: drills) ?? []).map {
                LoggedHistory(role: role, source: $0.source, history: $0.history)
            }
        }
    }
}
