import Foundation
import GraderCore

/// A report as `nmap -oX` writes it (`nmap.dtd`, xmloutputversion 1.05), for programs that read nmap's. nmap has no
/// state for an absent host's port: it is `filtered` with the reason `host-unreach` there.
public struct NmapXML: Sendable {
    public var report: PortScanReport
    public var ports: [Int]
    /// The command line, for the reader.
    public var arguments: [String]
    public var version: String

    public init(report: PortScanReport, ports: [Int], arguments: [String], version: String) {
        self.report = report
        self.ports = ports
        self.arguments = arguments
        self.version = version
    }

    /// More ports than this in one uninteresting state are counted, not listed, as nmap does.
    private static let listedAlike = 25

    public var text: String {
        let start = Int(saturating: report.startedAt.timeIntervalSince1970)
        let end = report.startedAt.addingTimeInterval(report.duration / .seconds(1))
        let services = Self.ranges(ports)
        let up = report.hosts.count { $0.presence == .up }
        let down = report.hosts.count - up
        let seconds = Self.seconds(report.duration)
        let exit = report.isCutShort ? #"exit="error" errormsg="given up""# : #"exit="success""#
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            "<!DOCTYPE nmaprun>",
            #"<nmaprun scanner="nmap" args="\#(Self.escaped(arguments.joined(separator: " ")))" start="\#(start)" "#
                + #"startstr="\#(Self.dateText(report.startedAt))" version="bascule \#(Self.escaped(version))" "#
                + #"xmloutputversion="1.05">"#,
            #"<scaninfo type="connect" protocol="tcp" numservices="\#(ports.count)" services="\#(services)"/>"#,
            #"<verbose level="0"/>"#,
            #"<debugging level="0"/>"#,
        ]
        for host in report.hosts {
            lines += element(host, start: start, end: Int(saturating: end.timeIntervalSince1970))
        }
        lines += [
            #"<runstats><finished time="\#(Int(saturating: end.timeIntervalSince1970))" timestr="\#(Self.dateText(end))" "#
                + #"summary="\#(report.hosts.count) addresses (\#(up) hosts up) scanned in \#(seconds) seconds" "#
                + #"elapsed="\#(seconds)" \#(exit)/><hosts up="\#(up)" down="\#(down)" "#
                + #"total="\#(report.hosts.count)"/></runstats>"#,
            "</nmaprun>",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private func element(_ host: ScannedHost, start: Int, end: Int) -> [String] {
        let isUp = host.presence == .up
        let reason = host.evidence?.rawValue ?? "no-response"
        let family = host.address.isIPv4 ? "ipv4" : "ipv6"
        var lines = [
            #"<host starttime="\#(start)" endtime="\#(end)"><status state="\#(isUp ? "up" : "down")" "#
                + #"reason="\#(reason)" reason_ttl="0"/>"#,
            #"<address addr="\#(host.address)" addrtype="\#(family)"/>"#,
        ]
        if let mac = host.macAddress {
            lines.append(#"<address addr="\#(Self.escaped(mac.uppercased()))" addrtype="mac"/>"#)
        }
        lines.append("<hostnames>\n</hostnames>")
        if isUp, !host.ports.isEmpty { lines += portElements(host.ports) }
        if let roundTrip = host.roundTrip {
            let microseconds = Int(saturating: roundTrip / .microseconds(1))
            lines.append(#"<times srtt="\#(microseconds)" rttvar="\#(microseconds)" to="100000"/>"#)
        }
        lines.append("</host>")
        return lines
    }

    private func portElements(_ ports: [ScannedPort]) -> [String] {
        var lines = ["<ports>"]
        let byState = Dictionary(grouping: ports) { Self.state($0) }
        let counted = byState.filter { $0.key != "open" && $0.value.count > Self.listedAlike }
        for (state, alike) in counted.sorted(by: { $0.key < $1.key }) {
            lines.append(#"<extraports state="\#(state)" count="\#(alike.count)">"#)
            let byReason = Dictionary(grouping: alike, by: \.reasonText)
            for (reason, same) in byReason.sorted(by: { $0.key < $1.key }) {
                lines.append(
                    #"<extrareasons reason="\#(reason)" count="\#(same.count)" proto="tcp" "#
                        + #"ports="\#(Self.ranges(same.map(\.number)))"/>"#)
            }
            lines.append("</extraports>")
        }
        for port in ports where counted[Self.state(port)] == nil {
            lines.append(
                #"<port protocol="tcp" portid="\#(port.number)"><state state="\#(Self.state(port))" "#
                    + #"reason="\#(port.reasonText)" reason_ttl="0"/></port>"#)
        }
        return lines + ["</ports>"]
    }

    private static func state(_ port: ScannedPort) -> String {
        port.state == .hostUnreachable ? "filtered" : port.state.rawValue
    }

    /// `22,80,8000-8100`.
    static func ranges(_ ports: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for port in ports {
            if let last = ranges.last, port == last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...port  // bounded: in ascending order
            } else {
                ranges.append(port...port)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }

    private static func seconds(_ duration: Duration) -> String {
        let hundredths = Int(saturating: (duration / .milliseconds(10)).rounded())
        return "\(hundredths / 100).\(String(hundredths % 100 + 100).dropFirst())"
    }

    /// As ctime(3), in UTC.
    private static func dateText(_ date: Date) -> String {
        let style = Date.VerbatimFormatStyle(
            format:
                "\(weekday: .abbreviated) \(month: .abbreviated) \(day: .defaultDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) \(year: .defaultDigits)",
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
            calendar: Calendar(identifier: .gregorian))
        return date.formatted(style)
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            // XML 1.0 has no control characters, not even escaped.
            case let other where other.value < 0x20 || other.value == 0x7F: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
