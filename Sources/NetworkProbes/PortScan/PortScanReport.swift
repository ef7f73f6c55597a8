import Foundation
import GraderCore

/// What a scan found, host after host in the order of their addresses.
public struct PortScanReport: Sendable, Hashable {
    public var startedAt: Date
    public var duration: Duration
    public var hosts: [ScannedHost]
    /// True where the scan was given up; the hosts that were not done are left out.
    public var isCutShort: Bool
}

/// One address, and what is there.
public struct ScannedHost: Sendable, Hashable {
    /// Whether a host is there.
    public enum Presence: String, Sendable, Hashable, Encodable {
        /// Something answered: a port, ARP, ICMP echo.
        case up
        /// On the own link, and nobody answers ARP for it.
        case down
        /// Nothing answered, and the host is not on a link where ARP would tell: it may be there.
        case silent
    }

    /// What showed that a host is there, by the words nmap has for it.
    public enum Evidence: String, Sendable, Hashable, Encodable {
        case synAck = "syn-ack"
        case refused = "conn-refused"
        case arp = "arp-response"
        case echo = "echo-reply"
    }

    public var address: IPAddress
    public var presence: Presence
    public var evidence: Evidence?
    public var macAddress: String?
    /// Smoothed; nil where nothing answered.
    public var roundTrip: Duration?
    public var ports: [ScannedPort]
}

/// One TCP port of a host.
public struct ScannedPort: Sendable, Hashable {
    /// Why a port has the state it has.
    public enum Reason: UInt8, Sendable, Hashable {
        case synAck, refused
        /// Nothing came, however often.
        case silence
        /// “No route to host” from a host that is there: a firewall's ICMP.
        case prohibited
        /// The same from a host of which nothing else is known, or no answer to ARP.
        case unreachable
        /// This machine's own firewall.
        case ownFirewall
        /// The connection could not be begun here.
        case notMade
    }
    public var number: Int
    public var reason: Reason

    /// nmap's verdicts, with its “filtered (host-unreach)” of an absent host as a verdict of its own.
    public var state: PortProbeResult.State {
        switch reason {
        case .synAck: .open
        case .refused: .closed
        case .silence, .prohibited, .ownFirewall, .notMade: .filtered
        case .unreachable: .hostUnreachable
        }
    }

    /// In nmap's words.
    public var reasonText: String {
        switch reason {
        case .synAck: "syn-ack"
        case .refused: "conn-refused"
        case .silence: "no-response"
        case .prohibited, .unreachable: "host-unreach"
        case .ownFirewall: "admin-prohibited"
        case .notMade: "unknown-response"
        }
    }
}
