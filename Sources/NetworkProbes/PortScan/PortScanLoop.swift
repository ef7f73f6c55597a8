import Foundation
import GraderCore

/// Brings the machine, the sockets and the clock together.
struct PortScanLoop {
    /// How often time-outs are looked for, and how soon a cancellation is noticed.
    private static let tick: Duration = .milliseconds(10)
    /// How often the neighbour table is read while hosts are waited for.
    private static let tableInterval: Duration = .milliseconds(50)

    /// Connections begun before the others are looked at again.
    private static let burst = 32

    private let scan: PortScan
    private let neighbours = NeighbourTableReader()

    init(_ scan: PortScan) { self.scan = scan }

    func run(isCancelled: () -> Bool, progress: (@Sendable (Int) -> Void)?) -> PortScanReport {
        let startedAt = Date()
        let clock = ContinuousClock()
        let start = clock.now
        let links = OwnLinks()
        let arp = ARPSockets(links)
        let known = completeNeighbours()
        var machine = PortScanMachine(
            hosts: scan.addresses.map { address in
                PortScanMachine.Target(
                    address: address,
                    isOnLink: (arp != nil || known != nil) && links.network(of: address) != nil,
                    wasKnown: arp == nil && known?.keys.contains(address) == true)
            },
            ports: scan.ports, timing: scan.timing, discoveryOnly: scan.discoveryOnly,
            arpPatience: arp == nil ? scan.timing.kernelARPPatience : scan.timing.ownARPPatience,
            socketLimit: Self.socketLimit())
        let sockets = ConnectPoll()
        var presence = PresenceProbes(addresses: scan.addresses, links: links, arp: arp)
        for descriptor in presence.descriptors { sockets.listen(to: descriptor) }
        var lastTick: Duration = .zero
        var lastTable: Duration = .zero

        func end(_ ids: [Int]) { for id in ids { sockets.abandon(id) } }
        while !machine.isDone, !isCancelled() {
            var begun = 0
            while begun < Self.burst, let probe = machine.next(now: clock.now - start) {
                begun += 1
                presence.askForEcho(probe.address)
                switch sockets.begin(probe) {
                case .underWay: break
                case .ended(let reason): end(machine.answered(probe.id, reason, now: clock.now - start))
                case .noRoom:
                    machine.postpone(probe.id)
                    begun = .max
                }
            }
            let (ended, readable) = sockets.wait(milliseconds: begun == Self.burst ? 0 : 5)
            let now = clock.now - start
            for (id, reason) in ended { end(machine.answered(id, reason, now: now)) }
            if !readable.isEmpty {
                for found in presence.replies(now: now) {
                    end(
                        machine.found(
                            found.host, by: found.evidence, macAddress: found.macAddress,
                            roundTrip: found.roundTrip))
                }
            }
            guard now - lastTick >= Self.tick else { continue }
            lastTick = now
            if now - lastTable >= Self.tableInterval {
                lastTable = now
                let unknown = machine.unknownHosts
                if arp != nil {
                    for host in unknown {
                        presence.askForMAC(host, silentFor: machine.silence(of: host, now: now), now: now)
                    }
                } else {
                    for (host, mac) in newNeighbours(unknown.map { machine.hosts[$0] }, unknown) {
                        end(machine.found(host, by: .arp, macAddress: mac))
                    }
                }
                progress?(machine.hosts.count { $0.isDone })
            }
            end(machine.tick(now: now))
        }
        return PortScanReport(
            startedAt: startedAt, duration: clock.now - start,
            hosts: Self.results(machine, neighbours: completeNeighbours() ?? [:]),
            isCutShort: !machine.isDone)
    }

    /// Those of the hosts that the kernel's table has by now.
    private func newNeighbours(
        _ hosts: [PortScanHost], _ places: [Int]
    ) -> [(host: Int, macAddress: String)] {
        let missing = zip(hosts, places).filter { $0.0.isOnLink && !$0.0.wasKnown }
        guard !missing.isEmpty, let table = completeNeighbours() else { return [] }
        return missing.compactMap { host, place in table[host.address].map { (place, $0) } }
    }

    /// Address to MAC address; nil where there is no such table.
    private func completeNeighbours() -> [IPAddress: String]? {
        guard let text = try? neighbours.read().text else { return nil }
        var result: [IPAddress: String] = [:]
        for entry in NeighbourTable.read(kernelTable: text).entries {
            if let mac = entry.macAddress { result[entry.address] = "\(mac)" }
        }
        return result
    }

    private static func results(
        _ machine: PortScanMachine, neighbours: [IPAddress: String]
    ) -> [ScannedHost] {
        machine.hosts.filter(\.isDone).map { host in
            var presence = ScannedHost.Presence.silent
            var evidence: ScannedHost.Evidence?
            switch host.reach {
            case .up(let what): (presence, evidence) = (.up, what)
            case .down: presence = .down
            case .unknown, .assumed: break
            }
            let ports = zip(machine.ports, host.reasons).compactMap { number, reason in
                reason.map { reason in
                    // From a host that is there, “no route” is a firewall's word.
                    ScannedPort(
                        number: number,
                        reason: reason == .unreachable && presence == .up ? .prohibited : reason)
                }
            }
            return ScannedHost(
                address: host.address, presence: presence, evidence: evidence,
                macAddress: presence == .up && host.isOnLink
                    ? host.macAddress ?? neighbours[host.address] : nil,
                roundTrip: host.roundTrip.smoothed, ports: machine.discoveryOnly ? [] : ports)
        }
    }

    /// As many as this process may have, but for a few that others need; at most 8,192.
    private static func socketLimit() -> Int {
        var limit = rlimit()
        #if canImport(Darwin)
            let resource = RLIMIT_NOFILE
        #else
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #endif
        guard getrlimit(resource, &limit) == 0 else { return 200 }
        let wanted = min(limit.rlim_max, 8_192)
        if limit.rlim_cur < wanted {
            limit.rlim_cur = wanted
            guard setrlimit(resource, &limit) == 0 else { return 200 }
        }
        return max(16, Int(min(limit.rlim_cur, 8_192)) - 64)  // bounded: 8,192 at most
    }
}
