import Foundation
import GraderCore
import Pacemaker

/// A resource that stays on the other node after a failover because the student's own `resource-stickiness` outweighs
/// his preference (Pacemaker Explained, "Resource Meta-Attributes"): his policy, and no mistake.
struct Stay {
    /// Met where Pacemaker's log shows that it was moved away, by whomever; open where that may be missing, where only a
    /// rule that guards a value, which nobody can evaluate here, makes it stay, and where there is too much to weigh.
    var verdict: Verdict
    var why: LocalizedText

    /// Nil where stickiness does not explain it, or nothing shows that it was ever elsewhere.
    init?(of vip: FoundVirtualIP, awayFrom primary: String, at time: Date, _ findings: Findings) {
        guard let holder = findings.agreedActiveNodes(of: vip.id), holder.count == 1, let node = holder.first,
            !node.isSameNode(as: primary)
        else { return nil }
        // What one node says of it and the other denies excuses nothing.
        let weights = findings.agreed(bySource: { source in
            source.possibilities.map { Weights($0, of: vip.id, primary, node, at: time) }
        })
        guard let weights, weights.contains(where: { $0?.keepIt ?? true }) else { return nil }
        let explaining = weights.lazy.compactMap(\.self).first(where: \.keepIt)
        let isCertain = weights.allSatisfy { $0?.keepIt ?? false }
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
        verdict = wasMoved && isCertain ? .met : .notAssessed(.noEvidence)
        guard let explaining else {
            why = Self.unweighed
            return
        }
        let (stickiness, wanted) = (explaining.stickiness, explaining.wanted)
        let said = LocalizedText(
            fr: """
                après une bascule elle y reste : resource-stickiness (\(stickiness)) l'emporte sur la préférence pour \
                \(primary) (\(wanted))
                """,
            en: """
                after a failover it stays there: resource-stickiness (\(stickiness)) outweighs the preference for \
                \(primary) (\(wanted))
                """)
        why = isCertain ? said : said + Self.byRule
    }

    private static let unweighed = LocalizedText(
        fr: """
            une configuration de cette taille ne se calcule pas d'ici : resource-stickiness l'y retient peut-être
            """,
        en: """
            a configuration of this size cannot be worked out from here: resource-stickiness may keep it there
            """)
    private static let byRule = LocalizedText(
        fr: ", si la règle (rule) qui en décide le veut", en: ", if the rule that decides it says so")

    /// What a configuration weighs when it leaves a resource where it is.
    private struct Weights: Equatable {
        var stickiness: Score
        var wanted: Score
        var here: Score

        /// Nil where there is too much that may have a say.
        init?(
            _ configuration: ClusterConfiguration, of resource: String, _ primary: String, _ node: String,
            at time: Date
        ) {
            let standing = configuration.standing(of: resource, at: time)
            guard standing.unweighed != [resource] else { return nil }
            // What is tied was looked for, and within bounds, when that was worked out.
            stickiness = configuration.stickiness(ofAll: Set(standing.tied))
            (wanted, here) = (standing.score(on: primary), standing.score(on: node))
        }

        var keepIt: Bool { stickiness.isPositive && here + stickiness >= wanted }
    }
}

extension ClusterConfiguration {
    /// How much a resource prefers to stay where it is (`resource-stickiness`), 0 by default: to the scheduler the sum of
    /// all that has to be where it is, whether a group or colocations tie them.
    func stickiness(of resource: String) -> Score {
        stickiness(ofAll: primitives(with: resource))
    }

    fileprivate func stickiness(ofAll resources: Set<String>) -> Score {
        primitives.filter { resources.contains($0.id) }.reduce(.zero) { sum, tied in
            sum + (effectiveMeta("resource-stickiness", of: tied.id).flatMap { Score($0) } ?? .zero)
        }
    }
}
