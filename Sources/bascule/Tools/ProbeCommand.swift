import ArgumentParser
import ClassRun
import Foundation
import GraderCore
import NetworkProbes

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration.command(
        "probe",
        LocalizedText(
            fr:
                "Dit quels ports TCP de quelles machines sont ouverts, fermés ou filtrés, et quelles machines sont là.",
            en: "Says which TCP ports of which hosts are open, closed or filtered, and which hosts are there."
        ),
        LocalizedText(
            fr: """
                Cibles : 172.16.1.10, 172.16.1.0/24, 172.16.1.10-20, plusieurs d'entre elles. Des connexions entières, \
                aussitôt fermées ; rien n'est envoyé. Sans ports, seule la présence des machines est cherchée.
                État de sortie : 0 une machine au moins est là ; 1 aucune ; 65 une cible ou un port qui ne se sonde \
                pas ; 130 interrompu.
                """,
            en: """
                Targets: 172.16.1.10, 172.16.1.0/24, 172.16.1.10-20, several of them. Full connections that are closed \
                at once; nothing is sent. Without ports it only looks which hosts are there.
                Exit status: 0 some host is there; 1 none is; 65 a target or port that cannot be scanned; 130 \
                interrupted.
                """),
        examples: [
            (
                "bascule probe 172.16.1.0/24",
                LocalizedText(
                    fr: "les machines présentes d'un sous-réseau", en: "the hosts that a subnet has")
            ),
            (
                "bascule probe 172.16.1.10-20 --ports 22,80",
                LocalizedText(fr: "deux ports de onze adresses", en: "two ports of eleven addresses")
            ),
        ])

    @OptionGroup var voice: VoiceOptions

    @Argument(
        help: ArgumentHelp(
            fr: "Adresses, sous-réseaux, intervalles.", en: "Addresses, subnets, ranges.",
            valueName: "targets"))
    var targets: [String]

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            fr: "Ports et intervalles, p. ex. 22,80,8000-8100.",
            en: "Ports and ranges, e.g. 22,80,8000-8100.", valueName: "ports"))
    var ports: String?

    @Flag(name: .long, help: .wholeJSON)
    var json = false

    @Option(
        name: [.customLong("oX", withSingleDash: true), .customLong("xml")],
        help: ArgumentHelp(
            fr: "Écrire aussi le résultat dans ce fichier en XML de nmap ; - pour la sortie standard seule.",
            en: "Also write the report to this file as nmap's XML; - for standard output alone.",
            valueName: "file"))
    var xml: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            fr: "Délai après lequel un port muet est dit filtré.",
            en: "After how long a silent port is called filtered.", valueName: "1150ms"))
    var patience = Duration.milliseconds(1150)

    @Option(
        name: .customLong("max-rate"),
        help: ArgumentHelp(
            fr: "Connexions commencées par seconde, au plus.", en: "Connections begun a second, at most.",
            valueName: "number"))
    var mostPerSecond = 50_000

    @Flag(name: .long, help: .allowPublic)
    var allowPublic = false

    func validate() throws {
        try require(
            (Duration.zero...Duration.seconds(60)).contains(patience),
            LocalizedText(fr: "--patience va de 0s à 60s", en: "--patience is from 0s to 60s"))
        try require(
            (1...100_000).contains(mostPerSecond),
            LocalizedText(fr: "--max-rate va de 1 à 100000", en: "--max-rate is from 1 to 100000"))
        try require(
            xml != "-" || !json,
            LocalizedText(
                fr: "--json et --xml - veulent tous deux la sortie standard",
                en: "--json and --xml - both want standard output"))
    }

    func run() async throws {
        let addresses = try ScanTargets(targets, allowsPublic: allowPublic).addresses
        let numbers = try ports.map { try ScanPorts($0).numbers }
        var timing = PortScanTiming()
        timing.patience = patience
        timing.mostPerSecond = mostPerSecond
        let scan = try PortScan(
            addresses: addresses, ports: numbers ?? PortScan.discoveryPorts, timing: timing,
            discoveryOnly: numbers == nil)
        let console = Console()
        let total = scan.addresses.count
        let (report, _) = try await Signals.cancelling {
            await scan.run { done in
                if !json, xml != "-" {
                    console.progress(
                        String(fr: "\(done) adresses sur \(total)", en: "\(done) of \(total) addresses"))
                }
            }
        }
        console.endProgress()
        try write(report, of: scan)
        if report.isCutShort { throw Exit.interrupted }
        if !report.hosts.contains(where: { $0.presence == .up }) { throw Exit.notMet }
    }

    private func write(_ report: PortScanReport, of scan: PortScan) throws {
        if let xml {
            let text = NmapXML(
                report: report, ports: scan.discoveryOnly ? [] : scan.ports,
                arguments: ["bascule"] + CommandLine.arguments.dropFirst(), version: basculeVersion
            ).text
            try WholeOutput.put(text, in: xml == "-" ? nil : xml)
            if xml == "-" { return }
        }
        print(json ? try PrintedJSON.text(ProbeJSON(report)) : report.lines.joined(separator: "\n"))
    }
}

extension PortScanReport {
    /// For a person: the hosts that are there, with their ports.
    fileprivate var lines: [String] {
        let shown = hosts.filter { host in
            host.presence == .up || host.ports.contains { $0.state == .open || $0.state == .closed }
        }
        var lines = shown.flatMap(\.lines)
        let counts = [
            (ScannedHost.Presence.up, LocalizedText(fr: "présente", en: "up")),
            (.down, LocalizedText(fr: "absente", en: "down")),
            (.silent, LocalizedText(fr: "muette", en: "silent (nobody answers, may be there)")),
        ].compactMap { presence, word -> String? in
            let count = hosts.count { $0.presence == presence }
            guard count > 0 else { return nil }
            let hint =
                presence == .silent
                ? LocalizedText(fr: " (aucune réponse, présente peut-être)", en: "")
                : LocalizedText(verbatim: "")
            return String(fr: "\(count) \(word)\(count > 1 ? "s" : "")\(hint)", en: "\(count) \(word)")
        }.joined(separator: ", ")
        let seconds = duration / .seconds(1)
        lines.append(
            String(
                fr:
                    "\(hosts.count) \(hosts.count > 1 ? "adresses" : "adresse") : \(counts) ; \(seconds, digits: 1)\u{A0}s",
                en: "\(hosts.count) addresses: \(counts); \(seconds, digits: 1) s")
                + (isCutShort ? String(fr: " ; arrêté avant la fin", en: "; given up before the end") : ""))
        return lines
    }
}

extension ScannedHost {
    fileprivate var lines: [String] {
        var traits = [evidence.map(\.rawValue), macAddress].compactMap { $0 }
        if let roundTrip {
            let time = roundTrip / .milliseconds(1)
            traits.append(String(fr: "\(time, digits: 2)\u{A0}ms", en: "\(time, digits: 2) ms"))
        }
        var lines = ["\(address)  " + traits.joined(separator: "  ")]
        let byState = Dictionary(grouping: ports, by: \.state)
        // More than a dozen of one state are counted.
        let counted = byState.filter { $0.key != .open && $0.value.count > 12 }
        for port in ports where counted[port.state] == nil {
            let why = [.silence, .synAck, .refused].contains(port.reason) ? "" : "  (\(port.reasonText))"
            lines.append("  \(port.number)/tcp  \(port.state.rawValue)\(why)")
        }
        for (state, ports) in counted.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            lines.append(
                String(
                    fr: "  et \(ports.count) autres : \(state.rawValue)",
                    en: "  and \(ports.count) \(state.rawValue)"))
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
