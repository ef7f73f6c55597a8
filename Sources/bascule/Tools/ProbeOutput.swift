import Foundation
import GraderCore
import NetworkProbes

/// A scan for a person: the hosts that are there, with their ports.
struct ProbeText {
    var report: PortScanReport
    /// More ports of one state than this are counted.
    private static let listedAlike = 12

    var lines: [String] {
        let shown = report.hosts.filter { host in
            host.presence == .up || host.ports.contains { $0.state == .open || $0.state == .closed }
        }
        var lines = shown.flatMap(lines(of:))
        let counts = [
            (ScannedHost.Presence.up, "up"), (.down, "down"),
            (.silent, "silent (nobody answers, may be there)"),
        ].compactMap { presence, word -> String? in
            let count = report.hosts.count { $0.presence == presence }
            return count > 0 ? "\(count) \(word)" : nil
        }
        let tenths = Int((report.duration / .milliseconds(100)).rounded())
        lines.append(
            "\(report.hosts.count) addresses: \(counts.joined(separator: ", ")); \(tenths / 10).\(tenths % 10) s"
                + (report.isCutShort ? "; given up before the end" : ""))
        return lines
    }

    private func lines(of host: ScannedHost) -> [String] {
        var traits = [host.evidence.map(\.rawValue), host.macAddress].compactMap { $0 }
        if let roundTrip = host.roundTrip {
            let hundredths = Int((roundTrip / .microseconds(10)).rounded())
            traits.append("\(hundredths / 100).\(String(hundredths % 100 + 100).dropFirst()) ms")
        }
        var lines = ["\(host.address)  " + traits.joined(separator: "  ")]
        let byState = Dictionary(grouping: host.ports, by: \.state)
        let counted = byState.filter { $0.key != .open && $0.value.count > Self.listedAlike }
        for port in host.ports where counted[port.state] == nil {
            let why = [.silence, .synAck, .refused].contains(port.reason) ? "" : "  (\(port.reasonText))"
            lines.append("  \(port.number)/tcp  \(port.state.rawValue)\(why)")
        }
        for (state, ports) in counted.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append("  and \(ports.count) \(state.rawValue)")
        }
        return lines
    }
}

/// A scan for programs: every address with every port.
struct ProbeJSON: Encodable {
    struct Host: Encodable {
        var address: String
        var presence: ScannedHost.Presence
        var evidence: ScannedHost.Evidence?
        var macAddress: String?
        var roundTripSeconds: Double?
        var ports: [Port]
    }
    struct Port: Encodable {
        var port: Int
        var state: PortProbeResult.State
        var reason: String
    }

    var schema = "bascule-probe-1"
    var startedAt: String
    @SecondsCoded var seconds: Duration
    var isComplete: Bool
    var hosts: [Host]

    init(_ report: PortScanReport) {
        startedAt = report.startedAt.formatted(.iso8601)
        _seconds = SecondsCoded(wrappedValue: report.duration)
        isComplete = !report.isCutShort
        hosts = report.hosts.map { host in
            Host(
                address: host.address.description, presence: host.presence, evidence: host.evidence,
                macAddress: host.macAddress,
                roundTripSeconds: host.roundTrip.map { ($0 / .microseconds(1)).rounded() / 1_000_000 },
                ports: host.ports.map { Port(port: $0.number, state: $0.state, reason: $0.reasonText) })
        }
    }
}
