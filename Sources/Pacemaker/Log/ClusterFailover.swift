import GraderCore

/// What a log proves to have happened, with the others beside it: the coordinator's log has the decision, and the log
/// of the node where the resource was to run has what became of it. Two logs of one node hold the same events; one
/// that shows what another lacks is believed.
extension ClusterHistory {
    /// What was proved to have happened.
    public struct Failover: Sendable, Hashable {
        /// Why: put into standby, shut down, gone, or a resource that failed.
        public enum Kind: Sendable, Hashable { case standby, shutdown, loss, recovery }
        public var kind: Kind
        public var from: String
        public var to: String
        /// By that node's clock and as it prints it: `Nov 22 18:13:18`.
        public var time: String
    }

    /// A failover of the resource away from a node that went into standby.
    /// - Parameter others: the node's other logs, and those of the other nodes whose clocks agree with this one's.
    public func standbyFailover(of resource: String, others: [ClusterHistory] = []) -> Failover? {
        failover(of: resource, .standby, others) { $0.standby.contains($1) }
    }

    /// A failover of the resource away from a node that was shut down, or that was lost.
    /// - Parameter others: the node's other logs, and those of the other nodes whose clocks agree with this one's.
    public func shutdownFailover(of resource: String, others: [ClusterHistory] = []) -> Failover? {
        if let failover = failover(of: resource, .shutdown, others, where: { $0.shutdown.contains($1) }) {
            return failover
        }
        for transition in transitions {
            // Where a node was lost Pacemaker does not say where from: the resource is started on the other.
            let target =
                transition.moves.first { $0.resource == resource && transition.lost.contains($0.from) }?.to
                ?? transition.starts.first {
                    $0.resource == resource && !transition.lost.isEmpty && !transition.lost.contains($0.node)
                }?.node
            if let target, let from = transition.lost.sorted().first,
                transition.started.contains(Placement(resource: resource, node: target))
            {
                return Failover(kind: .loss, from: from, to: target, time: transition.time)
            }
        }
        return nil
    }

    /// A failure of the resource that Pacemaker mended: restarted in place, or moved to the other node.
    /// - Parameter others: the node's other logs, and those of the other nodes whose clocks agree with this one's.
    public func recovery(of resource: String, others: [ClusterHistory] = []) -> Failover? {
        for (index, transition) in transitions.enumerated() {
            guard let recovery = transition.recoveries.first(where: { $0.resource == resource }) else {
                continue
            }
            switch end(of: recovery, decidedAt: index, others, where: { _, _, _ in false }) {
            case .started, .unknown: break
            case .failed, .notStarted: continue
            }
            let from = transition.moves.first { $0.resource == resource }?.from ?? recovery.node
            return Failover(kind: .recovery, from: from, to: recovery.node, time: transition.time)
        }
        return nil
    }

    /// The first start of the resource that succeeded, of those that this log still has: in its order, which the turn of a
    /// year does not change.
    public func firstStart(of resource: String) -> Start? {
        starts.first { $0.isOK && $0.placement.resource == resource }
    }

    /// A move of the resource that was carried out and of which the log does not tell why: nobody failed, left or was
    /// lost, and whether a node was in standby is not in it.
    public func unexplainedMove(of resource: String) -> (move: Move, time: String)? {
        for (index, transition) in transitions.enumerated() where !transition.tellsCauses {
            guard let move = transition.moves.first(where: { $0.resource == resource }),
                transition.recoveries.isEmpty, transition.shutdown.isEmpty, transition.lost.isEmpty
            else { continue }
            let (target, left) = (
                Placement(resource: resource, node: move.to), Placement(resource: resource, node: move.from)
            )
            let isDone = carryingOut(target, decidedAt: index)
                .contains { $0.started.contains(target) || $0.stopped.contains(left) }
            if isDone { return (move, transition.time) }
        }
        return nil
    }

