import Foundation
import GraderCore
import Pacemaker

extension Findings {
    /// Whether two nodes' logs may be read together: not where their clocks are seen to be apart. A clock that could
    /// not be read says nothing; what a student hands in was timed by each node's own clock, which hides any lead.
    func clocksMayAgree(_ one: MachineID, _ other: MachineID) -> Bool {
        guard one != other else { return true }
        guard areClocksKnown else { return false }
        guard let first = clockLead(one), let second = clockLead(other) else { return true }
        return abs(first - second) <= Double(ClusterHistory.clockTolerance)
    }

    /// False where the nodes' clocks were never held against one clock.
    var areClocksKnown: Bool { evidence.handIn == nil }

    /// Whole seconds by which the other node's clock is ahead of this one's: weeks where that one was suspended, decades
    /// where it lost its time. 0 where it is not, or nobody knows.
    func peerLead(over role: MachineID) -> Int {
        guard areClocksKnown, let own = clockLead(role), let other = clockLead(role.peer) else { return 0 }
        return min(max(0, Int(saturating: (other - own).rounded(.up))), Self.longestLead)
    }

    /// A hundred years: date(1) still writes such a time with four digits for the year.
    private static let longestLead = 36_525 * 86_400

    /// Seconds by which a node's clock is ahead of the grader's.
    private func clockLead(_ role: MachineID) -> Double? {
        guard let output = evidence.complete(ClusterProbe.clock, on: role),
            let asked = evidence[ProbeID(role, ClusterProbe.clock)]?.startedAt,
            let stamp = NodeStamp(output)
        else { return nil }
        return stamp.seconds - asked.timeIntervalSince1970
    }
}
