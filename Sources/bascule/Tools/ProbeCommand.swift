import ArgumentParser
import Foundation
import GraderCore
import NetworkProbes

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract:
            "Says which TCP ports of which hosts are open, closed or filtered, and which hosts are there.",
        discussion: """
            Targets: 172.16.1.10, 172.16.1.0/24, 172.16.1.10-20, several of them. Full connections that are closed at \
            once; nothing is sent. Without ports it only looks which hosts are there.
            Exit status: 0 some host is there; 1 none is; 65 a target or port that cannot be scanned; 130 interrupted.
            """)

    @Argument(help: ArgumentHelp("Addresses, subnets, ranges.", valueName: "targets"))
    var targets: [String]

    @Option(name: .shortAndLong, help: "Ports and ranges, e.g. 22,80,8000-8100.")
    var ports: String?

    @Flag(name: .long, help: "The report as JSON.")
    var json = false

    @Option(
        name: [.customLong("oX", withSingleDash: true), .customLong("xml")],
        help: ArgumentHelp(
            "Also write the report to this file as nmap's XML; - for standard output alone.",
            valueName: "file"))
    var xml: String?

    @Option(
        name: .customLong("patience-ms"), help: "Milliseconds before a silent port is called filtered.")
    var patienceMilliseconds = 1150

    @Option(name: .customLong("max-rate"), help: "Connections begun a second, at most.")
    var mostPerSecond = 50_000

    @Flag(name: .long, help: "Also scan public addresses: only machines that are yours.")
    var allowPublic = false

    func validate() throws {
        try require((0...60_000).contains(patienceMilliseconds), "--patience-ms is from 0 to 60000")
        try require((1...100_000).contains(mostPerSecond), "--max-rate is from 1 to 100000")
        try require(xml != "-" || !json, "--json and --xml - both want standard output")
    }

    func run() async throws {
        let addresses = try ScanTargets(targets, allowsPublic: allowPublic).addresses
        let numbers = try ports.map { try ScanPorts($0).numbers }
        var timing = PortScanTiming()
        timing.patience = .milliseconds(patienceMilliseconds)
        timing.mostPerSecond = mostPerSecond
        let scan = try PortScan(
            addresses: addresses, ports: numbers ?? PortScan.discoveryPorts, timing: timing,
            discoveryOnly: numbers == nil)
        let console = Console()
        let total = scan.addresses.count
        let (report, _) = try await Signals.cancelling {
            await scan.run { done in
                if !json, xml != "-" { console.progress("\(done) of \(total) addresses") }
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
            if xml == "-" { return print(text, terminator: "") }
            do {
                try Data(text.utf8).write(to: URL(filePath: xml), options: .atomic)
            } catch {
                throw ValidationError("\(xml) cannot be written: choose another place.")
            }
        }
        print(
            json
                ? try PrintedJSON.text(ProbeJSON(report))
                : ProbeText(report: report).lines.joined(separator: "\n"))
    }
}