    /// The decision alone is not enough: the logs have to show it carried out. That the resource was stopped where it
    /// was is only enough where what the other node made of it could not be read.
    private func failover(
        of resource: String, _ kind: Failover.Kind, _ others: [ClusterHistory],
        where fits: (Transition, String) -> Bool
    ) -> Failover? {
        for (index, transition) in transitions.enumerated() {
            guard
                let move = transition.moves.first(where: {
                    $0.resource == resource && fits(transition, $0.from)
                })
            else { continue }
            let target = Placement(resource: resource, node: move.to)
            let end = end(of: target, decidedAt: index, others) { other, decided, span in
                kind == .standby
                    ? other.standbySettings.contains { abs($0 - decided) <= Self.clockTolerance }
                    : other.losses.contains { $0.node == move.from && span.contains($0.seconds) }
            }
            let isDone: Bool
            switch end {
            case .started: isDone = true
            case .failed, .notStarted: isDone = false
            case .unknown:
                let left = Placement(resource: resource, node: move.from)
                isDone = carryingOut(target, decidedAt: index).contains { $0.stopped.contains(left) }
            }
            if isDone { return Failover(kind: kind, from: move.from, to: move.to, time: transition.time) }
        }
        return nil
    }

    private enum End {
        case started
        case failed
        /// The node's log tells of the same event, and of no start.
        case notStarted
        /// No log that tells.
        case unknown
    }

    /// A transition that is overtaken by the next is carried out by that one, unless that one wants the resource
    /// elsewhere.
    private func carryingOut(_ placement: Placement, decidedAt index: Int) -> ArraySlice<Transition> {
        let following = transitions[index...].prefix(3)
        let other = following.dropFirst().firstIndex { $0.wantsElsewhere(placement) }
        return following[index..<(other ?? following.endIndex)]
    }

    /// What became of the decision to start a resource on a node.
    /// - Parameter tells: whether another's log has the same event, in these seconds: two clocks that agree now may
    ///   have been apart then, and a log may have a gap.
    private func end(
        of placement: Placement, decidedAt index: Int, _ others: [ClusterHistory],
        where tells: (ClusterHistory, _ decided: Int, _ span: ClosedRange<Int>) -> Bool
    ) -> End {
        let following = carryingOut(placement, decidedAt: index)
        if following.contains(where: { $0.started.contains(placement) }) { return .started }
        let decided = transitions[index].seconds
        var until = decided + ClusterHistory.longestFailover
        if following.endIndex < transitions.endIndex {
            until = min(until, transitions[following.endIndex].seconds)
        }
        let span =
            decided - ClusterHistory.clockTolerance...max(decided, until) + ClusterHistory.clockTolerance
        let ends = others.map { other in
            other.starts.filter { $0.placement == placement && span.contains($0.seconds) }
        }
        // A node's log has the ends of that node's own starts and of no other's.
        if starts.contains(where: { $0.placement.node == placement.node }) {
            if following.contains(where: { $0.failed.contains(placement) }) { return .failed }
            return ends.contains { $0.contains(where: \.isOK) } ? .started : .notStarted
        }
        if ends.contains(where: { $0.contains(where: \.isOK) }) { return .started }
        if ends.contains(where: { !$0.isEmpty }) { return .failed }
        let isToldOf = others.contains { other in
            other.starts.contains { $0.placement.node == placement.node } && tells(other, decided, span)
        }
        return isToldOf ? .notStarted : .unknown
    }

    /// How far two nodes' clocks may be apart for their logs to be read together, in seconds.
    public static let clockTolerance = 5
    /// From the decision to the end of the start, in seconds: the stop and the start have time-outs of 20 to 60 s on
    /// the lab sheet, and the web server waits for the address.
    private static let longestFailover = 300
}

extension ClusterHistory.Transition {
    fileprivate func wantsElsewhere(_ placement: ClusterHistory.Placement) -> Bool {
        moves.contains { $0.resource == placement.resource && $0.to != placement.node }
            || (starts + recoveries).contains {
                $0.resource == placement.resource && $0.node != placement.node
            }
    }
}
