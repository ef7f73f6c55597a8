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

    /// What is judged by rules of dates: they hold by the clock of the cluster's coordinator, which either node may be, and
    /// the grader's says nothing of it. Where the nodes' clocks make a difference nobody can say.
    func byClusterTime(_ judge: (Date) -> Judgement) -> Judgement {
        let read = MachineID.pair.compactMap(time(of:))
        // Of clocks that agree either will do.
        let times = clocksMayAgree(.serv1, .serv2) ? read.prefix(1) : read[...]
        let first = judge(times.first ?? evidence.startedAt)
        guard let other = times.dropFirst().lazy.map(judge).first(where: { $0.verdict != first.verdict })
        else { return first }
        return .unseen([Self.clocksApart, first.found, other.found].joined(), sources: first.sources)
    }

    private static let clocksApart = LocalizedText(
        fr: "les horloges des nœuds diffèrent, et une règle de date (lifetime) en dépend",
        en: "the nodes' clocks differ, and a rule of dates (lifetime) depends on them")

    /// When a node was looked at, by its own clock.
    private func time(of role: MachineID) -> Date? {
        evidence.complete(ClusterProbe.clock, on: role).flatMap { NodeStamp($0) }
            .map { Date(timeIntervalSince1970: $0.seconds) }
    }

    /// Seconds by which a node's clock is ahead of the grader's.
    private func clockLead(_ role: MachineID) -> Double? {
        guard let time = time(of: role), let asked = evidence[ProbeID(role, ClusterProbe.clock)]?.startedAt
        else { return nil }
        return time.timeIntervalSince(asked)
    }
}
