import Foundation
import GraderCore
import Pacemaker

/// A resource that stays on the other node after a failover because the student's own `resource-stickiness` outweighs
/// his preference (Pacemaker Explained, "Resource Meta-Attributes"): his policy, and no mistake.
struct Stay {
    /// Met where Pacemaker's log shows that it was moved away, by whomever; open where that may be missing.
    var verdict: Verdict
    var why: LocalizedText

    /// Nil where stickiness does not explain it, or nothing shows that it was ever elsewhere.
    init?(of vip: FoundVirtualIP, awayFrom primary: String, at time: Date, _ findings: Findings) {
        guard let holder = findings.agreedActiveNodes(of: vip.id), holder.count == 1, let node = holder.first,
            !node.isSameNode(as: primary)
        else { return nil }
        // What one node says of it and the other denies excuses nothing.
        let scores = findings.agreed { configuration in
            let standing = configuration.standing(of: vip.id, at: time)
            let stickiness = configuration.stickiness(of: vip.id)
            return [stickiness, standing.score(on: primary), standing.score(on: node)]
        }
        guard let scores else { return nil }
        let (stickiness, wanted, here) = (scores[0], scores[1], scores[2])  // bounded: three, just above
        guard stickiness.isPositive, here + stickiness >= wanted else { return nil }
        let histories = LoggedHistory.all(findings.logs, withoutDrills: false)
        let move = histories.lazy.flatMap(\.history.transitions).flatMap(\.moves)
            .first { $0.resource == vip.id && $0.from.isSameNode(as: primary) }
        // Where a node was lost Pacemaker does not say where from.
        let taken = HistoryLog.first(of: histories, findings) { history, others in
            history.takeovers(of: vip.id, others: others)
                .first { $0.from.isSameNode(as: primary) && $0.to.isSameNode(as: node) }
        }
        let reaches = MachineID.pair.map { findings.logs[$0]?.reach }
        // Anybody can write that there was a drill (`logger -t bascule`): without the move it is no proof, and where
        // everything that ever happened is there and the move is not, it never was.
        let isMarked = findings.logs.values.contains { !$0.marks.isEmpty }
        let mayBeMissing =
            !reaches.allSatisfy { $0 == .whole || $0 == .unknown }
            || (isMarked && reaches.contains(.unknown))
        let wasMoved = move != nil || taken != nil
        guard wasMoved || mayBeMissing else { return nil }
        verdict = wasMoved ? .met : .notAssessed(.noEvidence)
        why = LocalizedText(
            fr: """
                après une bascule elle y reste : resource-stickiness (\(stickiness)) l'emporte sur la préférence pour \
                \(primary) (\(wanted))
                """,
            en: """
                after a failover it stays there: resource-stickiness (\(stickiness)) outweighs the preference for \
                \(primary) (\(wanted))
                """)
    }
}

extension ClusterConfiguration {
    /// How much a resource prefers to stay where it is (`resource-stickiness`), 0 by default: to the scheduler the sum of
    /// all that has to be where it is, whether a group or colocations tie them.
    func stickiness(of resource: String) -> Score {
        let together = primitives(with: resource)
        return primitives.filter { together.contains($0.id) }.reduce(.zero) { sum, tied in
            sum + (effectiveMeta("resource-stickiness", of: tied.id).flatMap { Score($0) } ?? .zero)
        }
    }
}
