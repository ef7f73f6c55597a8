import Foundation

/// What `ClusterProbe.clock` prints: the word for the boot (random(4)) in the first line, the seconds since 1970
/// (`date +%s.%N`) in the second.
struct NodeStamp {
    var bootID: String
    var seconds: Double

    /// nil where the output is not of this form.
    init?(_ output: Bytes) {
        let lines = TextLines(output.text, named: "the clock").lines
        guard lines.count >= 2, UUID(uuidString: String(lines[0])) != nil,
            let seconds = Double(lines[1].prefix(40)), seconds.isFinite
        else { return nil }
        bootID = String(lines[0])
        self.seconds = seconds
    }
}

extension Findings {
    /// Whether two nodes' logs may be read together: not where their clocks are seen to be apart. A clock that could
    /// not be read says nothing.
    public func clocksMayAgree(_ one: NodeRole, _ other: NodeRole) -> Bool {
        guard let first = clockLead(one), let second = clockLead(other) else { return true }
        return abs(first - second) <= Double(ClusterHistory.clockTolerance)
    }

    /// Seconds by which a node's clock is ahead of the grader's.
    private func clockLead(_ role: NodeRole) -> Double? {
        guard let output = evidence.complete(ClusterProbe.clock, on: role),
            let asked = evidence[ProbeID(role, ClusterProbe.clock)]?.startedAt,
            let stamp = NodeStamp(output)
        else { return nil }
        return stamp.seconds - asked.timeIntervalSince1970
    }
}
