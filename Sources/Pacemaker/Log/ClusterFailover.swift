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

    /// A failover of the resource away from a node that was shut down, or that was lost. Where each of two nodes took the
    /// other for gone, neither was: nothing shows that a server was switched off.
    /// - Parameter others: the node's other logs, and those of the other nodes whose clocks agree with this one's.
    public func shutdownFailover(of resource: String, others: [ClusterHistory] = []) -> Failover? {
        if let failover = failover(of: resource, .shutdown, others, where: { $0.shutdown.contains($1) }) {
            return failover
        }
        return takeovers(of: resource, others: others).first { $0.isDone && !$0.isOfHalves }.map {
            Failover(kind: .loss, from: $0.from, to: $0.to, time: $0.time)
        }
    }

    /// A failure of the resource that Pacemaker mended: restarted in place, or moved to the other node.
    /// - Parameter others: the node's other logs, and those of the other nodes whose clocks agree with this one's.
    public func recovery(of resource: String, others: [ClusterHistory] = []) -> Failover? {
        let told = OtherLogs(of: resource, by: others)
        for (index, transition) in transitions.enumerated() {
            guard let recovery = transition.recoveries.first(where: { $0.resource == resource }) else {
                continue
            }
            switch end(of: recovery, decidedAt: index, told, where: { _, _, _ in false }) {
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
        let told = OtherLogs(of: resource, by: others)
        for (index, transition) in transitions.enumerated() {
            guard
                let move = transition.moves.first(where: {
                    $0.resource == resource && fits(transition, $0.from)
                })
            else { continue }
            let target = Placement(resource: resource, node: move.to)
            let end = end(of: target, decidedAt: index, told) { other, decided, span in
                kind == .standby
                    ? other.standbySettings.hasAny(
                        in: decided - Self.clockTolerance...decided + Self.clockTolerance)
                    : other.losses[move.from]?.hasAny(in: span) ?? false
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
        of placement: Placement, decidedAt index: Int, _ told: OtherLogs,
        where tells: (OtherLogs.Log, _ decided: Int, _ span: ClosedRange<Int>) -> Bool
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
        let failed = told.failed[placement.node] ?? []
        // In the seconds before, by a clock that may be behind, a start is this one unless one fails right after it: then it
        // is the one of what failed. Whatever fails later is another event, decided anew.
        let isStarted =
            told.succeeded[placement.node]?.last(in: span).map {
                $0 >= decided || !failed.hasAny(in: $0 + 1...decided + ClusterHistory.clockTolerance)
            } ?? false
        // A node's log has the ends of that node's own starts and of no other's.
        if nodesOfStarts.contains(placement.node) {
            if following.contains(where: { $0.failed.contains(placement) }) { return .failed }
            return isStarted ? .started : .notStarted
        }
        if isStarted { return .started }
        if failed.hasAny(in: span) { return .failed }
        let isToldOf = told.others.contains { other in
            other.nodes.contains(placement.node) && tells(other, decided, span)
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

/// What other logs have of one resource, sorted to be looked up: one log holds thousands of decisions, and another thousands
/// of starts.
struct OtherLogs {
    struct Log {
        let nodes: Set<String>
        let standbySettings: [Int]
        /// By node.
        let losses: [String: [Int]]

        init(_ history: ClusterHistory) {
            nodes = history.nodesOfStarts
            standbySettings = history.standbySettings.sorted()
            losses = Dictionary(grouping: history.losses, by: \.node)
                .mapValues { $0.map(\.seconds).sorted() }
        }
    }

    let others: [Log]
    /// When starts of it ended, by node.
    let succeeded: [String: [Int]]
    let failed: [String: [Int]]

    init(of resource: String, by histories: [ClusterHistory]) {
        others = histories.map { Log($0) }
        let starts = histories.flatMap { $0.starts.filter { $0.placement.resource == resource } }
        func times(_ starts: [ClusterHistory.Start]) -> [String: [Int]] {
            Dictionary(grouping: starts, by: \.placement.node).mapValues { $0.map(\.seconds).sorted() }
        }
        succeeded = times(starts.filter(\.isOK))
        failed = times(starts.filter { !$0.isOK })
    }
}
