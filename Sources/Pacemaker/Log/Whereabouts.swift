import GraderCore

extension ClusterHistory {
    /// The end of a start on this log's own node; a node's log has no other node's.
    public struct Start: Sendable, Equatable {
        public var placement: Placement
        var isOK: Bool
        /// By the node's clock, `Nov 22 18:13:18`.
        public var time: String
        /// By Greenwich's clock, since the year began.
        public var seconds: Int
    }

    /// Where a log has a resource from then on: by the starts and stops of its own node, and by what was decided there.
    struct Sighting: Sendable, Equatable {
        enum Place: Sendable, Equatable {
            /// Started there, or to be.
            case on(String)
            /// Stopped there.
            /// - Parameter isDecidedHere: whether the log would hold the decision, and so where it went.
            case left(String, isDecidedHere: Bool)
        }
        var resource: String
        var place: Place
        var seconds: Int
    }

    /// A node that was seen to go.
    struct Loss: Sendable, Hashable {
        var node: String
        var seconds: Int
        /// How many sightings and transitions the log has before it.
        var sightings: Int
        var transitions: Int
        /// Whether the log's own node was the one that decides, as far as the log tells.
        var isDecidedHere: Bool
    }
}

/// Where one log has one resource, in the log's order and by time, to be looked up again and again: a hostile log has
/// thousands of lines, and thousands of decisions to hold against them.
struct Whereabouts {
    private let seen: [(position: Int, sighting: ClusterHistory.Sighting)]
    private let byTime: [(position: Int, sighting: ClusterHistory.Sighting)]
    private let firstDecision: Int?
    private let isCut: Bool
    /// When the first start on a node ended, of whatever resource.
    private let firstStarts: [String: Int]

    init(of resource: String, in history: ClusterHistory) {
        seen = history.sightings.enumerated().filter { $0.element.resource == resource }
            .map { (position: $0.offset, sighting: $0.element) }
        byTime = seen.sorted { ($0.sighting.seconds, $0.position) < ($1.sighting.seconds, $1.position) }
        isCut = history.isCut
        firstDecision = history.transitions.first?.seconds
        firstStarts = Dictionary(history.starts.map { ($0.placement.node, $0.seconds) }) { first, _ in first }
    }

    /// The last sighting of those that the log has before that one.
    func last(beforePosition position: Int) -> ClusterHistory.Sighting? {
        seen.prefix(sorted: { $0.position < position }).last?.sighting
    }

    func last(beforeTime seconds: Int) -> ClusterHistory.Sighting? {
        byTime.prefix(sorted: { $0.sighting.seconds < seconds }).last?.sighting
    }

    /// Whether what was started on a node before that time would be in this log: it is whole, and it decided then or is the
    /// node's own.
    func tells(of node: String, before seconds: Int) -> Bool {
        !isCut
            && [firstDecision, firstStarts[node]].contains { $0.map { $0 < seconds } ?? false }
    }
}

extension ClusterHistory {
    /// A resource that was to be started on another node while the one that it had been on was lost.
    public struct Takeover: Sendable, Equatable {
        public var from: String
        public var to: String
        /// By that node's clock, `Nov 22 18:13:18`.
        public var time: String
        /// Whether the start was seen to succeed.
        public var isDone: Bool
        /// Whether the node that it was taken from was running all the while: the cluster fell into two halves.
        public var isOfHalves: Bool
    }

    /// How long after one another two halves of a cluster lose each other, in seconds: each after Corosync's token
    /// time-out and its consensus (3 s and 3.6 s by default, several times that where a lab sets its own), and by clocks
    /// that may be apart. A machine that was paused comes back to its loss later than that; one without power has none.
    private static let longestParting = 30

