import Foundation

extension Findings {
    /// Whether two nodes' logs may be read together: not where their clocks are seen to be apart. A clock that could
    /// not be read says nothing.
    public func clocksMayAgree(_ one: NodeRole, _ other: NodeRole) -> Bool {
        guard let first = clockLead(one), let second = clockLead(other) else { return true }
        return abs(first - second) <= Double(ClusterHistory.clockTolerance)
    }

    /// Seconds by which a node's clock is ahead of the grader's (`date +%s.%N` in the second line).
    private func clockLead(_ role: NodeRole) -> Double? {
        guard let output = evidence.complete(ClusterProbe.clock, on: role),
            let asked = evidence[ProbeID(role, ClusterProbe.clock)]?.startedAt,
            let line = output.text.split(whereSeparator: \.isNewline).dropFirst().first,
            let seconds = Double(line.prefix(40)), seconds.isFinite
        else { return nil }
        return seconds - asked.timeIntervalSince1970
    }
}
