import GraderCore
import Pacemaker

/// A resource that stays on the other node after a failover because the student's own `resource-stickiness` outweighs
/// his preference (Pacemaker Explained, "Resource Meta-Attributes"): his policy, and no mistake.
struct Stay {
    /// Met where the log, or a drill's traces in it, shows that it was moved away; open where no log could be read.
    var verdict: Verdict
    var why: LocalizedText

    /// Nil where stickiness does not explain it, or nothing shows that it was ever elsewhere.
    init?(of vip: FoundVirtualIP, awayFrom primary: String, _ findings: Findings) {
        guard let holder = findings.agreedActiveNodes(of: vip.id), holder.count == 1, let node = holder.first,
            !node.isSameNode(as: primary)
        else { return nil }
        // What one node says of it and the other denies excuses nothing.
        let scores = findings.agreed { configuration in
            let standing = configuration.standing(for: vip.id, at: findings.evidence.startedAt)
            func score(_ name: String) -> Score {
                standing.filter { $0.node.isSameNode(as: name) }.reduce(.zero) { $0 + $1.score }
            }
            return [configuration.stickiness(of: vip.group ?? vip.id), score(primary), score(node)]
        }
        guard let scores else { return nil }
        let (stickiness, wanted, here) = (scores[0], scores[1], scores[2])
        guard stickiness.isPositive, here + stickiness >= wanted else { return nil }
        let logs = MachineID.pair.compactMap {
            findings.evidence.complete(ClusterProbe.history, on: $0)?.text
        }
        let wasMoved =
            logs.contains { $0.contains(": drill ") }
            || findings.histories.flatMap(\.history.transitions).contains { transition in
                transition.moves.contains { $0.resource == vip.id && $0.from.isSameNode(as: primary) }
                    // Where a node was lost Pacemaker does not say where from.
                    || transition.lost.containsNode(primary)
                        && transition.starts.contains {
                            $0.resource == vip.id && $0.node.isSameNode(as: node)
                        }
            }
        guard wasMoved || logs.count < MachineID.pair.count else { return nil }
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
    /// How much a resource prefers to stay where it is (`resource-stickiness`), 0 by default; a group's is the sum of its
    /// members'.
    fileprivate func stickiness(of resource: String) -> Score {
        let members = group(resource)?.members ?? [resource]
        return members.reduce(.zero) { sum, member in
            sum + (effectiveMeta("resource-stickiness", of: member).flatMap { Score($0) } ?? .zero)
        }
    }
}