    /// Where a node was lost Pacemaker does not say where from: the resource is started on the other. The same line makes
    /// it run for the first time, or again where it was: only what shows that it had been on the lost node makes a takeover
    /// of it.
    /// - Parameter others: the node's other logs, and those of the other nodes whose clocks agree with this one's.
    public func takeovers(of resource: String, others: [ClusterHistory] = []) -> [Takeover] {
        let candidates = transitions.enumerated().filter { !$0.element.lost.isEmpty }
        guard !candidates.isEmpty else { return [] }
        let own = Whereabouts(of: resource, in: self)
        let elsewhere = others.map { Whereabouts(of: resource, in: $0) }
        let told = others.map { OtherLogs.Log($0) }
        let losses = Dictionary(grouping: self.losses, by: \.node)
        var known: [Loss: Bool] = [:]
        return candidates.compactMap { index, transition in
            func loss(of node: String) -> Loss? {
                losses[node]?.prefix(sorted: { $0.transitions <= index }).last
            }
            func takeover(_ from: String, _ to: String) -> Takeover {
                let target = Placement(resource: resource, node: to)
                let isOfHalves = loss(of: from).map { loss in
                    let parting = loss.seconds - Self.longestParting...loss.seconds + Self.longestParting
                    // A machine that is off logs no loss.
                    return told.contains {
                        $0.nodes.contains(from) && $0.losses[to]?.hasAny(in: parting) ?? false
                    }
                }
                return Takeover(
                    from: from, to: to, time: transition.time, isDone: transition.started.contains(target),
                    isOfHalves: isOfHalves ?? false)
            }
            let move = transition.moves.first {
                $0.resource == resource && transition.lost.contains($0.from)
            }
            if let move { return takeover(move.from, move.to) }
            let start = transition.starts.first {
                $0.resource == resource && !transition.lost.contains($0.node)
            }
            guard let start else { return nil }
            let from = transition.lost.sorted().first { node in
                guard let loss = loss(of: node) else { return false }
                if let known = known[loss] { return known }
                let wasThere = wasThere(resource, at: loss, own, elsewhere)
                known[loss] = wasThere
                return wasThere
            }
            return from.map { takeover($0, start.node) }
        }
    }

    /// Takes away the losses that nobody can tell from a mere cut: nothing is a takeover from such a node.
    public mutating func keepLosses(where isTold: (_ node: String, _ seconds: Int) -> Bool) {
        var (next, untold): (Int, Set<String>) = (0, [])
        for index in transitions.indices where !transitions[index].lost.isEmpty {
            while next < losses.count, losses[next].transitions <= index {
                let loss = losses[next]
                next += 1
                if isTold(loss.node, loss.seconds) {
                    untold.remove(loss.node)
                } else {
                    untold.insert(loss.node)
                }
            }
            transitions[index].lost = transitions[index].lost.filter { !untold.contains($0) }
        }
    }

    /// Whether a node was seen to go, whatever the reason.
    public func hasLost(_ node: String) -> Bool { losses.contains { $0.node.isSameNode(as: node) } }

    /// Whether the resource was on a node when that was lost.
    private func wasThere(
        _ resource: String, at loss: Loss, _ own: Whereabouts, _ others: [Whereabouts]
    ) -> Bool {
        let mine = own.last(beforePosition: loss.sightings)
        let all = [mine] + others.map { $0.last(beforeTime: loss.seconds) }
        var (there, away): (Int?, Int?) = (nil, nil)
        for sighting in all.compactMap(\.self) {
            switch sighting.place {
            case .on(loss.node): there = max(there ?? sighting.seconds, sighting.seconds)
            // Stopped elsewhere, it may have gone there.
            case .left(let node, _) where node != loss.node: continue
            case .on, .left: away = max(away ?? sighting.seconds, sighting.seconds)
            }
        }
        if let there { return there + Self.clockTolerance >= away ?? there }
        if away != nil { return false }
        // No log shows it there. Where one would, it was not: the log of the node that decided, or of the lost one itself.
        let isTold =
            switch mine?.place {
            case .left(_, let isDecidedHere): isDecidedHere
            case .on, nil: loss.isDecidedHere && !isCut
            }
        guard !isTold, !others.contains(where: { $0.tells(of: loss.node, before: loss.seconds) }) else {
            return false
        }
        // What the lost node had is started as soon as it is lost.
        return transitions.dropFirst(loss.transitions).first?.starts.contains { $0.resource == resource }
            ?? false
    }
}

extension RandomAccessCollection {
    /// The elements at the beginning of which this holds, where it holds of none behind them.
    func prefix(sorted isBefore: (Element) -> Bool) -> SubSequence {
        var (low, count) = (startIndex, self.count)
        while count > 0 {
            let half = count / 2
            let middle = index(low, offsetBy: half)
            if isBefore(self[middle]) {
                low = index(after: middle)
                count -= half + 1
            } else {
                count = half
            }
        }
        return self[..<low]
    }
}

extension [Int] {
    /// The last of these within; they have to be sorted.
    func last(in span: ClosedRange<Int>) -> Int? {
        prefix(sorted: { $0 <= span.upperBound }).last.flatMap { span.contains($0) ? $0 : nil }
    }

    func hasAny(in span: ClosedRange<Int>) -> Bool { last(in: span) != nil }
}
