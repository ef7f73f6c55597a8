import Foundation
import GraderCore
import Testing

@testable import NetworkProbes

/// Real connections, to this machine's loopback only.
@Suite struct PortScanTests {
    @Test func openAndClosedPortsAreFound() async throws {
        try await LoopbackServer.running(handlers: { [Echo()] }) { server in
            try await LoopbackServer.withClosedPort { closed in
                let scan = try PortScan(
                    addresses: try ScanTargets(["127.0.0.1"]).addresses,
                    ports: [min(server.port, closed), max(server.port, closed)])
                let report = await scan.run()
                #expect(!report.isCutShort)
                let host = try #require(report.hosts.first)
                #expect(host.presence == .up)
                let states = Dictionary(uniqueKeysWithValues: host.ports.map { ($0.number, $0.state) })
                #expect(states == [server.port: .open, closed: .closed])
            }
        }
    }

    @Test func discoveryFindsThisMachineByARefusal() async throws {
        try await LoopbackServer.withClosedPort { closed in
            let scan = try PortScan(
                addresses: try ScanTargets(["127.0.0.1"]).addresses, ports: [closed], discoveryOnly: true)
            let host = try #require(await scan.run().hosts.first)
            #expect(host.presence == .up)
            #expect(host.evidence == .refused || host.evidence == .echo)
            #expect(host.ports.isEmpty)
        }
    }

    @Test func everyPortHasAVerdict() async throws {
        try await LoopbackServer.running(handlers: { [Echo()] }) { server in
            let ports = Array((server.port - 3000)...min(server.port + 3000, 65_535))
            let scan = try PortScan(addresses: try ScanTargets(["127.0.0.1"]).addresses, ports: ports)
            let host = try #require(await scan.run().hosts.first)
            #expect(host.ports.map(\.number) == ports)
            #expect(host.ports[3000].state == .open)
        }
    }

    @Test func aCancelledScanSaysThatItWasCutShort() async throws {
        let scan = try PortScan(addresses: try ScanTargets(["127.0.0.1"]).addresses, ports: Array(1...65_535))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await scan.run()
        }
        let report = await task.value
        #expect(report.isCutShort)
        #expect(report.hosts.isEmpty)
    }
}
