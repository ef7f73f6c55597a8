import Foundation
import GraderCore
import Testing

@testable import NetworkProbes

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct NmapXMLTests {
    private func report() throws -> PortScanReport {
        func host(
            _ address: String, _ presence: ScannedHost.Presence, _ evidence: ScannedHost.Evidence?,
            _ ports: [ScannedPort]
        ) throws -> ScannedHost {
            ScannedHost(
                address: try #require(IPAddress(address)), presence: presence, evidence: evidence,
                macAddress: evidence == nil ? nil : "02:00:00:00:00:01", roundTrip: .microseconds(250),
                ports: ports)
        }
        let many = (1000..<1100).map { ScannedPort(number: $0, reason: $0 < 1090 ? .silence : .prohibited) }
        return PortScanReport(
            startedAt: Date(timeIntervalSince1970: 1_700_000_000), duration: .milliseconds(1234),
            hosts: [
                try host(
                    "172.16.1.10", .up, .arp,
                    [ScannedPort(number: 22, reason: .synAck), ScannedPort(number: 80, reason: .refused)]
                        + many),
                try host("172.16.1.11", .down, nil, [ScannedPort(number: 22, reason: .unreachable)]),
            ], isCutShort: false)
    }

    private func document(_ report: PortScanReport, arguments: [String] = ["bascule", "probe"]) throws
        -> XMLDocument
    {
        let xml = NmapXML(
            report: report, ports: [22, 80] + Array(1000..<1100), arguments: arguments, version: "1")
        return try XMLDocument(data: Data(xml.text.utf8), options: [])
    }

    private func texts(_ document: XMLDocument, _ path: String) throws -> [String] {
        try document.nodes(forXPath: path).compactMap(\.stringValue)
    }

    @Test func hostsPortsAndCountsAreWhereNmapPutsThem() throws {
        let document = try document(try report())
        #expect(try texts(document, "/nmaprun/@scanner") == ["nmap"])
        #expect(try texts(document, "/nmaprun/scaninfo/@services") == ["22,80,1000-1099"])
        #expect(try texts(document, "//host/status/@state") == ["up", "down"])
        #expect(try texts(document, "//host/status/@reason") == ["arp-response", "no-response"])
        #expect(try texts(document, "//host[1]/address/@addrtype") == ["ipv4", "mac"])
        #expect(try texts(document, "//port/@portid") == ["22", "80"])
        #expect(try texts(document, "//port/state/@state") == ["open", "closed"])
        #expect(try texts(document, "//extraports/@state") == ["filtered"])
        #expect(try texts(document, "//extrareasons/@count") == ["10", "90"])
        #expect(try texts(document, "//extrareasons/@ports") == ["1090-1099", "1000-1089"])
        #expect(try texts(document, "//runstats/hosts/@down") == ["1"])
        #expect(try texts(document, "//finished/@elapsed") == ["1.23"])
        #expect(try texts(document, "/nmaprun/@startstr") == ["Tue Nov 14 22:13:20 2023"])
    }

    @Test func whatTheUserTypedIsEscaped() throws {
        let typed = ["bascule", "\"<&>\u{1}é"]
        let document = try document(try report(), arguments: typed)
        #expect(try texts(document, "/nmaprun/@args") == ["bascule \"<&> é"])
    }
}
